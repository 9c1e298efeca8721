-- A store on its way into this database: docs/operate.md, "From SQLite to PostgreSQL". No server starts here until ended_at is set.
CREATE TABLE moves (
    id BYTEA NOT NULL PRIMARY KEY,
    began_at BIGINT NOT NULL,
    verified_at BIGINT,
    ended_at BIGINT
);

-- How far each table is: the source's place of the last row that is here.
CREATE TABLE moved (
    name TEXT NOT NULL PRIMARY KEY,
    place BIGINT NOT NULL
);
