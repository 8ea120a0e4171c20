-- The labels of one model, without a slide or a time, were looked for in the whole table. A model's labels lie together, as
-- it makes them one after the other: it is enough to know which models each megabyte of the table has labels of. That takes
-- some hundred kilobytes for ten million labels, and next to nothing when one is stored, while a B-tree with all their ids
-- would have 500 MB. 16: so many models in a megabyte are told apart well.
CREATE INDEX prediction_model ON prediction
    USING brin (model_id text_bloom_ops (n_distinct_per_range = 16)) WITH (autosummarize = on);
