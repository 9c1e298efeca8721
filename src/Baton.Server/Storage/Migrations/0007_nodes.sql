-- What several nodes on one database know of each other. SQLite has these too, and uses none but setup_hash and changes.

-- Counts the changes of the member's role, rights and name: a node that has seen another number reads the member anew.
ALTER TABLE members ADD COLUMN changes BIGINT NOT NULL DEFAULT 0;

-- SHA-256 of the newest set-up code.
ALTER TABLE installation ADD COLUMN setup_hash BYTEA;

-- A node that serves: it counts its beat up while it lives.
CREATE TABLE nodes (
    id BYTEA NOT NULL PRIMARY KEY,
    beat BIGINT NOT NULL
);

-- Budgets by the hour, spent by all nodes: when each is full again, in ticks. The key is a keyed hash: it names nobody.
CREATE TABLE budgets (
    key BYTEA NOT NULL PRIMARY KEY,
    full_at BIGINT NOT NULL
);
CREATE INDEX budgets_full ON budgets (full_at);
