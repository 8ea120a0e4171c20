-- How often an import was begun by a process that then ended without a word: it is not begun for ever.
ALTER TABLE dataset ADD COLUMN attempts integer NOT NULL DEFAULT 0;
