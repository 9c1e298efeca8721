-- Roles with no more rights than they need. Run it in BOTH databases, as a superuser, before the first `baton-server migrate` and again after
-- each one: psql -v ON_ERROR_STOP=1 -d baton -f roles.sql; psql -v ON_ERROR_STOP=1 -d baton_shares -f roles.sql
-- It may be run as often as you like. Then give both a password (\password baton_owner), or let pg_hba.conf know them by certificate or peer.
--
-- baton_owner  owns the tables. `baton-server migrate` and `baton-server recover` run as it, and nothing else does.
-- baton_node   is what the servers are: reads and writes rows, changes no table, and rewrites no history.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'baton_owner') THEN
        CREATE ROLE baton_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'baton_node') THEN
        CREATE ROLE baton_node LOGIN;
    END IF;

    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO baton_owner, baton_node', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO baton_owner;
GRANT USAGE ON SCHEMA public TO baton_node;

-- For the tables that are there, and for those that migrations will make.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO baton_node;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO baton_node;
ALTER DEFAULT PRIVILEGES FOR ROLE baton_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO baton_node;
ALTER DEFAULT PRIVILEGES FOR ROLE baton_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO baton_node;

-- What no server ever does, none may do. Tables that are not there (in the other database, or before the first migration) are passed over.
DO $$
DECLARE
    kept TEXT;
BEGIN
    FOREACH kept IN ARRAY ARRAY[
        'ledger', 'handovers', 'tombstones', 'replies', 'reissues', 'cards', 'groups', 'group_keys', 'organizations', 'policies', 'invitations',
        'invited_groups', 'entries', 'logs', 'tiles', 'stamped', 'stamps', 'installation', 'migrations', 'heads']
    LOOP
        IF to_regclass('public.' || quote_ident(kept)) IS NOT NULL THEN
            EXECUTE format('REVOKE DELETE ON public.%I FROM baton_node', kept);
        END IF;
    END LOOP;

    FOREACH kept IN ARRAY ARRAY['ledger', 'tombstones', 'reissues', 'cards', 'group_keys', 'invited_groups', 'stamped', 'stamps', 'migrations']
    LOOP
        IF to_regclass('public.' || quote_ident(kept)) IS NOT NULL THEN
            EXECUTE format('REVOKE UPDATE ON public.%I FROM baton_node', kept);
        END IF;
    END LOOP;

    IF to_regclass('public.migrations') IS NOT NULL THEN
        REVOKE INSERT ON public.migrations FROM baton_node;
    END IF;

    -- An entry gets its place once, and what the server itself saw may be purged. Its bytes stay as they were written.
    IF to_regclass('public.ledger') IS NOT NULL THEN
        GRANT UPDATE (log, leaf_index, observed) ON public.ledger TO baton_node;
    END IF;
END
$$;
