-- Views for people with SQL tools. Their names and columns are a promise; the tables behind them are not.
CREATE SCHEMA dashboards;

CREATE VIEW dashboards.studies AS
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
       s.finished_at
FROM study s
JOIN dataset d ON d.id = s.dataset_id
LEFT JOIN trial t ON t.study_id = s.id
GROUP BY s.id, d.name;
COMMENT ON VIEW dashboards.studies IS 'One row for each study, with its trials counted by state';

CREATE VIEW dashboards.trials AS
SELECT t.id AS trial_id,
       t.study_id,
       t.number AS trial_number,
       t.state,
       t.attempt,
       t.worker,
       t.device,
       t.hyperparameters,
       e.epoch AS epochs_done,
       t.epochs AS epochs_budget,
       e.loss AS validation_loss,
       e.accuracy AS validation_accuracy,
       e.macro_f1 AS validation_macro_f1,
       t.failure,
       t.model_id,
       t.created_at,
       t.started_at,
       t.finished_at
FROM trial t
LEFT JOIN LATERAL (
    SELECT epoch, loss, accuracy, macro_f1
    FROM trial_epoch
    WHERE trial_id = t.id AND split = 'validation'
    ORDER BY epoch DESC
    LIMIT 1) e ON true;
COMMENT ON VIEW dashboards.trials IS 'One row for each trial, with the validation metrics of its latest epoch';

CREATE VIEW dashboards.epochs AS
SELECT e.trial_id,
       t.study_id,
       t.number AS trial_number,
       e.epoch,
       e.split,
       e.loss,
       e.accuracy,
       e.macro_f1,
       e.learning_rate,
       e.images_per_second,
       e.recorded_at
FROM trial_epoch e
JOIN trial t ON t.id = e.trial_id;
COMMENT ON VIEW dashboards.epochs IS 'One row for each trial, epoch (from 1) and split (training or validation)';

CREATE VIEW dashboards.class_metrics AS
SELECT r.trial_id,
       t.study_id,
       t.number AS trial_number,
       c.value ->> 'className' AS class_name,
       (c.value ->> 'precision')::double precision AS precision,
       (c.value ->> 'recall')::double precision AS recall,
       (c.value ->> 'f1')::double precision AS f1,
       (c.value ->> 'support')::integer AS support
FROM trial_report r
JOIN trial t ON t.id = r.trial_id
CROSS JOIN LATERAL jsonb_array_elements(r.per_class) AS c;
COMMENT ON VIEW dashboards.class_metrics IS 'Precision, recall and F1 of each class for each completed trial';

CREATE VIEW dashboards.workers AS
SELECT t.worker,
       t.device,
       date_trunc('minute', e.recorded_at) AS minute,
       count(DISTINCT t.id) AS trials,
       count(*) AS epochs,
       avg(e.images_per_second) AS images_per_second
FROM trial_epoch e
JOIN trial t ON t.id = e.trial_id
WHERE e.split = 'training' AND t.worker IS NOT NULL
GROUP BY t.worker, t.device, date_trunc('minute', e.recorded_at);
COMMENT ON VIEW dashboards.workers IS 'Training throughput of each worker, minute by minute';

CREATE VIEW dashboards.models AS
SELECT m.id AS model_id,
       m.study_id,
       m.trial_id,
       m.architecture,
       m.size_bytes,
       m.created_at,
       p.role AS promoted_as,
       p.promoted_at
FROM model m
LEFT JOIN LATERAL (
    SELECT role, promoted_at
    FROM promotion
    WHERE model_id = m.id
    ORDER BY promoted_at DESC
    LIMIT 1) p ON true;
COMMENT ON VIEW dashboards.models IS 'One row for each stored model, with its latest promotion if it had one';
