"""Random rules and events for the property tests of the core."""

from __future__ import annotations

from hypothesis import strategies as st

from app.core.engine import EngineGate
from app.core.events import Chat, Follow, Gift, Join, Like, Share, Source, Subscribe, Viewer
from app.core.rules import Rule

OPEN = EngineGate()

names = st.sampled_from(["Rose", "rose ", "TikTok", "Lion", "Hoa hồng", ""])
ids = st.sampled_from([0, 5655, 5269, 6369, 1])
formulas = st.sampled_from(
    [
        "count",
        "coins * count",
        "3",
        "0",
        "-1",
        "10 / (count - 2)",
        "value // 3",
        "total",
        "likes + 1",
    ]
)
words = st.sampled_from(["!spin", "!Spin", "xoay", ""])


def _part(key, **fields):
    return st.fixed_dictionaries({"key": st.just(key)}, optional=fields)


triggers = st.one_of(
    _part("gift", gifts=st.lists(st.fixed_dictionaries({"id": ids, "name": names}), max_size=3)),
    _part("gift_any", least=st.integers(0, 5)),
    _part("gift_any", most=st.integers(6, 100)),
    _part("likes", likes=st.integers(1, 20), again=st.booleans()),
    _part("follow"),
    _part("share"),
    _part("join"),
    _part("subscribe", months=st.integers(1, 3)),
    _part("chat_contains", texts=st.lists(words, max_size=2)),
    _part("chat_command", command=words),
)
plain_conditions = st.one_of(
    _part("coins_at_least", coins=st.integers(0, 40)),
    _part(
        "count_compare",
        comparison=st.sampled_from([">=", ">", "=", "!=", "<=", "<"]),
        number=st.integers(0, 4),
    ),
    _part("sender_is_follower"),
    _part("sender_is_moderator"),
    _part("sender_is_subscriber"),
)
conditions = st.recursive(
    plain_conditions,
    lambda inner: st.one_of(
        _part("all", of=st.lists(inner, max_size=3)),
        _part("any", of=st.lists(inner, max_size=3)),
        _part("not", of=inner),
    ),
    max_leaves=5,
)
devices = st.sampled_from(["motor", "light", "relay", "effect", "nowhere", ""])
actions = st.one_of(
    _part("rotate", device=devices, rounds=formulas, rpm=formulas, reverse=st.booleans()),
    _part("flash", device=devices, times=formulas),
    _part("color", device=devices, percent=formulas, seconds=formulas),
    _part("switch_on", device=devices, seconds=formulas),
    _part("pulse", device=devices, seconds=formulas),
    _part("play_effect", device=devices, effect=st.sampled_from(["", "storm"]), seconds=formulas),
    _part("set_level", device=devices, percent=formulas, seconds=formulas),
)
limits = st.fixed_dictionaries(
    {},
    optional={
        "cooldown_s": st.sampled_from([0, 0.5, 4.0]),
        "viewer_cooldown_s": st.sampled_from([0, 1.0, 9.0]),
        "max_per_stream": st.none() | st.integers(1, 4),
        "ceiling": st.none() | st.integers(1, 5),
        "policy": st.none() | st.sampled_from(["queue", "latest", "drop"]),
    },
)


def rules():
    """Any rule the document allows."""
    return st.builds(
        lambda **fields: Rule.model_validate(fields),
        id=st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True),
        name=st.text(max_size=12),
        on=st.sampled_from([True, True, True, False]),
        group=st.just(""),
        note=st.text(max_size=5),
        mode=st.sampled_from(["parallel", "parallel", "single", "restart", "queued"]),
        priority=st.integers(-2, 2),
        when=triggers,
        only_if=st.lists(conditions, max_size=2),
        do=st.lists(actions, max_size=3),
        limits=limits,
        react=st.sampled_from(["each", "total"]),
        time_to_live_s=st.floats(1, 86_400),
    )


viewers = st.builds(
    Viewer,
    id=st.integers(0, 3),
    handle=st.sampled_from(["a", "b"]),
    is_follower=st.booleans(),
    is_moderator=st.booleans(),
    is_subscriber=st.booleans(),
)


def _event(kind, **fields):
    return st.builds(
        kind,
        id=st.uuids().map(str),
        at_ms=st.just(0),
        viewer=viewers,
        source=st.sampled_from(list(Source)),
        backlog=st.sampled_from([False, False, False, True]),
        **fields,
    )


events = st.one_of(
    _event(
        Gift,
        gift_id=ids,
        name=names,
        coins=st.integers(0, 20),
        count=st.integers(0, 6),
        total=st.integers(0, 9),
        final=st.booleans(),
        late=st.booleans(),
        streak=st.just("s"),
    ),
    _event(Like, count=st.integers(1, 15), total=st.integers(0, 100)),
    _event(Follow),
    _event(Share),
    _event(Join),
    _event(Subscribe, months=st.integers(1, 4)),
    _event(
        Chat, text=st.sampled_from(["!spin now", "!SPIN", "please xoay!", "", "  ", "hi !spin"])
    ),
)
