"""A profile as somebody has it: rules, a device, a past stream in the journal, a recording."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from app import paths
from app.live.record import Header, Tape
from app.store.db import Database
from app.store.journal import Journal
from tests.app.store.samples import START_MS, gift, outcome
from tests.fakes.tiktok import messages as m
from tests.fakes.tiktok.frames import Frame
from tests.fakes.tiktok.viewers import STREAMER

if TYPE_CHECKING:
    from pathlib import Path

ROOM = 7_000_000_123
RELAY = {
    "id": "d1",
    "name": "Bubbles",
    "driver": "lcus",
    "role": "relay",
    "settings": {"port": "COM99"},
    "capabilities": [{"id": "relay", "kind": "switch", "title": "Relay"}],
}


def made(folder: Path) -> paths.Parts:
    """Fill a profile; the stream has three gifts of two Roses, the recording two chats."""
    parts = paths.Parts(folder)
    parts.journal.parent.mkdir(parents=True)
    parts.recordings.mkdir()
    parts.rules.write_bytes((paths.resources() / "rules" / "starter.json").read_bytes())
    parts.devices.write_text(json.dumps({"version": 1, "devices": [RELAY]}), encoding="utf-8")
    database = Database(parts.journal, lambda _: None)
    database.open()
    journal = Journal(database, run="run")
    journal.begin_stream(ROOM, "anna", START_MS)
    for number in (1, 2, 3):
        journal.on_outcome(outcome(gift(number)))
    assert database.close()
    header = Header("creator", m.ROOM_ID, STREAMER.id, START_MS, "1.2.3")
    tape = Tape(parts.recordings / "one.tape.gz", header, iter(range(100)).__next__)
    for words in ("hi", "bye"):
        tape.frame(Frame([m.chat(words)]).encode().data)
    tape.close()
    return parts


def printed(folder: Path) -> dict[str, str]:
    """Return what is in each file, as a fingerprint."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
