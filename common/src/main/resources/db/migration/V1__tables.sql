-- Source of truth for data sets, studies, trials, metrics and models.
-- Who writes: ingest dataset; tuner study, trial and promotion; trainers model, trial_epoch, trial_report and
-- trial.worker, device, started_at, heartbeat_at.

CREATE TABLE dataset (
    id            text PRIMARY KEY,
    name          text NOT NULL,
    state         text NOT NULL CHECK (state IN ('VALIDATING', 'PUBLISHING', 'REGISTERED', 'REJECTED', 'FAILED')),
    request       jsonb NOT NULL,              -- source and options, enough to begin the import again
    checked       integer NOT NULL DEFAULT 0,  -- images decoded so far
    published     integer NOT NULL DEFAULT 0,  -- images acknowledged so far
    total         integer,                     -- images found, once known
    report        jsonb,                       -- problems by file and reason
    registration  jsonb,                       -- DatasetRegistered, once REGISTERED
    announced_at  timestamptz,                 -- when DatasetRegistered was acknowledged
    error         text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    finished_at   timestamptz
);

CREATE TABLE study (
    id             text PRIMARY KEY,
    name           text NOT NULL,
    state          text NOT NULL CHECK (state IN ('RUNNING', 'STOPPING', 'STOPPED', 'COMPLETED', 'FAILED')),
    specification  jsonb NOT NULL,
    dataset_id     text NOT NULL REFERENCES dataset (id),
    best_trial_id  text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    finished_at    timestamptz
);

CREATE TABLE trial (
    id                 text PRIMARY KEY,
    study_id           text NOT NULL REFERENCES study (id),
    number             integer NOT NULL,       -- from 1, in order of proposal
    state              text NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'COMPLETED', 'STOPPED', 'FAILED')),
    attempt            integer NOT NULL DEFAULT 1,
    hyperparameters    jsonb NOT NULL,
    epochs             integer NOT NULL,       -- the budget
    seed               bigint NOT NULL,
    request            jsonb NOT NULL,         -- TrialRequested as (to be) sent
    sent_at            timestamptz,            -- when this attempt was acknowledged on trial-requests
    worker             text,
    device             text,
    started_at         timestamptz,
    heartbeat_at       timestamptz,
    finished_at        timestamptz,
    stop_reason        text,                   -- set when a stop is asked for
    stop_sent_at       timestamptz,
    failure            text,
    model_id           text,
    created_at         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (study_id, number)
);
CREATE INDEX trial_unsent ON trial (created_at) WHERE sent_at IS NULL;

CREATE TABLE trial_epoch (
    trial_id           text NOT NULL REFERENCES trial (id),
    epoch              integer NOT NULL CHECK (epoch >= 1),
    split              text NOT NULL CHECK (split IN ('training', 'validation')),
    attempt            integer NOT NULL,
    loss               double precision NOT NULL,
    accuracy           double precision NOT NULL,
    macro_f1           double precision NOT NULL,
    learning_rate      double precision,       -- training only
    images_per_second  double precision NOT NULL,
    recorded_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (trial_id, epoch, split)
);

CREATE TABLE trial_report (
    trial_id           text PRIMARY KEY REFERENCES trial (id),
    classes            jsonb NOT NULL,         -- names by label
    confusion_matrix   jsonb NOT NULL,         -- rows true label, columns predicted label, counts
    per_class          jsonb NOT NULL,         -- [{className, precision, recall, f1, support}]
    temperature        double precision NOT NULL,
    expected_calibration_error_before  double precision NOT NULL,
    expected_calibration_error_after   double precision NOT NULL,
    recorded_at        timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE model (
    id            text PRIMARY KEY,
    study_id      text NOT NULL,
    trial_id      text NOT NULL,
    architecture  text NOT NULL,
    sha256        text NOT NULL,
    size_bytes    integer NOT NULL,
    description   jsonb NOT NULL,              -- model.json
    bundle        bytea NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE model ALTER COLUMN bundle SET STORAGE EXTERNAL;  -- a zip does not compress again

CREATE TABLE promotion (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    role         text NOT NULL,
    model_id     text NOT NULL REFERENCES model (id),
    promoted_at  timestamptz NOT NULL DEFAULT now(),
    sent_at      timestamptz                   -- when ModelPromoted was acknowledged
);
