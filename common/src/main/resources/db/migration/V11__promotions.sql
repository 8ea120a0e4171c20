-- Which model was in service when, and who put it there.
ALTER TABLE promotion
    ADD COLUMN promoted_by  text CHECK (promoted_by IN ('STUDY', 'HAND')),
    ADD COLUMN reason       text;
COMMENT ON COLUMN promotion.promoted_by IS 'STUDY: the model''s study, when it ended; null before this migration';
COMMENT ON COLUMN promotion.reason IS 'the study''s; null if it was by hand, and before this migration';

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
       p.reason
FROM promotion p
JOIN model m ON m.id = p.model_id;
COMMENT ON VIEW dashboards.promotions IS
    'One row for each time that a model was put into service; their ids rise with time';
COMMENT ON COLUMN dashboards.promotions.replaced_at IS 'when the next was put into service in this role; null while it serves';
COMMENT ON COLUMN dashboards.promotions.promoted_by IS
    'STUDY (the model''s, when it ended) or HAND; null if it was before this was written down';
COMMENT ON COLUMN dashboards.promotions.reason IS 'why the study promoted it; null if it was by hand';
