-- How far a trial has got, whatever is trained again and said again.
ALTER TABLE trial ADD COLUMN passed_epoch integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN trial.passed_epoch IS 'the latest after which its study''s scheduler let it go on; written by the tuner';
COMMENT ON COLUMN trial_checkpoint.attempt IS 'that got to this place first';
