-- The ledger, schema version 1. Times are seconds since 1970 in UTC; digests are raw bytes.

CREATE TABLE source (            -- one row for each content, whatever its names
  id      INTEGER PRIMARY KEY,
  sha256  BLOB NOT NULL UNIQUE,
  size    INTEGER NOT NULL,
  target  TEXT COLLATE NOCASE    -- where its documents go: a path below the folder, without suffix
) STRICT;
CREATE UNIQUE INDEX source_target ON source (target);

CREATE TABLE name (              -- one row for each name under which a file was met
  name      BLOB PRIMARY KEY,    -- absolute path as the system spells it; members of archives after "!/"
  source    INTEGER REFERENCES source,  -- null where the file could not be taken at all
  stamp     TEXT NOT NULL,       -- size, times and inode when its bytes were hashed; changed → hash again
  category  TEXT,                -- why it could not be taken
  message   TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX name_source ON name (source);
CREATE INDEX name_refused ON name (category) WHERE category IS NOT NULL;

CREATE TABLE version (           -- what, besides the content, decides a result: settings, code, data
  id      INTEGER PRIMARY KEY,
  stage   TEXT NOT NULL,
  digest  TEXT NOT NULL,
  told    TEXT NOT NULL,         -- the same in JSON, for people
  UNIQUE (stage, digest)
) STRICT;

CREATE TABLE result (            -- one row for each content and stage, and what decided it
  source    INTEGER NOT NULL REFERENCES source,
  stage     TEXT NOT NULL,       -- notice: pages and documents; the readings of single pages lie in pages.db
  version   INTEGER NOT NULL REFERENCES version,
  state     TEXT NOT NULL CHECK (state IN ('leased', 'done', 'failed', 'waiting')),
  category  TEXT,                -- of a failure; 'failed-pages' where documents were made without some pages
  message   TEXT,
  attempts  INTEGER NOT NULL DEFAULT 0,
  owner     TEXT,                -- who holds the lease
  taken     REAL,
  until     REAL,
  seconds   REAL NOT NULL DEFAULT 0,   -- of worker time
  pages     INTEGER NOT NULL DEFAULT 0,
  failed_pages TEXT,             -- page numbers, comma-separated
  notices   INTEGER NOT NULL DEFAULT 0,
  stated    INTEGER NOT NULL DEFAULT 0, -- values in its documents
  doubtful  INTEGER NOT NULL DEFAULT 0, -- of these, marked for a person
  PRIMARY KEY (source, stage, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX result_state ON result (stage, state, category);
CREATE INDEX result_lease ON result (until) WHERE until IS NOT NULL;

CREATE TABLE output (            -- one row for each document in the folder
  path    TEXT PRIMARY KEY,      -- below the folder
  source  INTEGER NOT NULL REFERENCES source,
  number  INTEGER NOT NULL,      -- which of the source's documents, from 1
  sha256  BLOB NOT NULL,
  size    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX output_source ON output (source);

CREATE TABLE run (
  id       INTEGER PRIMARY KEY,
  owner    TEXT NOT NULL,
  began    REAL NOT NULL,
  ended    REAL,
  summary  TEXT                  -- JSON
) STRICT;
