-- The journal. Times ending in _ms are UTC epoch ms and may jump; `received_s` and `at_s` are
-- seconds of one run's monotonic clock, comparable only within the same `run`.

-- "GWJL": what tells a journal from any other SQLite file.
PRAGMA application_id = 1196902988;

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE stream (
    room_id INTEGER PRIMARY KEY,
    user TEXT NOT NULL,
    started_ms INTEGER NOT NULL,
    ended_ms INTEGER,
    -- Grows with every begin: the order of streams when clocks cannot be trusted.
    begun INTEGER NOT NULL
);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    room_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    run TEXT NOT NULL,
    received_s REAL,
    interrupted INTEGER NOT NULL DEFAULT 0,
    backlog INTEGER NOT NULL DEFAULT 0,
    viewer_id INTEGER NOT NULL DEFAULT 0,
    handle TEXT NOT NULL DEFAULT '',
    nickname TEXT NOT NULL DEFAULT '',
    gift_id INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    coins INTEGER NOT NULL DEFAULT 0,
    count INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    final INTEGER NOT NULL DEFAULT 1,
    held INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL DEFAULT '{}',
    traces TEXT NOT NULL DEFAULT '[]',
    commands TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX event_room ON event (room_id, at_ms);
CREATE INDEX event_at ON event (at_ms);

CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL,
    command_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    run TEXT NOT NULL,
    at_s REAL NOT NULL,
    at_ms INTEGER NOT NULL,
    limited TEXT NOT NULL DEFAULT '[]',
    detail TEXT NOT NULL DEFAULT '',
    UNIQUE (command_id, stage)
);
CREATE INDEX delivery_event ON delivery (event_id);
