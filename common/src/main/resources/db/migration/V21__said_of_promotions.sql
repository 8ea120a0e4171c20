-- Who put a model into service by hand, and why. The reason has the column that studies' reasons have.
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
