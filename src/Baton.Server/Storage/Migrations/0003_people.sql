-- state: active, suspended, pending (accepted an invitation, waits for approval), removed. ecdh and ecdsa: the public keys that all of the
-- member's cards repeat; a pending member has no card yet and an empty card_hash. Of who was removed only name, keys and cards stay: the
-- e-mail becomes the member's id, hashes and blobs become empty.
ALTER TABLE members ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
ALTER TABLE members ADD COLUMN ecdh BYTEA;
ALTER TABLE members ADD COLUMN ecdsa BYTEA;
UPDATE members SET
    ecdh = (SELECT substr(card, 33, 91) FROM cards WHERE cards.organization = members.organization AND cards.member = members.id AND cards.seq = 1),
    ecdsa = (SELECT substr(card, 124, 91) FROM cards WHERE cards.organization = members.organization AND cards.member = members.id AND cards.seq = 1);

-- seq is the card's place in its organization's roster. spec/keys.md §6.
CREATE UNIQUE INDEX cards_in_order ON cards (organization, seq);

-- From when on the organization is read only; NULL: never.
ALTER TABLE organizations ADD COLUMN trial_ends BIGINT;

-- From where the member signed in, for its own list. Gone with the session.
ALTER TABLE sessions ADD COLUMN address TEXT;
ALTER TABLE sessions ADD COLUMN user_agent TEXT;

-- state: waiting, accepted, approved, withdrawn; one that waits past expires_at is shown as expired. auth_hash is SHA-256(inviteAuth), sealed
-- holds inviteMac for the inviter. member accepted, invite_to is its MAC. spec/keys.md §9.
CREATE TABLE invitations (
    id BYTEA NOT NULL PRIMARY KEY,
    organization BYTEA NOT NULL,
    inviter BYTEA NOT NULL,
    role BIGINT NOT NULL,
    auth_hash BYTEA NOT NULL UNIQUE,
    invite_from BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    member BYTEA,
    invite_to BYTEA
);
CREATE INDEX invitations_of_organization ON invitations (organization, created_at);
CREATE TABLE invited_groups (
    invitation BYTEA NOT NULL,
    group_id BYTEA NOT NULL,
    level BIGINT NOT NULL,
    PRIMARY KEY (invitation, group_id)
);

-- The newest one; earlier texts stand in the ledger. idle and session repeat two of its members, in seconds. spec/keys.md §9.
CREATE TABLE policies (
    organization BYTEA NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    signature BYTEA NOT NULL,
    author BYTEA NOT NULL,
    idle BIGINT NOT NULL,
    session BIGINT NOT NULL
);
