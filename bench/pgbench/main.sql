-- One cycle as a node asks it of the main database: create, claim, displayed, what follows. The texts are the server's (CreateStore, LinkStore,
-- Claims, Receipts, Endings, SessionStore, LedgerTransaction); bench/Baton.Benchmarks/Pgbench.cs gives ids and contents. One random id makes the
-- handover's id, locator and everything else that has to be its own.
\set a random(1, 9223372036854775807)
\set b random(1, 9223372036854775807)

SELECT m.changes, s.used_at, p.idle * 1000, p.session * 1000
FROM sessions s JOIN members m ON m.id = s.member LEFT JOIN policies p ON p.organization = m.organization
WHERE s.token_hash = :token AND m.state IN ('active', 'pending');
SELECT text FROM policies WHERE organization = :organization;
SELECT m.card_hash,
    EXISTS (SELECT 1 FROM handovers WHERE locator_hash = sha256(int8send(:a))) OR EXISTS (SELECT 1 FROM handovers WHERE handover = int8send(:a) || int8send(:b))
    OR EXISTS (SELECT 1 FROM drafts WHERE locator_hash = sha256(int8send(:a))) OR EXISTS (SELECT 1 FROM drafts WHERE handover = int8send(:a) || int8send(:b))
    OR EXISTS (SELECT 1 FROM tombstones WHERE locator_hash = sha256(int8send(:a)))
FROM members m WHERE m.id = :member;
BEGIN ISOLATION LEVEL SERIALIZABLE;
INSERT INTO handovers (
    handover, locator_hash, organization, group_id, group_version, member, body_hash, claim_tag, displayed_tag, flags, channel, language,
    show_sender, files, state, guesses_left, created_at, changed_at, expires_at)
SELECT
    int8send(:a) || int8send(:b), sha256(int8send(:a)), :organization, g.id, g.version, m.id, :tag, :tag, :tag, 1, 'phone', 'en',
    FALSE, 0, 'waiting', 10, :now, :now, :expires
FROM groups g JOIN grants r ON r.group_id = g.id AND r.member = :member AND r.level > 3 JOIN members m ON m.id = r.member AND m.state = 'active'
WHERE g.id = :group AND g.version = 1 AND g.state = 'active'
ON CONFLICT DO NOTHING
RETURNING number \gset
INSERT INTO sealed (handover, bytes) VALUES (:number, :sealed);
INSERT INTO details (handover, bytes) VALUES (:number, :details);
INSERT INTO personal (handover, organization, bytes) VALUES (:number, :organization, :personal);
INSERT INTO ledger (organization, handover, kind, time, bytes, observed) VALUES (:organization, :number, 'created', :now, :created, NULL);
COMMIT;

SELECT number, handover, organization, state, flags, claim_tag, displayed_tag, expires_at, reader_key, claimed_at, read_until, files
FROM handovers WHERE locator_hash = sha256(int8send(:a));
BEGIN;
UPDATE handovers SET state = 'claimed', reader_key = :reader, claimed_at = :now, changed_at = :now, read_until = :until
WHERE number = :number AND state = 'waiting' AND expires_at > :now AND guesses_left > 0;
SELECT bytes FROM sealed WHERE handover = :number;
SELECT bytes FROM ledger WHERE handover = :number AND kind = 'created' ORDER BY id;
INSERT INTO ledger (organization, handover, kind, time, bytes, observed) VALUES (:organization, :number, 'claimed', :now, :claimed, :observed);
COMMIT;

SELECT number, handover, organization, state, flags, claim_tag, displayed_tag, expires_at, reader_key, claimed_at, read_until, files
FROM handovers WHERE locator_hash = sha256(int8send(:a));
BEGIN;
UPDATE handovers SET state = 'displayed', changed_at = :now, share_gone = FALSE
WHERE number = :number AND state IN ('claimed', 'undisplayed');
DELETE FROM sealed WHERE handover = :number;
INSERT INTO ledger (organization, handover, kind, time, bytes, observed) VALUES (:organization, :number, 'displayed', :now, :displayed, NULL);
COMMIT;
UPDATE handovers SET share_gone = TRUE WHERE number = :number;
