-- Why a study's best model was promoted when the study ended, or was not; null before, and if no trial completed.
ALTER TABLE study ADD COLUMN promotion_reason text;
