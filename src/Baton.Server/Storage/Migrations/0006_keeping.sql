-- What the sender's organization keeps of the recipient, sealed under the history key apart from the details: it is purged alone.
-- A handover without a row here has been purged.
CREATE TABLE personal (
    handover {key},
    bytes BYTEA NOT NULL
);
