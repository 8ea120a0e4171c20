-- Who trained an epoch. The view took all epochs of a trial for those of the worker that has it now: whoever went on with a
-- trial was shown with what the worker before had done, in minutes in which it may have trained nothing.
ALTER TABLE trial_epoch ADD COLUMN worker text, ADD COLUMN device text;
COMMENT ON COLUMN trial_epoch.worker IS 'null, like device, in epochs that were recorded before there was this column';

CREATE OR REPLACE VIEW dashboards.workers AS
SELECT coalesce(e.worker, t.worker) AS worker,
       coalesce(e.device, t.device) AS device,
       date_trunc('minute', e.recorded_at) AS minute,
       count(DISTINCT t.id) AS trials,
       count(*) AS epochs,
       avg(e.images_per_second) AS images_per_second
FROM trial_epoch e
JOIN trial t ON t.id = e.trial_id
WHERE e.split = 'training' AND coalesce(e.worker, t.worker) IS NOT NULL
GROUP BY 1, 2, 3;
