-- Which keys belong to this database: a start with others is refused. One row.
CREATE TABLE installation (
    id {key},
    ledger_key TEXT NOT NULL,
    server_key_hash BYTEA NOT NULL
);

CREATE TABLE organizations (
    id BYTEA NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- email is trimmed and in lower case. The hashes are salted and slow nowhere: what is hashed has 256 random or stretched bits.
-- key_blob and recovery_blob hold the same private keys, sealed under keys that never come here. spec/keys.md §5.
CREATE TABLE members (
    id BYTEA NOT NULL PRIMARY KEY,
    organization BYTEA NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    role BIGINT NOT NULL,
    kdf_salt BYTEA NOT NULL,
    kdf_memory BIGINT NOT NULL,
    kdf_passes BIGINT NOT NULL,
    kdf_lanes BIGINT NOT NULL,
    auth_salt BYTEA NOT NULL,
    auth_hash BYTEA NOT NULL,
    recovery_salt BYTEA NOT NULL,
    recovery_hash BYTEA NOT NULL,
    key_blob BYTEA NOT NULL,
    recovery_blob BYTEA NOT NULL,
    card_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX members_of_organization ON members (organization);

-- Every card there ever was, as signed. spec/keys.md §6.
CREATE TABLE cards (
    organization BYTEA NOT NULL,
    member BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    card BYTEA NOT NULL,
    signature BYTEA NOT NULL,
    PRIMARY KEY (organization, member, seq)
);

-- personal_of: the member whose personal group it is.
CREATE TABLE groups (
    id BYTEA NOT NULL PRIMARY KEY,
    organization BYTEA NOT NULL,
    personal_of BYTEA,
    created_at BIGINT NOT NULL
);
CREATE INDEX groups_of_organization ON groups (organization);

-- A group key handed to a member. level is the right's number.
CREATE TABLE grants (
    member BYTEA NOT NULL,
    group_id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    level BIGINT NOT NULL,
    enc BYTEA NOT NULL,
    ciphertext BYTEA NOT NULL,
    granter BYTEA NOT NULL,
    signature BYTEA NOT NULL,
    PRIMARY KEY (member, group_id, version)
);

-- token_hash is SHA-256 of what the cookie holds; id is what the ledger calls the session.
CREATE TABLE sessions (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    id BYTEA NOT NULL,
    member BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_member ON sessions (member);
