-- What the sender's organization keeps of the recipient, sealed under the history key apart from the details: it is purged alone.
-- A handover without a row here has been purged. spec/ledger.md §8.
CREATE TABLE personal (
    handover {key},
    organization BYTEA NOT NULL,
    bytes BYTEA NOT NULL
);
CREATE INDEX personal_oldest ON personal (organization, handover);

-- The audit page goes through everything of an organization, not only what is about no handover.
DROP INDEX ledger_of_organization;
CREATE INDEX ledger_of_organization ON ledger (organization, id);

-- Days after a handover's end that this is kept; 0: for ever.
ALTER TABLE organizations ADD COLUMN personal_days BIGINT NOT NULL DEFAULT 0;

-- How often somebody who held the link reported something.
ALTER TABLE handovers ADD COLUMN reports BIGINT NOT NULL DEFAULT 0;

-- Checkpoints that were time-stamped, with the exact note, and the stamps over them. spec/ledger.md §9.
CREATE TABLE stamped (
    id {identity},
    log BIGINT NOT NULL,
    size BIGINT NOT NULL,
    note TEXT NOT NULL,
    UNIQUE (log, size)
);
CREATE TABLE stamps (
    id {identity},
    stamped BIGINT NOT NULL,
    authority TEXT NOT NULL,
    token BYTEA NOT NULL,
    renews BIGINT,
    time BIGINT NOT NULL,
    certificate_ends BIGINT NOT NULL,
    kept_at BIGINT NOT NULL
);
CREATE INDEX stamps_of_checkpoint ON stamps (stamped, id);
CREATE INDEX stamps_of_authority ON stamps (authority, id);
