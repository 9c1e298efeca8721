-- One cycle as a node asks it of the share store (Storage/Shares.cs): kept, found, destroyed.
\set a random(1, 9223372036854775807)
\set b random(1, 9223372036854775807)
BEGIN;
INSERT INTO shares (handover, share, kept_at) VALUES (int8send(:a) || int8send(:b), :share, :now) ON CONFLICT DO NOTHING;
COMMIT;
SELECT share FROM shares WHERE handover = int8send(:a) || int8send(:b);
BEGIN;
DELETE FROM shares WHERE handover = int8send(:a) || int8send(:b);
COMMIT;
