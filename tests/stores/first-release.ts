// Why this exists: the schema of the first release, unchanged: every later release must open databases that it wrote.
export const FIRST_RELEASE = `
  CREATE TABLE records (
    position     INTEGER PRIMARY KEY AUTOINCREMENT,
    statement_id TEXT NOT NULL UNIQUE,
    iss          TEXT NOT NULL,
    jti          TEXT NOT NULL,
    statement    TEXT NOT NULL,
    kind         TEXT NOT NULL,
    decision     TEXT NOT NULL,
    code         TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    receipt      TEXT NOT NULL,
    received_at  INTEGER NOT NULL,
    number       TEXT NOT NULL,
    serial       TEXT,
    plate        TEXT,
    region       TEXT NOT NULL,
    fact_date    TEXT NOT NULL,
    valid_until  TEXT,
    UNIQUE (iss, jti)
  ) STRICT;
  CREATE INDEX records_number ON records (number);
  CREATE INDEX records_serial ON records (serial) WHERE serial IS NOT NULL;
  CREATE INDEX records_plate  ON records (plate)  WHERE plate IS NOT NULL;
  CREATE INDEX records_kind   ON records (kind, position);
  CREATE INDEX records_region ON records (region, position);
  CREATE TABLE requests (
    iss   TEXT NOT NULL,
    jti   TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (iss, jti)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX requests_until ON requests (until);
  CREATE TABLE documents (
    collection TEXT NOT NULL,
    name       TEXT NOT NULL,
    version    INTEGER NOT NULL,
    signed     TEXT NOT NULL,
    PRIMARY KEY (collection, name, version)
  ) STRICT, WITHOUT ROWID;
  `
