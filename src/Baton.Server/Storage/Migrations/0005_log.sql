-- Where an entry has its place: the number of its log, and leaf_index in it; both NULL until the sequencer took it in. spec/ledger.md §5.
ALTER TABLE ledger ADD COLUMN log BIGINT;
CREATE UNIQUE INDEX ledger_in_order ON ledger (log, leaf_index) WHERE leaf_index IS NOT NULL;
CREATE INDEX ledger_without_place ON ledger (id) WHERE leaf_index IS NULL;

-- The chain of logs from the oldest, number 0; entries go into the newest one. size and root are its head. note is its newest signed
-- checkpoint, of size noted; until there is one, noted is -1.
CREATE TABLE logs (
    number {key},
    origin TEXT NOT NULL UNIQUE,
    verifying_key TEXT NOT NULL,
    size BIGINT NOT NULL,
    root BYTEA NOT NULL,
    noted BIGINT NOT NULL,
    note TEXT NOT NULL
);

-- C2SP tlog-tiles: up to 256 hashes of 32 bytes each. spec/ledger.md §3.
CREATE TABLE tiles (
    log BIGINT NOT NULL,
    level BIGINT NOT NULL,
    tile BIGINT NOT NULL,
    hashes BYTEA NOT NULL,
    PRIMARY KEY (log, level, tile)
);
