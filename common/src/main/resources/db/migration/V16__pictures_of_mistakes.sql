-- Pictures of the mistakes that a trial's page shows, since the images themselves are in Kafka alone; written by trainers with
-- the predictions that they are of, and gone with these.
CREATE TABLE mistake_picture (
    trial_id    text NOT NULL REFERENCES validation_predictions (trial_id) ON DELETE CASCADE,
    number      integer NOT NULL,  -- which row of the predictions it belongs to, from 1
    png         bytea NOT NULL,
    PRIMARY KEY (trial_id, number)
);
ALTER TABLE mistake_picture ALTER COLUMN png SET STORAGE EXTERNAL;  -- it is compressed
