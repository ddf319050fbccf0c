"""What a backtest is said to be and to have found. Rule: one sentence per meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDateTime, QLocale

from app.core.outcome import Drop, Reason
from app.core.reasons import REASONS
from app.core.sentences import drop_sentence
from app.gui.text import clock_short, language_code, number, seconds, span, tr, trn
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.core.backtests import Script

_MINUTE_S: Final = 60
_HOUR_S: Final = 3600

SCRIPTS: Final[dict[Script, tuple[str, str]]] = {
    "calm": (N_("Calm"), N_("A quiet quarter of an hour with a gift now and then.")),
    "busy": (N_("Busy"), N_("A good evening: about 5 gifts a second for a quarter of an hour.")),
    "flood": (N_("Flood"), N_("One minute with 200 gifts a second. More than TikTok ever sends.")),
    "combos": (N_("Combos"), N_("Two minutes in which two new combos begin every second.")),
    "roses": (N_("500 roses"), N_("500 single roses in one minute.")),
}

FAILURES: Final[dict[str, str]] = {
    "bad_request": N_("The engine does not know that. Are two versions installed?"),
    "no_file": N_("The file cannot be read. Was it moved, or is its drive away?"),
    "not_a_recording": N_("This file is not a recording of a stream. Choose another file."),
    "no_stream": N_("The history has nothing of this stream. Choose another one."),
    "nothing_in_it": N_("Nothing happens in this stream. Choose another one."),
    "bad_rules": N_("The rules cannot be read: {detail}"),
    "cancelled": N_("Cancelled. Nothing was changed."),
    "failed": N_("Something went wrong while playing. The log files tell more."),
}

# Without the values of a single case; what has none is worded as everywhere else.
HELD: Final[dict[str, str]] = {
    "combo_running": N_("the combo went on"),
    "below_coins": N_("too few coins"),
    "cooldown": N_("cooling down"),
    "max_per_stream": N_("the limit per stream was reached"),
    "max_per_hour": N_("the limit per hour was reached"),
    "expression_failed": N_("a formula did not work"),
    "no_device": N_("there is no device for it"),
    "device_cooldown": N_("the device rested"),
    "too_many_runs": N_("too many runs at once"),
    "waiting": N_("had to wait for its turn"),
    "waited_too_long": N_("waited too long for its turn"),
    "runaway": N_("too many steps"),
    "too_long": N_("ran too long"),
    "too_deep": N_("rules started one another too deep"),
    "no_rule": N_("another rule is missing"),
    "unknown_variable": N_("a variable was not set"),
    "bad_variable": N_("a variable could not take the value"),
    "limited": N_("cut down"),
    "owed": N_("kept as owed"),
}
_ENDS: Final[dict[str, str]] = {
    "failed": N_("the device failed"),
    "dropped": N_("it was not sent"),
}
OUTLETS: Final[dict[str, str]] = {
    "sound": N_("sounds"),
    "speech": N_("spoken texts"),
    "webhook": N_("web requests"),
    "mqtt": N_("MQTT messages"),
    "obs": N_("OBS changes"),
    "notify": N_("notifications"),
    "overlay": N_("texts on the overlay"),
    "log": N_("lines in the log"),
    "alarm": N_("alarms"),
}


def failure(code: str, detail: str) -> str:
    """Say why there is no result, and what to do next."""
    return tr(FAILURES.get(code, FAILURES["failed"]), detail=detail)


def held(code: str) -> str:
    """Say what held a rule back, whatever its values were."""
    if code in HELD:
        return tr(HELD[code])
    if code in Reason._value2member_map_:
        return tr(REASONS[Reason(code)])
    return code.replace("_", " ")


def dropped(code: str) -> str:
    """Say why an action was not done."""
    if code in Drop._value2member_map_:
        return drop_sentence(Drop(code), language_code())
    return tr(_ENDS[code]) if code in _ENDS else code.replace("_", " ")


def counted(counts: Mapping[str, int], say: Callable[[str], str]) -> str:
    """List reasons with how often each came, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(
        tr("{n} × {why}", n=number(count), why=say(code)) for code, count in ordered if count
    )


def requests(counts: Mapping[str, int]) -> str:
    """Say what would have gone out to sounds, scenes and the like."""
    return counted(counts, lambda code: tr(OUTLETS.get(code, code)))


def place(at_s: float) -> str:
    """Write a place in the stream: "12:34", "1:02:03"."""
    whole = int(at_s)
    hours, rest = divmod(whole, _HOUR_S)
    minutes, left = divmod(rest, _MINUTE_S)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def length(total_s: float) -> str:
    """Write how long something took: "4.2 s", "3 min 20 s", "1 h 5 min"."""
    if total_s < _MINUTE_S:
        return seconds(total_s)
    if total_s < _HOUR_S:
        whole = round(total_s)
        if whole % _MINUTE_S == 0:
            return span(total_s)
        return tr("{m} min {s} s", m=whole // _MINUTE_S, s=whole % _MINUTE_S)
    return span(total_s)


def day_and_time(at_ms: int) -> str:
    """Write a date and a time of day, short."""
    when = QDateTime.fromMSecsSinceEpoch(at_ms)
    return f"{QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)} {clock_short(at_ms)}"


def pace(length_s: float, took_s: float) -> str:
    """Say how much faster than real time it went."""
    times = length_s / max(took_s, 0.001)
    return tr("played in {took}, {times} times as fast", took=seconds(took_s), times=number(times))


def stream(gifts: int, coins: int) -> str:
    """Say what was given in a stream."""
    return f"{trn('%Ln gift(s)', gifts)}, {trn('%Ln coin(s)', coins)}"
