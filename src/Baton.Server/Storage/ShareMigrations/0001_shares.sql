-- The server's part of the keys of drafts, waiting and claimed handovers. Nothing here is ever backed up or replicated.
CREATE TABLE shares (
    number {identity},
    handover BYTEA NOT NULL UNIQUE,
    share BYTEA NOT NULL,
    kept_at BIGINT NOT NULL
);
