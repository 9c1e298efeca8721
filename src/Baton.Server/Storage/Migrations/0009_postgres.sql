-- Rows that held what was destroyed leave PostgreSQL's pages only when they are vacuumed. The servers do it each minute where their role owns the
-- tables; where it does not, autovacuum does, whenever it looks (autovacuum_naptime), however few they are. docs/operate.md, "PostgreSQL".
--postgres ALTER TABLE sealed SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0, toast.autovacuum_vacuum_threshold = 1, toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_cost_delay = 0);
--postgres ALTER TABLE chunks SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0, toast.autovacuum_vacuum_threshold = 1, toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_cost_delay = 0);
--postgres ALTER TABLE personal SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0, toast.autovacuum_vacuum_threshold = 1, toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_cost_delay = 0);
--postgres ALTER TABLE entry_revisions SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 1, toast.autovacuum_vacuum_scale_factor = 0);
--postgres ALTER TABLE attachment_chunks SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 1, toast.autovacuum_vacuum_scale_factor = 0);

-- Every step rewrites a handover's row: room beside it keeps the new version on its page.
--postgres ALTER TABLE handovers SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
