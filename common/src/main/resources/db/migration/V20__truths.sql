-- What nuclei are that were labelled, as people say. Who writes: ingest. Of a request that is labelled again, by whichever
-- model, the truth stays; with its label it is erased.
CREATE TABLE truth (
    request_id  text PRIMARY KEY REFERENCES prediction (request_id) ON DELETE CASCADE,
    image_id    text NOT NULL,                 -- that the label was of; under the same id another image may be sent
    class_name  text NOT NULL,
    sampled     boolean NOT NULL,              -- the nucleus was chosen without looking at its label
    given_at    timestamptz NOT NULL DEFAULT now(),
    given_by    text                           -- null if nobody said
);

CREATE VIEW dashboards.accuracy_in_service AS
SELECT date_trunc('week', predicted_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS week,
       model_id,
       true_class,
       predicted_class,
       sampled,
       count(*) AS images
FROM (
    -- who labels a slide once more under new ids, and gives its truths again, has no more nuclei than before
    SELECT DISTINCT ON (p.model_id, p.image_id, t.sampled)
           p.predicted_at,
           p.model_id,
           t.class_name AS true_class,
           p.class_name AS predicted_class,
           t.sampled
    FROM truth t
    JOIN prediction p ON p.request_id = t.request_id AND p.image_id = t.image_id
    WHERE t.class_name = ANY (p.class_names)   -- a model that labelled later may know others
    ORDER BY p.model_id, p.image_id, t.sampled, t.given_at DESC, t.request_id
) AS judged
GROUP BY 1, 2, 3, 4, 5;
COMMENT ON VIEW dashboards.accuracy_in_service IS
    'One row for each week, model, true class that the model knows, class that the model gave, and whether the nuclei were sampled; of an image that a model labelled for several requests the latest truth counts. Compute accuracy WHERE sampled, and of nothing else: people correct what is wrong and pass over what is right, so that other truths have more mistakes than labels have';
COMMENT ON COLUMN dashboards.accuracy_in_service.week IS 'in which they were labelled: Monday, 0:00 UTC';
COMMENT ON COLUMN dashboards.accuracy_in_service.predicted_class IS 'by the latest label of the request';
COMMENT ON COLUMN dashboards.accuracy_in_service.sampled IS
    'true if these nuclei were chosen without looking at their labels, for example all of a region';
