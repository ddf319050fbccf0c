"""A believable state of a core, for screenshots and view tests: plain messages of the channel."""

from __future__ import annotations

import math
import random
import time
from typing import TYPE_CHECKING, Any

from app.core.catalog import scan
from app.devices.families import group_of
from app.gateway.messages import DiscoverResult, FoundView
from app.gateway.views import (
    CapabilityView,
    DeviceView,
    DriversResult,
    DriverView,
    FeedRow,
    LinkView,
    NoticeView,
    RuleView,
    RunningView,
    Snapshot,
    StatsView,
    StopView,
    StreamView,
)
from app.gui.widgets.spark import History
from drivers.contract import Driver

if TYPE_CHECKING:
    from app.gui.models.state import State

NOW_MS = round(time.time()) * 1000
ONLINE = LinkView(stage="online", since_ms=NOW_MS - 4_320_000)


def motor(*, active: bool = True) -> DeviceView:
    args = {"rounds": 12.0, "rpm": 100.0, "reverse": False} if active else {}
    return DeviceView(
        id="motor",
        name="Motor 1",
        driver="serial_text",
        driver_title="Serial text board",
        icon="motor",
        link=ONLINE,
        address="COM5",
        used_by=2,
        firmware="1.4.2",
        capabilities=(
            CapabilityView(
                id="motor",
                kind="motor",
                title="Motor",
                hazard="motion",
                max_rpm=100.0,
                max_rounds=200.0,
                active=active,
                instruction="rotate" if active else "",
                args=args,
                activity=0.55 if active else None,
                rule_name="Spin for roses",
                values={"rpm": 100.0 if active else 0.0},
            ),
        ),
    )


def light(*, active: bool = True) -> DeviceView:
    return DeviceView(
        id="light",
        name="LED strip",
        driver="simulated_light",
        driver_title="Pretend light",
        icon="light",
        simulated=True,
        link=ONLINE,
        used_by=1,
        capabilities=(
            CapabilityView(
                id="light",
                kind="light",
                title="Light",
                max_on_s=60.0,
                active=active,
                instruction="set_color" if active else "",
                args={"red": 170, "green": 64, "blue": 255, "level": 0.42} if active else {},
                values={"level": 0.42 if active else 0.0},
            ),
        ),
    )


def relay(*, active: bool = False) -> DeviceView:
    return DeviceView(
        id="relay",
        name="Fog machine",
        driver="simulated_relay",
        driver_title="Pretend relay",
        icon="relay",
        simulated=True,
        link=ONLINE,
        used_by=1,
        capabilities=(
            CapabilityView(
                id="relay",
                kind="switch",
                title="Relay",
                max_on_s=10.0,
                active=active,
                instruction="switch" if active else "",
                args={"on": True} if active else {},
            ),
        ),
    )


def pump() -> DeviceView:
    return DeviceView(
        id="pump",
        name="Bubble pump",
        driver="serial_text",
        driver_title="Serial text board",
        icon="device",
        link=LinkView(
            stage="waiting", reason="not_found", since_ms=NOW_MS - 300_000, retry_in_s=5.0
        ),
        address="COM7",
        used_by=1,
        capabilities=(CapabilityView(id="relay", kind="switch", title="Relay", max_on_s=10.0),),
    )


def row(seconds: int, kind: str = "gift", **fields: object) -> FeedRow:
    values: dict[str, object] = {
        "key": f"k{seconds}",
        "event_id": f"e{seconds}",
        "at_ms": NOW_MS - seconds * 1000,
        "kind": kind,
    }
    return FeedRow.model_validate(values | fields)


def rose(seconds: int, who: str, count: int, **fields: object) -> FeedRow:
    base: dict[str, object] = {
        "who": who,
        "gift_id": 5655,
        "gift": "Rose",
        "coins": 1,
        "count": count,
        "rule_name": "Spin for roses",
        "result": "ran",
        "device": "Motor 1",
        "instruction": "rotate",
        "args": {"rounds": float(count), "rpm": 100.0},
    }
    return row(seconds, **(base | fields))


def feed() -> tuple[FeedRow, ...]:
    """Rows oldest first, as the core sends them."""
    rows = [
        rose(0, "minh_anh", 12),
        rose(2, "k.tran99", 3, result="skipped", reason="cooldown", values={"left_s": 1.2}, device=""),
        row(9, who="phuc.le", gift="Galaxy", coins=1000, count=1, rule_name="Party lights",
            result="ran", device="LED strip", instruction="play", args={"effect": "Party"}, more=1),
        row(16, who="thuyduong", gift="Heart Me", coins=1, count=1, result="failed",
            reason="offline", rule_name="Bubbles for hearts"),
        row(23, "follow", who="newbie_2024", result="ran", rule_name="Thank new followers",
            device="LED strip", instruction="flash", args={"times": 2}),
        row(27, who="hana.live", gift="Star", coins=99, count=5),
        row(45, who="bao_nguyen", gift="Confetti", coins=100, count=1, result="skipped",
            reason="condition_false", rule_name="Confetti shot"),
        row(57, "like", who="x", count=1380, people=214),
        row(69, who="lan_pham", gift="Doughnut", coins=30, count=2, result="skipped",
            reason="rule_off", rule_name="Coffee wave"),
        rose(96, "minh_anh", 40, args={"rounds": 20.0, "rpm": 100.0},
             values={"limited": "rounds", "asked": 40.0, "allowed": 20.0}),
        row(115, who="quan.vu", gift="Finger Heart", coins=5, count=1),
        row(130, "share", who="trang", count=1),
        rose(140, "Linh", 1, source="pretend"),
        row(150, "stream", text="started"),
    ]  # fmt: skip
    return tuple(reversed(rows))


