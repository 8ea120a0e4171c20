-- What is slow, or fills the disk, once there are many models or several trainers.

-- The page of all studies asks for each study's promoted model, and that of all models for each one's latest promotion.
CREATE INDEX model_study ON model (study_id);
CREATE INDEX promotion_model ON promotion (model_id);

-- By PostgreSQL's defaults the room of deleted bundles is used again only when a fifth of all have been deleted: of 2,000 of
-- 94 MB that is 38 GB. Now it is after each, which is at least some hundreds of rows of the table that keeps the column; and
-- though they are few of its rows, their entries in its index are removed, as only then their room is known to be free.
ALTER TABLE model SET (
    toast.autovacuum_vacuum_scale_factor = 0,
    toast.autovacuum_vacuum_threshold = 500,
    toast.vacuum_index_cleanup = on
);

-- Checkpoints are a stream of garbage: of each running ResNet-50 280 MB every 30 s. At the pace that PostgreSQL allows a vacuum
-- in the background it falls behind that of three, and the table grows for as long as they run.
ALTER TABLE trial_checkpoint_part SET (toast.autovacuum_vacuum_cost_delay = 0);
