"""Links, devices, stream and tray in a word and a tone. Rule: colour, shape and word agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from app.core.links import WORDS, LinkReason, LinkStage
from app.core.notices import NOTICE_WORDS, NoticeCode
from app.gui.text import fill, number, said, seconds, span, tr, trn
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.gateway.views import (
        CapabilityView,
        DeviceView,
        HealthView,
        LinkView,
        NoticeView,
        RunningView,
        TriedView,
    )
    from app.gui.models.state import State


class Status(NamedTuple):
    """A state in one word or two, and its tone: ok, warn, danger or off."""

    word: str
    tone: str


def link_sentence(link: LinkView) -> str:
    """Say why a link is not online: what happened and what comes next."""
    parts = [reason_words(link)]
    if link.stage == "waiting" and link.retry_in_s:
        parts.append(tr("Next try in {time}.", time=seconds(link.retry_in_s)))
    if link.stage == "connecting":
        parts.append(tr("Connecting…"))
    return " ".join(filter(None, parts))


def reason_words(why: LinkView | TriedView) -> str:
    """Say what happened and what to do: in the driver's own words, else in the reason's."""
    if why.said:
        return said(why.said, why.values)
    words = WORDS.get(LinkReason(why.reason)) if _known(why.reason) else None
    return f"{tr(words.sentence)} {tr(words.hint)}" if words else ""


def link_headline(link: LinkView) -> str:
    """Say only what happened."""
    words = WORDS.get(LinkReason(link.reason)) if _known(link.reason) else None
    return tr(words.sentence) if words else ""


def _known(code: str) -> bool:
    return code in LinkReason._value2member_map_


_DEVICE: Final[dict[str, tuple[str, str]]] = {
    "online": (N_("Ready"), "ok"),
    "connecting": (N_("Connecting"), "off"),
    "waiting": (N_("Offline"), "warn"),
    "blocked": (N_("Needs you"), "warn"),
    "off": (N_("Off"), "off"),
}
_ACTIVE: Final[dict[str, str]] = {
    "motor": N_("Turning"),
    "light": N_("Lit"),
    "switch": N_("On"),
    "level": N_("On"),
    "pulse": N_("Pulse"),
    "effect": N_("Playing"),
    "position": N_("Moved"),
}


def device_status(device: DeviceView, state: State) -> Status:
    """Say how a device is; nothing is claimed while the core is away."""
    if not state.connected:
        return Status(tr("Not known now"), "off")
    if device.link.stage == "online":
        active = next((c for c in device.capabilities if c.active), None)
        if active is not None:
            return Status(tr(_ACTIVE.get(active.kind, N_("On"))), "ok")
        if state.stop.stopped:
            confirmed = device.safe is not False
            return Status(
                tr("Stopped") if confirmed else tr("Check it"),
                "off" if confirmed else "danger",
            )
        if device.consent == "needed":
            return Status(tr("Needs you"), "warn")
        if not device.armed:
            return Status(tr("Not armed"), "warn")
    source, tone = _DEVICE.get(device.link.stage, _DEVICE["off"])
    return Status(tr(source), tone)


def capability_value(capability: CapabilityView, value: float) -> str:
    """Write the number an output shows: "100 RPM", "42 %", "On"."""
    if capability.kind == "motor":
        return tr("{n} RPM", n=number(value))
    if capability.kind in ("light", "level", "position"):
        return tr("{percent} %", percent=number(value))
    if capability.kind == "sensor":
        return readings(capability.values)
    return tr("On") if value else tr("Off")


# Well-known readings, with what stands behind their numbers; others show as the device names them.
_READINGS: Final[dict[str, tuple[str, str]]] = {
    "temperature": (N_("Temperature"), " °C"),
    "humidity": (N_("Humidity"), " %"),
    "battery": (N_("Battery"), " %"),
    "voltage": (N_("Voltage"), " V"),
    "current": (N_("Current"), " A"),
    "power": (N_("Power"), " W"),
    "heart_rate": (N_("Heart rate"), ""),
    "distance": (N_("Distance"), ""),
    "signal": (N_("Signal"), ""),
}


def readings(values: Mapping[str, float]) -> str:
    """Write what a sensor tells: "Temperature 21.5 °C · Humidity 40 %"."""
    told = []
    for name, value in values.items():
        title, unit = _READINGS.get(name, ("", ""))
        shown = number(value, 2) + unit
        words = tr(title) if title else name.replace("_", " ")
        told.append(shown if name == "value" else f"{words} {shown}")
    return " · ".join(told) or tr("nothing yet")


def main_reading(values: Mapping[str, float]) -> str:
    """Write the first of a sensor's readings, without its name: "21.5 °C"."""
    name, value = next(iter(values.items()), ("", 0.0))
    return number(value, 1) + _READINGS.get(name, ("", ""))[1] if name else ""


def held_sentence(capability: CapabilityView) -> str:
    """Say why what waits for an output waits longer than usual."""
    held = {
        "interlock": N_("Waits: it must not run together with what runs now."),
        "power": N_("Waits: the power supply does not give more at once."),
    }
    return tr(held[capability.held]) if capability.held in held else ""


def health_word(health: HealthView) -> str:
    """Say in a word that a device does not answer well; nothing while all is well."""
    told = {"shaky": N_("Does not always answer"), "bad": N_("Does not answer any more")}
    return tr(told[health.state]) if health.state in told else ""


