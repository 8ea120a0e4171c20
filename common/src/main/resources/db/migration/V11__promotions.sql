-- Which model was in service when, and who put it there; and models whose bundles were deleted. Their rows stay: labels and
-- promotions name them.
ALTER TABLE promotion
    ADD COLUMN promoted_by  text CHECK (promoted_by IN ('STUDY', 'HAND')),
    ADD COLUMN reason       text;
COMMENT ON COLUMN promotion.promoted_by IS 'STUDY: the model''s study, when it ended; null before this migration';
COMMENT ON COLUMN promotion.reason IS 'the study''s; null if it was by hand, and before this migration';

ALTER TABLE model
    ALTER COLUMN bundle DROP NOT NULL,
    ADD COLUMN deleted_at timestamptz,
    ADD CHECK ((bundle IS NULL) = (deleted_at IS NOT NULL));
COMMENT ON COLUMN model.deleted_at IS 'null while it can be loaded, promoted and downloaded';

CREATE OR REPLACE VIEW dashboards.models AS
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
    LIMIT 1) p ON true
WHERE m.deleted_at IS NULL;

CREATE VIEW dashboards.promotions AS
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
       m.deleted_at AS model_deleted_at
FROM promotion p
JOIN model m ON m.id = p.model_id;
COMMENT ON VIEW dashboards.promotions IS
    'One row for each time that a model was put into service; their ids rise with time';
COMMENT ON COLUMN dashboards.promotions.replaced_at IS 'when the next was put into service in this role; null while it serves';
COMMENT ON COLUMN dashboards.promotions.promoted_by IS
    'STUDY (the model''s, when it ended) or HAND; null if it was before this was written down';
COMMENT ON COLUMN dashboards.promotions.reason IS 'why the study promoted it; null if it was by hand';
COMMENT ON COLUMN dashboards.promotions.model_deleted_at IS 'null if the model is still stored';
