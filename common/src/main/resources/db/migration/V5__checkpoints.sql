-- Where running trials stand, so that another worker can go on: the latest checkpoint of each, written by trainers.
CREATE TABLE trial_checkpoint (
    trial_id    text PRIMARY KEY REFERENCES trial (id),
    attempt     integer NOT NULL,              -- that wrote it
    epoch       integer NOT NULL CHECK (epoch >= 1),  -- being trained
    step        integer NOT NULL CHECK (step >= 0),   -- steps of it that are done
    size_bytes  bigint NOT NULL,
    sha256      text NOT NULL,
    written_at  timestamptz NOT NULL DEFAULT now()
);

-- In parts, so that neither side must hold all of it in memory.
CREATE TABLE trial_checkpoint_part (
    trial_id    text NOT NULL REFERENCES trial_checkpoint (trial_id) ON DELETE CASCADE,
    part        integer NOT NULL,              -- from 0
    bytes       bytea NOT NULL,
    PRIMARY KEY (trial_id, part)
);
ALTER TABLE trial_checkpoint_part ALTER COLUMN bytes SET STORAGE EXTERNAL;  -- weights do not compress

-- Nobody goes on with a trial that has ended, whoever ended it.
CREATE FUNCTION forget_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM trial_checkpoint WHERE trial_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER trial_ended
    AFTER UPDATE OF state ON trial
    FOR EACH ROW
    WHEN (NEW.state IN ('COMPLETED', 'STOPPED', 'FAILED'))
    EXECUTE FUNCTION forget_checkpoint();
