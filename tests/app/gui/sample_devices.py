"""Devices of every kind with limits, budgets, health, groups and scenes, for pictures and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.gateway.views import (
    BudgetView,
    CapabilityView,
    ConsentView,
    DeviceFormView,
    DeviceLogView,
    DeviceView,
    GroupView,
    HealthView,
    InterlockView,
    LimitsView,
    LogLineView,
    OutputRef,
    SceneStep,
    SceneView,
    Snapshot,
    TogetherView,
    WattsView,
)
from tests.app.gui import sample

if TYPE_CHECKING:
    from typing import Any


def output(kind: str, **fields: Any) -> CapabilityView:
    return CapabilityView.model_validate({"id": kind, "kind": kind, "title": kind.title()} | fields)


def device(key: str, name: str, *outputs: CapabilityView, **fields: Any) -> DeviceView:
    base = {
        "id": key,
        "name": name,
        "driver": "giftwire_line",
        "driver_title": "Giftwire board (USB)",
        "icon": "usb",
        "link": sample.ONLINE,
        "capabilities": outputs,
    }
    return DeviceView.model_validate(base | fields)


def board() -> DeviceView:
    """Eight relays, one of them with a budget; the fourth waits for the third."""
    limits = {"hazard": "mains", "max_on_s": 10.0, "ceiling": LimitsView(max_on_s=10.0, duty=0.5)}
    relays = [output("switch", id=f"relay{n}", title=f"Relay {n}", **limits) for n in range(1, 9)]
    relays[0] = relays[0].model_copy(
        update={
            "own": LimitsView(max_on_s=4.0, cooldown_s=2.0),
            "budget": BudgetView(
                on_s_per_day=600.0, on_s_today=431.0, service_after_s=36_000.0, worn_s=9_000.0,
                heat=0.4,
            ),
            "delay_ms": 140.0,
        }
    )  # fmt: skip
    relays[1] = relays[1].model_copy(update={"held": "interlock", "queued": 1})
    return device(
        "board", "Relay board", *relays, driver="modbus_relay", driver_title="Modbus relay board",
        icon="relay", address="COM4", health=HealthView(state="shaky", good=17, failed=3, lost=2,
        took_ms=12.4), firmware="Modbus 1",
    )  # fmt: skip


def weather() -> DeviceView:
    told = {"temperature": 21.5, "humidity": 40.0}
    return device(
        "weather", "Weather", output("sensor", title="Sensor", values=told), icon="sensor"
    )


def collar(consent: str = "needed", *, armed: bool = False) -> DeviceView:
    shock = output(
        "level", id="shock", title="Shock", hazard="pain", max_level=0.2, max_on_s=1.0,
        ceiling=LimitsView(max_level=0.2, max_on_s=1.0, cooldown_s=5.0, duty=0.1),
    )  # fmt: skip
    return device(
        "collar", "Collar", shock, driver="openshock", driver_title="OpenShock", icon="bolt",
        consent=consent, address="COM9", arming="each_session", armed=armed,
    )  # fmt: skip


def confetti() -> DeviceView:
    shots = BudgetView(shots_full=20, shots_left=6)
    gun = output("pulse", id="gun", title="Pulse", hazard="motion", budget=shots, max_on_s=1.0)
    return device("gun", "Confetti gun", gun, icon="pulse", fallback="weather")


def arm(*, armed: bool = False) -> DeviceView:
    servo = output("position", title="Servo", values={"position": 0.6}, hazard="motion", rest=0.5)
    return device("arm", "Waving arm", servo, arming="first_use", armed=armed)


def heater(*, armed: bool = False) -> DeviceView:
    plug = output("switch", id="relay", title="Relay", hazard="heat", max_on_s=30.0)
    return device("heater", "Warming lamp", plug, icon="relay", arming="each_start", armed=armed)


def both_lights() -> DeviceView:
    light = output("light", id="all", title="Light", max_on_s=60.0)
    return device(
        "g1", "All lamps", light, made="group", driver="", driver_title="Group", icon="group"
    )


def party() -> DeviceView:
    play = output("effect", id="scene", title="Scene", effects=("Party",), max_on_s=60.0)
    return device(
        "s1", "Party", play, made="scene", driver="", driver_title="Scene", icon="scene", used_by=2
    )


GROUP = GroupView(
    id="g1", name="All lamps", members=(OutputRef(device_id="light", capability="light"),)
)
SCENE = SceneView(
    id="s1",
    name="Party",
    steps=(
        SceneStep(
            device_id="light", capability="light", verb="set_color",
            args={"red": 255, "green": 32, "blue": 32, "level": 1.0}, duration_s=6.0,
        ),
        SceneStep(
            device_id="motor", capability="motor", verb="rotate",
            args={"rounds": 5.0, "rpm": 60.0}, after_s=1.0,
        ),
        SceneStep(
            device_id="relay", capability="relay", verb="switch", args={"on": True}, after_s=2.0,
            duration_s=3.0,
        ),
    ),
)  # fmt: skip
TOGETHER = TogetherView(
    interlocks=(
        InterlockView(
            one=OutputRef(device_id="relay", capability="relay"),
            other=OutputRef(device_id="motor", capability="motor"),
        ),
    ),
    power_w=60.0,
    used_w=42.0,
    watts=(
        WattsView(device_id="motor", capability="motor", watts=24.0),
        WattsView(device_id="light", capability="light", watts=18.0),
    ),
)


def snapshot(**changes: Any) -> Snapshot:
    devices = (
        sample.motor(), sample.light(), sample.relay(), board(), weather(), collar(), confetti(),
        arm(), heater(), both_lights(), party(),
    )  # fmt: skip
    told = {"devices": devices, "groups": (GROUP,), "scenes": (SCENE,), "together": TOGETHER}
    return sample.snapshot(**(told | changes))


def form() -> DeviceFormView:
    return DeviceFormView(
        device_id="board",
        driver="modbus_relay",
        name="Relay board",
        settings={"port": "1a86:7523:COM4", "model": "waveshare", "channels": 8, "load": "heat"},
    )


def log() -> DeviceLogView:
    texts = (
        ("note", "opened COM4, 9600 baud"),
        ("out", "01 0F 00 00 00 08 01 00 FE 95"),
        ("in", "01 0F 00 00 00 08 54 0D"),
        ("out", "01 05 00 00 FF 00 8C 3A"),
        ("in", "01 05 00 00 FF 00 8C 3A"),
    )
    lines = tuple(
        LogLineView.model_validate(
            {"number": n, "at_ms": sample.NOW_MS + n * 17, "way": way, "text": text}
        )
        for n, (way, text) in enumerate(texts, 1)
    )
    return DeviceLogView(device_id="board", lines=lines)


def consent() -> ConsentView:
    return ConsentView(
        device_id="collar",
        text=(
            "This device gives electric shocks. It is meant for a person who wants it.",
            "Never above the waist or near the heart, and never on anybody under 18.",
            "Giftwire limits strength and length. These limits stay, whatever a rule asks for.",
        ),
        phrase="I know this can hurt",
    )
