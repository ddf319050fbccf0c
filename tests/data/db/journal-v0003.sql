BEGIN TRANSACTION;
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
    detail TEXT NOT NULL DEFAULT '', said TEXT NOT NULL DEFAULT '',
    UNIQUE (command_id, stage)
);
INSERT INTO "delivery" VALUES(1,'e1','e1/r1/0','motor','r1','queued','','0123456789ab',100.001,1790000000000,'[]','','');
INSERT INTO "delivery" VALUES(2,'e1','e1/r1/0','motor','r1','sent','','0123456789ab',100.002,1790000000000,'[["rpm",200.0,100.0]]','','');
INSERT INTO "delivery" VALUES(3,'e1','e1/r1/0','motor','r1','acked','','0123456789ab',100.05,1790000000000,'[]','','');
INSERT INTO "delivery" VALUES(4,'e1','e1/r1/0','motor','r1','done','','0123456789ab',102.5,1790000000000,'[]','','');
INSERT INTO "delivery" VALUES(5,'e3','e3/r1/0','relay','r1','failed','refused','0123456789ab',103.5,1790000003000,'[]','','["Relay {n} did not switch. Unplug the board and plug it in again.",[["n","2"]]]');
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
INSERT INTO "event" VALUES(1,'e1',7312345678901234567,'gift','live',1790000001000,'0123456789ab',100.0,0,0,42,'anna','Anna Ä',5655,'Rose',1,2,2,1,0,'{"streak":"s","late":false,"receiver_id":9,"viewer":{"is_follower":true,"gifter_level":3}}','[["r1","Rose turns",[["gift",true,"passed",[["gift","Rose"],["n",2.0]]]]]]','[["e1/r1/0","motor","turn","rotate",{"rounds":2.0,"rpm":60.0,"reverse":false},"r1"]]');
INSERT INTO "event" VALUES(2,'e2',7312345678901234567,'gift','live',1790000002000,'0123456789ab',101.0,0,0,42,'anna','Anna Ä',5655,'Hoa hồng',1,5,7,0,1,'{"streak":"s","late":false,"receiver_id":9,"viewer":{"is_follower":true,"gifter_level":3}}','[["r1","Rose turns",[["gift",true,"passed",[["gift","Rose"],["n",2.0]]],["cooldown",false,"cooldown",[["left_s",1.5]]]]]]','[]');
INSERT INTO "event" VALUES(3,'e3',7312345678901234567,'gift','pretend',1790000003000,'0123456789ab',102.0,0,0,42,'anna','Anna Ä',5655,'Rose',1,2,2,1,0,'{"streak":"s","late":false,"receiver_id":9,"viewer":{"is_follower":true,"gifter_level":3}}','[["r1","Rose turns",[["gift",true,"passed",[["gift","Rose"],["n",2.0]]]]]]','[["e3/r1/0","motor","turn","rotate",{"rounds":2.0,"rpm":60.0,"reverse":false},"r1"]]');
INSERT INTO "event" VALUES(4,'c1',7312345678901234567,'chat','live',1790000000000,'0123456789ab',103.0,0,0,-9223372036854775803,'far','',0,'',0,0,0,1,0,'{"text":"xin chào"}','[["r1","Rose turns",[["gift",true,"passed",[["gift","Rose"],["n",2.0]]]]]]','[["c1/r1/0","motor","turn","rotate",{"rounds":2.0,"rpm":60.0,"reverse":false},"r1"]]');
INSERT INTO "event" VALUES(5,'b1',7312345678901234567,'battle','live',1790000000000,'0123456789ab',104.0,0,0,0,'','',0,'',0,0,0,1,0,'{"battle_id":5,"stage":"won","own_score":3,"other_score":0}','[]','[]');
INSERT INTO "event" VALUES(6,'e9',7312345678901234567,'gift','live',1790000009000,'0123456789ab',NULL,1,0,42,'anna','',5655,'Rose',1,3,5,1,0,'{"streak":"","receiver_id":9}','[]','[]');
CREATE TABLE kept (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    -- JSON, as whoever keeps it likes.
    value TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
INSERT INTO "kept" VALUES('variable','deaths','{"value":3.0,"lasting":true}');
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
INSERT INTO "stream" VALUES(7312345678901234567,'anna',1790000000000,1790003600000,1);
CREATE TABLE viewer (
    viewer_id INTEGER PRIMARY KEY,
    handle TEXT NOT NULL DEFAULT '',
    nickname TEXT NOT NULL DEFAULT '',
    -- The stream in which they were first seen.
    first_room INTEGER NOT NULL DEFAULT 0,
    coins INTEGER NOT NULL DEFAULT 0,
    gifts INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "viewer" VALUES(-9223372036854775803,'far','',7312345678901234567,0,0);
INSERT INTO "viewer" VALUES(42,'anna','Anna Ä',7312345678901234567,10,10);
CREATE INDEX event_room ON event (room_id, at_ms);
CREATE INDEX event_at ON event (at_ms);
CREATE INDEX delivery_event ON delivery (event_id);
CREATE INDEX viewer_coins ON viewer (coins DESC) WHERE coins > 0;
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
COMMIT;
PRAGMA application_id = 1196902988;
PRAGMA user_version = 3;
