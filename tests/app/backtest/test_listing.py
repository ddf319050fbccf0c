"""What a profile has to play."""

from app.backtest.listing import listed
from app.paths import Parts
from tests.app.backtest import profile as one
from tests.app.store.samples import START_MS


def test_recordings_and_past_streams_are_listed(tmp_path):
    found = listed(one.made(tmp_path))
    assert [(past.room_id, past.user, past.gifts) for past in found.streams] == [
        (one.ROOM, "anna", 6)
    ]
    assert [(tape.user, tape.started_ms) for tape in found.recordings] == [("creator", START_MS)]
    assert found.recordings[0].bytes > 0
    assert not found.streams_unread


def test_an_empty_profile_has_nothing(tmp_path):
    found = listed(Parts(tmp_path / "nobody"))
    assert (found.recordings, found.streams, found.streams_unread) == ((), (), False)


def test_a_broken_journal_is_told_and_a_broken_recording_left_out(tmp_path):
    parts = Parts(tmp_path)
    parts.journal.parent.mkdir(parents=True)
    parts.journal.write_bytes(b"no database at all, but long enough to be looked at" * 50)
    parts.recordings.mkdir()
    (parts.recordings / "torn.tape.gz").write_bytes(b"\x1f\x8bnothing")
    found = listed(parts)
    assert found.streams_unread
    assert found.recordings == ()
