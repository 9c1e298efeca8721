-- version is the newest key version; change counts the changes of the group's entries and never goes back; details are name, icon and
-- colour, sealed. state: active, archived, deleted. emptied: NULL until deleted, then whether everything in it has been destroyed.
ALTER TABLE groups ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE groups ADD COLUMN rotation_due BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE groups ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
ALTER TABLE groups ADD COLUMN details BYTEA;
ALTER TABLE groups ADD COLUMN details_revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN change BIGINT NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN emptied BOOLEAN;
CREATE UNIQUE INDEX groups_personal ON groups (personal_of) WHERE personal_of IS NOT NULL;
CREATE INDEX groups_emptying ON groups (id) WHERE emptied = FALSE;

-- One grant a member and group, of the newest version: a rotation replaces all of a group, and what a member lost is deleted.
ALTER TABLE grants ADD COLUMN granted_at BIGINT NOT NULL DEFAULT 0;
UPDATE grants SET granted_at = (SELECT created_at FROM groups WHERE groups.id = grants.group_id);
CREATE UNIQUE INDEX grants_of_group ON grants (group_id, member);

-- The chain: the key and the history key before this version, sealed under this version's. spec/keys.md §6.
CREATE TABLE group_keys (
    group_id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    previous BYTEA NOT NULL,
    previous_history BYTEA NOT NULL,
    PRIMARY KEY (group_id, version)
);

-- Who held a right and holds none now; level is the last one. Gone once the member holds one again.
CREATE TABLE leavers (
    group_id BYTEA NOT NULL,
    member BYTEA NOT NULL,
    level BIGINT NOT NULL,
    left_at BIGINT NOT NULL,
    PRIMARY KEY (group_id, member)
);

-- A row stays for ever: once purged, its id and last revision keep anything older from coming back. change is the group's counter at the
-- entry's last change, what a client reads on from. changed_at and changed_by are of the newest revision.
CREATE TABLE entries (
    entry BYTEA NOT NULL PRIMARY KEY,
    group_id BYTEA NOT NULL,
    change BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    version BIGINT NOT NULL,
    sealed BYTEA,
    changed_at BIGINT NOT NULL,
    changed_by BYTEA NOT NULL,
    binned_at BIGINT,
    purged BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX entries_in_order ON entries (group_id, change);
CREATE INDEX entries_binned ON entries (binned_at) WHERE purged = FALSE AND binned_at IS NOT NULL;

-- Every revision before the newest, as it was.
CREATE TABLE entry_revisions (
    entry BYTEA NOT NULL,
    revision BIGINT NOT NULL,
    version BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by BYTEA NOT NULL,
    PRIMARY KEY (entry, revision)
);

-- loose_since: since when no entry refers to the file, from its upload on; 0: it is being destroyed. NULL while one does.
CREATE TABLE attachments (
    file BYTEA NOT NULL PRIMARY KEY,
    organization BYTEA NOT NULL,
    member BYTEA NOT NULL,
    size BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    loose_since BIGINT
);
CREATE INDEX attachments_loose ON attachments (loose_since) WHERE loose_since IS NOT NULL;
CREATE TABLE attachment_chunks (
    file BYTEA NOT NULL,
    chunk BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (file, chunk)
);

-- Which kept revision refers to which file.
CREATE TABLE entry_files (
    file BYTEA NOT NULL,
    entry BYTEA NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (file, entry, revision)
);
CREATE INDEX entry_files_of_entry ON entry_files (entry);

-- Sealed entries, their revisions and attachments of an organization together.
ALTER TABLE organizations ADD COLUMN vault_bytes BIGINT NOT NULL DEFAULT 0;

-- A handover made again. Apart from handovers, whose rows stay small; once for each, also in a race.
CREATE TABLE reissues (
    handover {key},
    replaces BIGINT NOT NULL UNIQUE
);

-- What the agency did afterwards, one row for each item and step that is done.
CREATE TABLE follow_ups (
    handover BIGINT NOT NULL,
    item BYTEA NOT NULL,
    step TEXT NOT NULL,
    at BIGINT NOT NULL,
    member BYTEA NOT NULL,
    PRIMARY KEY (handover, item, step)
);
