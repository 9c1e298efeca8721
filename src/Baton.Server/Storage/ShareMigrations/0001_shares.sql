-- The server's part of the keys of waiting and claimed handovers. Nothing here is ever backed up or replicated.
CREATE TABLE shares (
    handover BYTEA NOT NULL PRIMARY KEY,
    share BYTEA NOT NULL,
    kept_at BIGINT NOT NULL
);