def running() -> tuple[RunningView, ...]:
    return (
        RunningView(
            command_id="c1",
            rule_name="Spin for roses",
            device_id="motor",
            device="Motor 1",
            capability="motor",
            instruction="rotate",
            args={"rounds": 12.0, "rpm": 100.0},
            progress=0.56,
            done=6.7,
            total=12.0,
        ),
    )


RULES = (
    RuleView(id="r1", name="Spin for roses", on=True, gift="Rose", ran=48, considered=52),
    RuleView(id="r2", name="Party lights", on=True, gift="Galaxy", ran=6, considered=6),
    RuleView(id="r3", name="Bubbles for hearts", on=True, gift="Heart Me", ran=2, considered=3),
    RuleView(id="r4", name="Confetti shot", on=True, gift="Confetti", ran=3, considered=9),
    RuleView(id="r5", name="Thank new followers", on=True, ran=31, considered=31),
    RuleView(id="r6", name="Coffee wave", on=False, gift="Doughnut"),
)


def snapshot(**changes: object) -> Snapshot:
    """A good stream in the middle of the evening; `changes` replace parts of it."""
    dice = random.Random(7)
    per_minute = tuple(
        max(0, round(4 + 3 * math.sin(i / 5) + dice.uniform(-1.5, 2.5))) for i in range(60)
    )
    base: dict[str, object] = {
        "version": "0.1.0",
        "pid": 1,
        "started_ms": NOW_MS - 8_000_000,
        "stream": StreamView(
            user="linh.live",
            link=ONLINE,
            room_id="1",
            viewers=1284,
            live_since_ms=NOW_MS - 4_320_000,
        ),
        "devices": (motor(), light(), relay(), pump()),
        "running": running(),
        "waiting": 2,
        "stats": StatsView(
            gifts=312, coins=8940, actions=96, skipped=4, failed=1, gifts_per_min=per_minute
        ),
        "rules": RULES,
        "feed": feed(),
    }
    return Snapshot.model_validate(base | changes)


def stopped() -> Snapshot:
    """Just after STOP: two confirmed, one did not."""
    stop = StopView(
        stopped=True,
        since_ms=NOW_MS,
        source="desk",
        dropped=3,
        took_ms=210.0,
        confirmed={"motor": True, "light": True, "relay": False},
    )
    devices = (
        motor(active=False),
        light(active=False),
        relay().model_copy(update={"safe": False}),
        pump(),
    )
    return snapshot(stop=stop, running=(), waiting=0, devices=devices)


def fresh() -> Snapshot:
    """A first start: nothing chosen, nothing added."""
    return snapshot(
        stream=StreamView(),
        devices=(),
        running=(),
        waiting=0,
        feed=(),
        rules=RULES[:2],
        stats=StatsView(),
    )


def offline() -> Snapshot:
    """A known streamer who is not live; pretend devices are ready."""
    link = LinkView(stage="waiting", reason="offline", retry_in_s=40.0)
    devices = (motor(active=False), light(active=False), relay())
    return snapshot(
        stream=StreamView(user="linh.live", link=link, watching=True),
        devices=devices,
        running=(),
        waiting=0,
        feed=(),
        stats=StatsView(),
    )


def refused() -> Snapshot:
    """TikTok cannot be reached."""
    link = LinkView(stage="waiting", reason="no_network", retry_in_s=12.0)
    notice = NoticeView(key="disk", level="warning", code="disk_full", at_ms=NOW_MS)
    return snapshot(
        stream=StreamView(user="linh.live", link=link),
        feed=(),
        running=(),
        waiting=0,
        notices=(notice,),
    )


def discovered() -> DiscoverResult:
    return DiscoverResult(
        found=(
            FoundView(
                driver="giftwire_line",
                title="USB serial CH340",
                detail="COM5",
                settings={"port": "1a86:7523:COM5"},
            ),
            FoundView(
                driver="simulated",
                settings={"machine": "motor"},
                title="Pretend motor",
                detail="Turns on screen",
                simulated=True,
            ),
            FoundView(
                driver="simulated",
                settings={"machine": "light"},
                title="Pretend light",
                detail="Lights up on screen",
                simulated=True,
            ),
            FoundView(
                driver="simulated",
                settings={"machine": "relay"},
                title="Pretend relay",
                detail="Clicks on screen",
                simulated=True,
            ),
        )
    )


def drivers() -> DriversResult:
    """Return the families there are, with their real forms."""
    contract: Any = Driver
    found = scan("drivers", contract).found.values()
    return DriversResult(
        drivers=tuple(
            DriverView(
                key=one.key,
                title=one.title,
                summary=one.summary,
                icon=one.icon,
                group=group_of(one),
                simulated=one.simulated,
                form=one.Settings.model_json_schema(),
            )
            for one in found
        )
    )


def history(state: State, now: float) -> None:
    """Give every output a believable last minute, ending at `now` (monotonic seconds)."""
    dice = random.Random(3)
    for (device, output), _ in list(state.histories.items()):
        line = state.histories[device, output] = History()
        for second in range(60):
            share = second / 59
            value = 0.0
            if device == "motor":
                value = 0.0 if share < 0.25 or 0.6 < share < 0.68 else 100 + dice.uniform(-2, 2)
            elif device == "light":
                value = 30 + 22 * math.sin(second / 4) + dice.uniform(-2, 2)
            elif device == "relay":
                value = float(second % 17 > 13)
            line.add(value, now - 60 + second)
