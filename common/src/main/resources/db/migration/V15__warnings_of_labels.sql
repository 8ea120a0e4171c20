-- What makes a label doubtful, as the message Prediction says it: its image is much larger or smaller than those that the
-- model learned from. Null if nothing is known that does, and of labels that were made before anybody looked.
ALTER TABLE prediction ADD COLUMN warning text;

CREATE OR REPLACE VIEW dashboards.predictions AS
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
       image_id,
       warning
FROM prediction;
COMMENT ON COLUMN dashboards.predictions.warning IS
    'what makes the label doubtful, as a sentence; null if nothing is known that does';
