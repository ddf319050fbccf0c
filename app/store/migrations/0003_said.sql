-- What a driver says of a command that failed: [English sentence, [[slot, value], ...]] as JSON.

ALTER TABLE delivery ADD COLUMN said TEXT NOT NULL DEFAULT '';
