"""What waits for a slow desk is bounded, in order, and ends in the same picture."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.gateway.messages import Bye, Changed, Fire, Hello, Reply, Welcome, from_core, from_desk
from app.gateway.outbox import MAX_FEED, MAX_REPLIES, Outbox, to_json, unwatched
from app.gateway.views import DeviceView, FeedRow, Snapshot, StatsView


def row(key, count=1):
    return FeedRow(key=str(key), event_id="e", at_ms=0, kind="gift", count=count)


rows = st.lists(st.builds(row, st.integers(0, 9), st.integers(1, 99)), max_size=5).map(tuple)
devices = st.lists(
    st.builds(
        lambda n, name: DeviceView(id=str(n), name=name, driver="d"),
        st.integers(0, 4),
        st.text(max_size=2),
    ),
    max_size=3,
    unique_by=lambda one: one.id,
).map(tuple)
changes = st.builds(
    Changed,
    waiting=st.none() | st.integers(0, 9),
    stats=st.none() | st.builds(StatsView, gifts=st.integers(0, 9)),
    rules_running=st.none() | st.booleans(),
    feed=rows,
    feed_skipped=st.integers(0, 3),
    devices=devices,
    gone=st.lists(st.integers(0, 4).map(str), max_size=2, unique=True).map(tuple),
)


class Desk:
    """What a desk knows after some changes, by the words of the messages."""

    def __init__(self):
        self.latest, self.rows, self.devices, self.skipped = {}, {}, {}, 0

    def take(self, changed):
        for name in ("waiting", "stats", "rules_running"):
            if getattr(changed, name) is not None:
                self.latest[name] = getattr(changed, name)
        for one in changed.gone:
            self.devices.pop(one, None)
        for one in changed.devices:
            self.devices[one.id] = one
        for one in changed.feed:
            self.rows.pop(one.key, None)
            self.rows[one.key] = one
        self.skipped += changed.feed_skipped

    def known(self):
        return self.latest, self.rows, list(self.rows), self.devices, self.skipped


@given(st.lists(st.tuples(changes, st.booleans()), max_size=20))
def test_a_desk_that_lags_knows_the_same_in_the_end(script):
    box, lagging, quick = Outbox(), Desk(), Desk()
    for change, reads in script:
        box.change(change)
        quick.take(change)
        if reads and (message := box.take()) is not None:
            lagging.take(message)
    if (message := box.take()) is not None:
        lagging.take(message)
    assert not box
    assert lagging.known() == quick.known()


@given(changes)
def test_a_change_is_the_same_on_the_other_side(change):
    assert from_core.validate_json(to_json(change)) == change


@given(st.lists(st.integers(0, 2000), min_size=MAX_FEED, max_size=600))
def test_rows_left_out_are_counted(keys):
    box = Outbox()
    for key in keys:
        box.change(Changed(feed=(row(key),)))
    message = box.take()
    different = len(set(keys))
    assert len(message.feed) == min(different, MAX_FEED)
    assert len(message.feed) + message.feed_skipped >= different


def test_replies_go_before_changes_and_are_bounded():
    box = Outbox()
    box.change(Changed(waiting=1))
    for number in range(MAX_REPLIES):
        assert box.say(Reply(id=number))
    assert not box.say(Reply(id=9999))
    assert [box.take().id for _ in range(MAX_REPLIES)] == list(range(MAX_REPLIES))
    assert box.take().waiting == 1
    assert box.take() is None


def test_version_and_type_are_always_on_the_wire():
    assert json.loads(to_json(Hello(token="t"))) == {"type": "hello", "protocol": 2, "token": "t"}
    welcome = Welcome(snapshot=Snapshot(version="1", pid=2, started_ms=3))
    assert json.loads(to_json(welcome))["protocol"] == 2
    assert json.loads(to_json(Bye())) == {"type": "bye"}
    assert from_desk.validate_json(to_json(Fire(id=3, gift="Lion"))) == Fire(id=3, gift="Lion")


def test_a_hidden_window_is_not_told_of_rows():
    assert unwatched(Changed(feed=(row(1),), running=())) is None
    less = unwatched(Changed(feed=(row(1),), stats=StatsView(gifts=1)))
    assert (less.feed, less.stats.gifts) == ((), 1)
