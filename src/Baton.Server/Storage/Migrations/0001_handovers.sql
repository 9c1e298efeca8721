-- The append-only log. bytes is the entry exactly as it was written and hashed; observed is what may be purged.
CREATE TABLE ledger (
    id {identity},
    leaf_index BIGINT,
    organization BYTEA NOT NULL,
    handover BIGINT,
    kind TEXT NOT NULL,
    time BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    observed BYTEA
);
CREATE INDEX ledger_of_handover ON ledger (handover, id) WHERE handover IS NOT NULL;
CREATE INDEX ledger_of_organization ON ledger (organization, id) WHERE handover IS NULL;

-- A row is there exactly when its created entry is. It is small and of fixed size, because every step rewrites it.
-- locator_hash is the tombstone: it stays for ever. number, not the random id, keys what belongs to a handover,
-- so that new rows of all tables stay together however many there are.
CREATE TABLE handovers (
    number {identity},
    handover BYTEA NOT NULL UNIQUE,
    locator_hash BYTEA NOT NULL UNIQUE,
    organization BYTEA NOT NULL,
    group_id BYTEA NOT NULL,
    group_version BIGINT NOT NULL,
    member BYTEA NOT NULL,
    body_hash BYTEA NOT NULL,
    claim_tag BYTEA NOT NULL,
    displayed_tag BYTEA NOT NULL,
    flags BIGINT NOT NULL,
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    show_sender BOOLEAN NOT NULL,
    files BIGINT NOT NULL,
    state TEXT NOT NULL,
    guesses_left BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    reader_key BYTEA,
    claimed_at BIGINT,
    read_until BIGINT,
    share_gone BOOLEAN
);
CREATE INDEX handovers_newest ON handovers (group_id, number);
CREATE INDEX handovers_expiring ON handovers (expires_at) WHERE state = 'waiting';
CREATE INDEX handovers_reading ON handovers (read_until) WHERE state = 'claimed';
CREATE INDEX handovers_ended ON handovers (number) WHERE share_gone = FALSE;

-- Sealed content, deleted when the handover ends.
CREATE TABLE sealed (
    handover {key},
    bytes BYTEA NOT NULL
);

-- What the sender's organization keeps, sealed under the history key.
CREATE TABLE details (
    handover {key},
    bytes BYTEA NOT NULL
);

-- The recipient's receipts: what the ledger names by hash only.
CREATE TABLE replies (
    handover BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    statement TEXT NOT NULL,
    reply BYTEA NOT NULL,
    PRIMARY KEY (handover, seq)
);

-- Requests that wait for their files, at most an hour. The share is not in request.
CREATE TABLE drafts (
    handover BYTEA NOT NULL PRIMARY KEY,
    locator_hash BYTEA NOT NULL UNIQUE,
    organization BYTEA NOT NULL,
    member BYTEA NOT NULL,
    body_hash BYTEA NOT NULL,
    request BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX drafts_dying ON drafts (created_at);

-- Locators of drafts that died: a locator never lives twice.
CREATE TABLE tombstones (
    locator_hash BYTEA NOT NULL PRIMARY KEY
);

-- Encrypted files, chunk by chunk, of drafts and handovers; deleted when the handover ends.
CREATE TABLE files (
    handover BYTEA NOT NULL,
    file BIGINT NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (handover, file)
);
CREATE TABLE chunks (
    handover BYTEA NOT NULL,
    file BIGINT NOT NULL,
    chunk BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (handover, file, chunk)
);
