-- What changes in service over months: how sure models are, and how slides are stained.

-- With it a range of weeks reads only what was labelled then: whoever filters a view by its column week filters the table by
-- the same expression. Labels come in the order of time, so that it is enough to know which weeks each megabyte of the table
-- has: some hundred kilobytes for ten million labels.
CREATE INDEX prediction_week ON prediction
    USING brin ((date_trunc('week', predicted_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')) WITH (autosummarize = on);

-- Above (1 + margin) / 2 no other class can come so close, as all probabilities together are 1, and most labels need no second
-- look. It is a single expression, so that PostgreSQL puts that in the place of the call.
CREATE FUNCTION is_within_margin(probabilities real[], label integer, margin double precision) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN 2 * probabilities[label + 1] <= 1 + margin
           AND probabilities[label + 1] - margin <= ANY (probabilities[:label] || probabilities[label + 2:]);
COMMENT ON FUNCTION is_within_margin IS
    'whether the largest probability, that of the label (from 0), minus the second largest is at most margin';

CREATE VIEW dashboards.label_weeks AS
SELECT date_trunc('week', predicted_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS week,
       model_id,
       class_name,
       count(*) AS images,
       (count(*) / sum(count(*)) OVER (
           PARTITION BY date_trunc('week', predicted_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC', model_id
       ))::double precision AS share,
       avg(probabilities[label + 1]) AS mean_probability,
       (count(*) FILTER (WHERE is_within_margin(probabilities, label, 0.2)) / count(*)::double precision) AS unsure_share
FROM prediction
GROUP BY date_trunc('week', predicted_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC', model_id, class_name;
COMMENT ON VIEW dashboards.label_weeks IS
    'One row for each week, model and class that the model gave images then; of a request that was labelled again the latest label counts';
COMMENT ON COLUMN dashboards.label_weeks.week IS 'Monday, 0:00 UTC; filter by it, and only what was labelled then is read';
COMMENT ON COLUMN dashboards.label_weeks.share IS 'of the model''s images of the week that have this label, 0 to 1';
COMMENT ON COLUMN dashboards.label_weeks.mean_probability IS 'of this class over the images that have this label, calibrated';
COMMENT ON COLUMN dashboards.label_weeks.unsure_share IS
    'of these images, how many another class came close to: the largest probability minus the second largest is at most 0.2; 0 to 1';

CREATE VIEW dashboards.stains AS
SELECT date_trunc('week', predicted_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS week,
       slide,
       count(*) AS images,
       avg(colours[1]) AS density_red,
       avg(colours[2]) AS density_green,
       avg(colours[3]) AS density_blue,
       avg(colours[4]) AS deviation_red,
       avg(colours[5]) AS deviation_green,
       avg(colours[6]) AS deviation_blue
FROM prediction
WHERE colours IS NOT NULL
GROUP BY date_trunc('week', predicted_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC', slide;
COMMENT ON VIEW dashboards.stains IS
    'One row for each week and slide: the colours by which models saw its images, a mean over the images; without a slide''s name, those that name none. Images of models that do not see slides are left out, as nothing is known of their colours';
COMMENT ON COLUMN dashboards.stains.week IS 'Monday, 0:00 UTC; filter by it, and only what was labelled then is read';
COMMENT ON COLUMN dashboards.stains.images IS
    'that the means are over; the first few of a slide were seen by what little was known of it';
COMMENT ON COLUMN dashboards.stains.density_red IS
    'mean optical density -ln(pixel / 255) of red, 0 to 5.6; density_green and density_blue likewise. A darker slide has larger ones';
COMMENT ON COLUMN dashboards.stains.deviation_red IS
    'standard deviation of the optical density of red over the slide''s pixels, 0 to 2.8; deviation_green and deviation_blue likewise. A slide of more contrast has larger ones';