def stream_status(state: State) -> Status:
    """Say how the TikTok link is, for the chip."""
    stream = state.stream
    if not state.connected:
        return Status(tr("waiting"), "off")
    if not stream.user:
        return Status(tr("not set"), "off")
    if stream.link.stage == "online":
        return Status(tr("LIVE · {viewers}", viewers=number(stream.viewers)), "ok")
    quiet = {"connecting": N_("connecting"), "off": N_("off")}
    if stream.link.reason in ("offline", "stream_ended"):
        quiet[stream.link.stage] = N_("not live")
    source = quiet.get(stream.link.stage)
    return Status(tr(source), "off") if source else Status(tr("problem"), "warn")


def devices_status(state: State) -> Status:
    """Say how many devices are ready, for the chip."""
    total = len(state.devices)
    if not state.connected:
        return Status(tr("waiting"), "off")
    if not total:
        return Status(tr("none yet"), "off")
    word = f"{state.ready} / {total}"
    return Status(word, "ok" if state.ready == total else "warn")


def context_line(state: State, now_ms: int) -> str:
    """Return the line under the page title of Live."""
    if not state.connected:
        return core_words(state).headline
    stream = state.stream
    if stream.link.stage == "online":
        since = stream.live_since_ms or stream.link.since_ms or now_ms
        parts = (
            tr("Live for {time}", time=span((now_ms - since) / 1000)),
            trn("%Ln gift(s)", state.stats.gifts),
            trn("%Ln action(s)", state.stats.actions),
            # Online, and yet something may be missing.
            link_headline(stream.link),
        )
        return " · ".join(filter(None, parts))
    if not stream.user:
        return tr("No LIVE chosen yet")
    return f"@{stream.user} · {link_headline(stream.link) or tr('Connecting…')}"


class CoreWords(NamedTuple):
    """Why the core is not there: a headline, what we do, and whether the user must start it."""

    headline: str = ""
    hint: str = ""
    start: bool = False


def core_words(state: State) -> CoreWords:
    """Say why the core is not there; empty when it is."""
    link = state.link
    if state.connected:
        return CoreWords()
    if link.stage is LinkStage.BLOCKED:
        # The client's own sentence for what retrying cannot cure.
        return CoreWords(tr("The engine cannot be used."), tr(link.detail), start=True)
    if link.stage is LinkStage.OFF and state.known:
        hint = tr("Devices were put into their safe state. Gifts are not counted now.")
        return CoreWords(tr("The engine was turned off."), hint, start=True)
    if not state.known:
        return CoreWords(tr("Starting the engine…"), tr("This takes a moment."))
    hint = tr("Devices were put into their safe state. STOP ALL works meanwhile.")
    return CoreWords(tr("The engine is starting again."), hint)


def running_line(run: RunningView) -> str:
    """Say where an activation stands: "Motor 1 · round 7 of 12 · 100 RPM"."""
    rpm = float(run.args.get("rpm", 0) or 0)
    parts = [run.device]
    if run.instruction == "rotate" and run.total:
        done, total = run.done or 0.0, run.total
        parts.append(
            tr("round {n} of {total}", n=number(min(total, int(done) + 1)), total=number(total, 1))
        )
    elif run.total:
        parts.append(
            tr("{done} of {total}", done=seconds(run.done or 0.0), total=seconds(run.total))
        )
    if rpm:
        parts.append(tr("{n} RPM", n=number(rpm)))
    return " · ".join(parts)


def notice_words(notice: NoticeView) -> tuple[str, str]:
    """Return sentence and hint of a notice."""
    if notice.code not in NoticeCode._value2member_map_:
        return notice.code.replace("_", " "), ""
    words = NOTICE_WORDS[NoticeCode(notice.code)]
    return fill(words.sentence, notice.values), fill(words.hint, notice.values)


def stop_sentence(state: State) -> str:
    """Tell the truth about a STOP: who confirmed, what was dropped, who must be checked."""
    stop = state.stop
    names = {
        key: state.devices[key].name if key in state.devices else key for key in stop.confirmed
    }
    confirmed = [key for key, safe in stop.confirmed.items() if safe]
    parts: list[str] = []
    if confirmed:
        took = seconds((stop.took_ms or 0) / 1000) if stop.took_ms else ""
        parts.append(
            trn("%Ln device(s) confirmed in {time}", len(confirmed), time=took)
            if took
            else trn("%Ln device(s) confirmed", len(confirmed))
        )
    if stop.dropped:
        parts.append(trn("%Ln waiting action(s) dropped", stop.dropped))
    text = ", ".join(parts) + "." if parts else ""
    waiting = [names[key] for key, safe in stop.confirmed.items() if safe is None]
    failed = [names[key] for key, safe in stop.confirmed.items() if safe is False]
    if waiting:
        text += " " + tr("Waiting for {names}.", names=", ".join(waiting))
    if failed:
        text += " " + tr("{names} did not confirm: check it yourself.", names=", ".join(failed))
    return text.strip() or tr("Nothing runs until you resume. Gifts are still counted.")


def tray_shape(state: State) -> str:
    """Return running, paused, stopped or problem, the most important one."""
    if state.stop.stopped or state.stop_sent:
        return "stopped"
    away = any(d.link.stage in ("waiting", "blocked") for d in state.devices.values())
    if not state.connected or away:
        return "problem"
    return "running" if state.rules_running else "paused"


def tray_line(state: State) -> str:
    """Return the status line of the tray: "LIVE · 5 rules on · 3 of 4 devices"."""
    shape = tray_shape(state)
    if shape == "stopped":
        return tr("Everything is stopped")
    if not state.connected:
        return core_words(state).headline
    live = state.stream.link.stage == "online"
    return " · ".join(
        (
            tr("LIVE") if live else tr("Not live"),
            tr("rules paused") if shape == "paused" else trn("%Ln rule(s) on", state.rules_on),
            tr("{ready} of {total} devices", ready=state.ready, total=len(state.devices)),
        )
    )
