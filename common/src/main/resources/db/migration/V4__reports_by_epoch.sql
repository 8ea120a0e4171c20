-- A report for each epoch instead of one for each completed trial, with areas under the ROC curves and Brier scores.
ALTER TABLE trial_report
    ADD COLUMN epoch              integer CHECK (epoch >= 1),
    ADD COLUMN attempt            integer,
    ADD COLUMN mean_auc           double precision,  -- null if no class has an area under its ROC curve
    ADD COLUMN brier_score_before double precision,  -- null, like mean_auc and auc, in reports from before this migration
    ADD COLUMN brier_score_after  double precision;
COMMENT ON COLUMN trial_report.per_class IS '[{className, precision, recall, f1, support, auc}]; no auc where a class has none';

-- until now a report was written after the last epoch of the budget
UPDATE trial_report r SET epoch = t.epochs, attempt = t.attempt FROM trial t WHERE t.id = r.trial_id;

ALTER TABLE trial_report
    ALTER COLUMN epoch SET NOT NULL,
    ALTER COLUMN attempt SET NOT NULL,
    DROP CONSTRAINT trial_report_pkey,
    ADD PRIMARY KEY (trial_id, epoch);

CREATE OR REPLACE VIEW dashboards.class_metrics AS
SELECT r.trial_id,
       t.study_id,
       t.number AS trial_number,
       c.value ->> 'className' AS class_name,
       (c.value ->> 'precision')::double precision AS precision,
       (c.value ->> 'recall')::double precision AS recall,
       (c.value ->> 'f1')::double precision AS f1,
       (c.value ->> 'support')::integer AS support,
       (c.value ->> 'auc')::double precision AS auc
FROM trial_report r
JOIN trial t ON t.id = r.trial_id
CROSS JOIN LATERAL jsonb_array_elements(r.per_class) AS c
WHERE t.state = 'COMPLETED'
  AND r.epoch = (SELECT max(epoch) FROM trial_report WHERE trial_id = t.id);
COMMENT ON VIEW dashboards.class_metrics IS
    'Precision, recall, F1 and area under the ROC curve of each class for each completed trial, after its last epoch';

CREATE VIEW dashboards.epoch_class_metrics AS
SELECT r.trial_id,
       t.study_id,
       t.number AS trial_number,
       r.epoch,
       c.value ->> 'className' AS class_name,
       (c.value ->> 'precision')::double precision AS precision,
       (c.value ->> 'recall')::double precision AS recall,
       (c.value ->> 'f1')::double precision AS f1,
       (c.value ->> 'support')::integer AS support,
       (c.value ->> 'auc')::double precision AS auc,
       r.recorded_at
FROM trial_report r
JOIN trial t ON t.id = r.trial_id
CROSS JOIN LATERAL jsonb_array_elements(r.per_class) AS c;
COMMENT ON VIEW dashboards.epoch_class_metrics IS
    'One row for each trial, epoch (from 1) and class: precision, recall, F1 and area under the ROC curve on the validation fold';

CREATE VIEW dashboards.epoch_reports AS
SELECT r.trial_id,
       t.study_id,
       t.number AS trial_number,
       r.epoch,
       r.mean_auc,
       r.temperature,
       r.expected_calibration_error_before,
       r.expected_calibration_error_after,
       r.brier_score_before,
       r.brier_score_after,
       r.recorded_at
FROM trial_report r
JOIN trial t ON t.id = r.trial_id;
COMMENT ON VIEW dashboards.epoch_reports IS
    'One row for each trial and epoch (from 1): mean area under the ROC curves on the validation fold, and how far probabilities hold there, before temperature scaling and after';
