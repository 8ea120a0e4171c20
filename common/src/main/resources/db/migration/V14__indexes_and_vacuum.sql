-- What is slow, or fills the disk, once there are many models or several trainers.

-- The page of all studies asks for each study's promoted model, and that of all models for each one's latest promotion.
CREATE INDEX model_study ON model (study_id);
CREATE INDEX promotion_model ON promotion (model_id);
