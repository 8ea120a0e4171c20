-- By which colours the model saw the image, as the message Prediction has them: asked with them, it sees the same again.
-- Null if the model does not see slides, and of labels that were stored before there was this column.
ALTER TABLE prediction ADD COLUMN colours real[];
