-- What dashboards could not tell: who put a model into service by hand and why, and by which fold and seed a trial of a study
-- that repeats one configuration differs from its others.

-- The reason has the column that studies' reasons have.
ALTER TABLE promotion ADD COLUMN said_by text;
COMMENT ON COLUMN promotion.said_by IS
    'by hand: who wants it, in the words of whoever asked, whom nobody has proved to be that; null if nothing was said';
COMMENT ON COLUMN promotion.reason IS
    'the study''s, or what somebody said who did it by hand; null if nothing was said, and of studies before there was this column';

CREATE OR REPLACE VIEW dashboards.promotions AS
SELECT p.id AS promotion_id,
       p.role,
       p.model_id,
       m.study_id,
       m.trial_id,
       m.architecture,
       p.promoted_at,
       lead(p.promoted_at) OVER (PARTITION BY p.role ORDER BY p.id) AS replaced_at,
       p.promoted_by,
       p.reason,
       m.deleted_at AS model_deleted_at,
       p.said_by
FROM promotion p
JOIN model m ON m.id = p.model_id;
COMMENT ON COLUMN dashboards.promotions.reason IS
    'why the study promoted it; of one by hand what was said of why, or null';
COMMENT ON COLUMN dashboards.promotions.said_by IS
    'of one by hand: who wanted it, as whoever asked said, with no login to prove it; null if nothing was said';

CREATE OR REPLACE VIEW dashboards.trials AS
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
       t.finished_at,
       (t.request ->> 'validationFold')::integer AS validation_fold,
       t.seed
FROM trial t
LEFT JOIN LATERAL (
    SELECT epoch, loss, accuracy, macro_f1
    FROM trial_epoch
    WHERE trial_id = t.id AND split = 'validation'
    ORDER BY epoch DESC
    LIMIT 1) e ON true;
COMMENT ON COLUMN dashboards.trials.validation_fold IS
    'the fold that it is validated on and not trained on; with seed, what trials of a study with repeats differ by';
COMMENT ON COLUMN dashboards.trials.seed IS 'of weights, shuffling, dropout and augmentation';
