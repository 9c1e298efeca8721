-- The newest head of each log, here before anybody sees its checkpoint. No backup brings an old one back: that is what it is for.
CREATE TABLE heads (
    origin TEXT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    root BYTEA NOT NULL
);
