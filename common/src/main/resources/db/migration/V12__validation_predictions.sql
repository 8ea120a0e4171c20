-- What the final network of a trial said of each of its validation images; written by trainers with the final report, and
-- gone with it when its epoch is trained again.
CREATE TABLE validation_predictions (
    trial_id    text PRIMARY KEY,
    epoch       integer NOT NULL,
    csv_gzip    bytea NOT NULL,  -- filename, group, label, predicted, probability, p(CLASS) ...; mistakes first
    FOREIGN KEY (trial_id, epoch) REFERENCES trial_report (trial_id, epoch) ON DELETE CASCADE
);
ALTER TABLE validation_predictions ALTER COLUMN csv_gzip SET STORAGE EXTERNAL;  -- it is compressed

CREATE VIEW dashboards.confusion AS
SELECT r.trial_id,
       t.study_id,
       t.number AS trial_number,
       r.classes ->> (label.number - 1)::integer AS true_class,
       r.classes ->> (predicted.number - 1)::integer AS predicted_class,
       predicted.images::integer AS images
FROM trial_report r
JOIN trial t ON t.id = r.trial_id
CROSS JOIN LATERAL jsonb_array_elements(r.confusion_matrix) WITH ORDINALITY AS label (counts, number)
CROSS JOIN LATERAL jsonb_array_elements_text(label.counts) WITH ORDINALITY AS predicted (images, number)
WHERE t.state = 'COMPLETED'
  AND r.epoch = (SELECT max(epoch) FROM trial_report WHERE trial_id = t.id);
COMMENT ON VIEW dashboards.confusion IS
    'One row for each completed trial, true class and predicted class: validation images of the one that were taken for the other after the last epoch';
