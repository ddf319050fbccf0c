-- Who gave what, over all streams; small things that outlive the program; history by combo.

CREATE TABLE kept (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    -- JSON, as whoever keeps it likes.
    value TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;

CREATE TABLE viewer (
    viewer_id INTEGER PRIMARY KEY,
    handle TEXT NOT NULL DEFAULT '',
    nickname TEXT NOT NULL DEFAULT '',
    -- The stream in which they were first seen.
    first_room INTEGER NOT NULL DEFAULT 0,
    coins INTEGER NOT NULL DEFAULT 0,
    gifts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX viewer_coins ON viewer (coins DESC) WHERE coins > 0;

-- With one min() SQLite takes the bare columns from the row that holds it: the first one.
INSERT INTO viewer (viewer_id, handle, nickname, first_room, coins, gifts)
SELECT viewer_id, handle, nickname, room_id,
    SUM(CASE kind WHEN 'gift' THEN count * coins ELSE 0 END),
    SUM(CASE kind WHEN 'gift' THEN count ELSE 0 END)
FROM event WHERE source = 'live' AND viewer_id != 0
GROUP BY viewer_id HAVING MIN(id) > 0;

-- An event is inserted once, whatever is told twice: so is what it counts here. Deleting old
-- history takes nothing back.
CREATE TRIGGER gift_counted AFTER INSERT ON event
WHEN NEW.kind = 'gift' AND NEW.source = 'live' AND NEW.viewer_id != 0 AND NEW.count > 0
BEGIN
    INSERT INTO viewer (viewer_id, handle, nickname, first_room, coins, gifts)
    VALUES (NEW.viewer_id, NEW.handle, NEW.nickname, NEW.room_id,
        NEW.count * NEW.coins, NEW.count)
    ON CONFLICT (viewer_id) DO UPDATE SET
        handle = CASE excluded.handle WHEN '' THEN viewer.handle ELSE excluded.handle END,
        nickname = CASE excluded.nickname WHEN '' THEN viewer.nickname ELSE excluded.nickname END,
        coins = viewer.coins + excluded.coins,
        gifts = viewer.gifts + excluded.gifts;
END;

CREATE INDEX event_gift ON event (at_ms, id) WHERE kind = 'gift';
CREATE INDEX event_streak ON event (json_extract(body, '$.streak')) WHERE kind = 'gift';
