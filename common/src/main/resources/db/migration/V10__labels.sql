-- The labels of the topic predictions, kept for as long as nobody deletes them. Who writes: ingest.
CREATE TABLE prediction (
    request_id     text PRIMARY KEY,
    image_id       text NOT NULL,              -- SHA-256 of the encoded image
    filename       text,
    slide          text,
    x              bigint,                     -- left edge on the slide in pixels
    y              bigint,                     -- upper edge on the slide in pixels
    label          integer NOT NULL,           -- index of the most probable class, from 0
    class_name     text NOT NULL,
    class_names    text[] NOT NULL,            -- of all classes of the model, in its order
    probabilities  real[] NOT NULL,            -- in the same order
    model_id       text NOT NULL,              -- no foreign key: a label outlives its model
    requested_at   timestamptz NOT NULL,
    predicted_at   timestamptz NOT NULL
);
CREATE INDEX prediction_slide ON prediction (slide, predicted_at);
CREATE INDEX prediction_time ON prediction (predicted_at);

CREATE VIEW dashboards.predictions AS
SELECT request_id,
       filename,
       slide,
       x,
       y,
       label,
       class_name,
       probabilities[label + 1] AS probability,
       class_names,
       probabilities,
       model_id,
       requested_at,
       predicted_at,
       image_id
FROM prediction;
COMMENT ON VIEW dashboards.predictions IS 'One row for each labelled request: the latest label it was given';
COMMENT ON COLUMN dashboards.predictions.probability IS 'of the label, 0 to 1, calibrated';
COMMENT ON COLUMN dashboards.predictions.probabilities IS 'of each class, in the order of class_names';
COMMENT ON COLUMN dashboards.predictions.x IS 'left edge of the patch on the slide in pixels, null if unknown';
COMMENT ON COLUMN dashboards.predictions.y IS 'upper edge of the patch on the slide in pixels, null if unknown';

CREATE VIEW dashboards.slides AS
SELECT slide,
       class_name,
       count(*) AS images,
       (count(*) / sum(count(*)) OVER (PARTITION BY slide))::double precision AS share,
       avg(probabilities[label + 1]) AS mean_probability,
       min(predicted_at) AS first_predicted_at,
       max(predicted_at) AS last_predicted_at
FROM prediction
GROUP BY slide, class_name;
COMMENT ON VIEW dashboards.slides IS
    'One row for each slide and class that it has images of; without a slide''s name, those that name none';
COMMENT ON COLUMN dashboards.slides.share IS 'of the slide''s images that have this label, 0 to 1';
COMMENT ON COLUMN dashboards.slides.mean_probability IS 'of this class over the images that have this label';
