CREATE OR REPLACE VIEW dashboards.studies AS
SELECT s.id AS study_id,
       s.name AS study_name,
       s.state,
       d.name AS dataset_name,
       s.specification ->> 'metric' AS metric,
       count(t.id) AS trials,
       count(t.id) FILTER (WHERE t.state = 'RUNNING') AS trials_running,
       count(t.id) FILTER (WHERE t.state = 'COMPLETED') AS trials_completed,
       count(t.id) FILTER (WHERE t.state = 'STOPPED') AS trials_stopped,
       count(t.id) FILTER (WHERE t.state = 'FAILED') AS trials_failed,
       s.best_trial_id,
       s.created_at,
       s.finished_at,
       s.promotion_reason
FROM study s
JOIN dataset d ON d.id = s.dataset_id
LEFT JOIN trial t ON t.study_id = s.id
GROUP BY s.id, d.name;
COMMENT ON VIEW dashboards.studies IS
    'One row for each study, with its trials counted by state, and why its best model was promoted or was not';
COMMENT ON COLUMN dashboards.studies.promotion_reason IS 'null until the study has ended, and if no trial was completed';
