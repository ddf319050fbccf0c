"""What the activity list, the trace and the receipts say. Rule: one sentence per meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from app.core.links import WORDS, LinkReason
from app.core.notices import NOTICE_WORDS, NoticeCode
from app.core.outcome import Drop, Reason, Step
from app.core.sentences import drop_sentence, gate_title, step_sentence
from app.core.speech import Speaker
from app.gui.inbox.names import local_name
from app.gui.text import clock, fill, language_code, number, said, tr, trn
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import DeliveryView, FeedRow, PartView, TraceStepView

Values = Mapping[str, float | int | bool | str]

TIERS: Final = ((500, "limit"), (100, "do"), (10, "iff"), (1, "when"))
_GIFT_ICONS: Final = {"rose": "rose", "galaxy": "crown", "lion": "crown", "universe": "effect"}
_KIND_ICONS: Final = {
    "like": "heart",
    "follow": "follow",
    "share": "share",
    "join": "join",
    "chat": "chat",
    "subscribe": "star",
    "battle": "bolt",
    "stream": "live",
    "notice": "info",
    "tick": "clock",
    "reading": "bolt",
    "mqtt": "bolt",
    "button": "bolt",
    "hotkey": "keyboard",
    "called": "bolt",
    "viewers": "follow",
}
# What sets rules off beside viewers.
_OWN: Final[dict[str, str]] = {
    "tick": N_("Timer"),
    "reading": N_("Measured value"),
    "mqtt": N_("MQTT message"),
    "button": N_("Button"),
    "hotkey": N_("Hotkey"),
    "called": N_("Call from a program"),
    "viewers": N_("Viewer count"),
}

# The names of well-known gifts are words a viewer sees in the language of the TikTok app.
GIFT_NAMES: Final = (
    N_("Rose"),
    N_("TikTok"),
    N_("Lion"),
    N_("Universe"),
    N_("Galaxy"),
    N_("Heart Me"),
    N_("Finger Heart"),
    N_("Doughnut"),
    N_("Perfume"),
    N_("Ice Cream Cone"),
    N_("Confetti"),
    N_("Star"),
)

# As long as the core gathers likes, joins and shares.
_GATHERED_MS: Final = 10_000

STAGES: Final[dict[str, str]] = {
    "received": N_("Received"),
    "queued": N_("In line"),
    "sent": N_("Sent"),
    "acked": N_("Confirmed by the device"),
    "done": N_("Finished"),
    "dropped": N_("Not sent"),
    "failed": N_("Failed"),
    "stopped": N_("Stopped"),
}


class FeedLines(NamedTuple):
    """A row in words: who, what, the result with symbol and ink, time, coins, all spoken."""

    icon: str
    role: str
    who: str
    what: str
    symbol: str
    ink: str
    result: str
    time: str
    coins: str
    spoken: str


def feed_lines(row: FeedRow) -> FeedLines:
    """Word one row of the activity list."""
    who, what = _who(row), _what(row)
    symbol, ink, result = feed_result(row)
    coins = row.coins * max(1, row.count) if row.kind == "gift" else 0
    coin_text = trn("%Ln coin(s)", coins) if coins else ""
    icon = _KIND_ICONS.get(row.kind, "gift")
    role = "none"
    if row.kind == "gift":
        icon = gift_icon(row.gift, row.coins)
        role = next((role for least, role in TIERS if row.coins >= least), "when")
    if row.source != "live":
        what = f"{what} · {tr('practice') if row.source == 'pretend' else tr('replay')}"
    time = clock(row.at_ms)
    spoken = f"{who} {what}. {result}. {time}"
    return FeedLines(icon, role, who, what, symbol, ink, result, time, coin_text, spoken)


def gift_icon(name: str, coins: int) -> str:
    """Return the picture of a gift: its own, a crown for what is dear, else a parcel."""
    return _GIFT_ICONS.get(name.casefold(), "gift" if coins < TIERS[0][0] else "crown")


def gift_name(row_gift: str, gift_id: int = 0) -> str:
    """Return a gift's name in the chosen language, or as TikTok sent it."""
    if row_gift:
        return local_name(row_gift, gift_id)
    return tr("gift {id}", id=gift_id)


def gathered(row: FeedRow) -> str:
    """Say what is known of a row that gathers ten seconds; empty for any other row."""
    if row.kind not in ("like", "join", "share"):
        return ""
    start_ms = row.at_ms - row.at_ms % _GATHERED_MS
    return tr(
        "One row gathers 10 s, here {start} to {end}. "
        "Each one was counted, but they are not kept singly.",
        start=clock(start_ms),
        end=clock(start_ms + _GATHERED_MS),
    )


def _who(row: FeedRow) -> str:
    if row.kind == "stream":
        return "TikTok LIVE"
    if row.kind in _OWN:
        return tr(_OWN[row.kind])
    if row.people > 1:
        return trn("%Ln viewer(s)", row.people)
    if not row.who:
        return tr("Somebody")
    return row.who if row.source == "pretend" else f"@{row.who}"


def _what(row: FeedRow) -> str:
    if row.kind == "gift":
        name = gift_name(row.gift, row.gift_id)
        if row.count > 1:
            return tr("sent {gift} ×{count}", gift=name, count=number(row.count))
        return tr("sent {gift}", gift=name)
    if row.kind == "battle":
        return _battle(row)
    if row.kind == "chat" or row.kind in _OWN:
        return row.text if row.kind in _OWN else tr("wrote “{text}”", text=row.text)
    one, many = _COUNTED.get(row.kind, ("", ""))
    if many:
        return trn(many, max(1, row.count)) if row.count > 1 or not one else tr(one)
    return tr(_PLAIN.get((row.kind, row.text)) or _PLAIN.get((row.kind, ""), row.text))


_COUNTED: Final[dict[str, tuple[str, str]]] = {
    "like": ("", N_("liked %Ln time(s)")),
    "share": (N_("shared the LIVE"), N_("shared the LIVE %Ln time(s)")),
    "subscribe": (N_("subscribed"), N_("subscribed for %Ln month(s)")),
}
_PLAIN: Final[dict[tuple[str, str], str]] = {
    ("follow", ""): N_("followed you"),
    ("join", ""): N_("joined"),
    ("stream", "started"): N_("is connected"),
    ("stream", "paused"): N_("is paused by you"),
    ("stream", "continued"): N_("goes on"),
    ("stream", "ended"): N_("has ended"),
}
_BATTLES: Final[dict[str, str]] = {
    "started": N_("battle has begun"),
    "score": N_("battle score {own} : {other}"),
    "won": N_("battle won, {own} : {other}"),
    "lost": N_("battle lost, {own} : {other}"),
    "draw": N_("battle ended in a draw, {own} : {other}"),
    "cancelled": N_("battle was called off"),
}


def _battle(row: FeedRow) -> str:
    own, other = (number(float(row.values.get(name, 0))) for name in ("own", "other"))
    return tr(_BATTLES.get(row.text, _BATTLES["score"]), own=own, other=other)


def feed_result(row: FeedRow) -> tuple[str, str, str]:
    """Return symbol, ink and sentence of what became of an event."""
    if row.result not in _RESULTS:
        return "minus", "muted", tr(_NO_RULE.get(row.kind, _NO_RULE[""]))
    symbol, ink, sentence = _RESULTS[row.result]
    if row.result == "ran":
        return symbol, ink, _ran(row)
    if row.reason == "queued":
        return symbol, ink, tr("{what} · in line", what=_ran(row))
    why = told(row, row.reason, row.gate)
    if not row.rule_name:
        return symbol, ink, tr("Not sent: {why}", why=why)
    return symbol, ink, tr(sentence, rule=row.rule_name, why=why)


_RESULTS: Final[dict[str, tuple[str, str, str]]] = {
    "ran": ("check", "ok", ""),
    "waiting": ("clock", "text2", N_("{rule}: {why}")),
    "skipped": ("clock", "warn", N_("{rule} skipped: {why}")),
    "stopped": ("stop", "warn", N_("{rule} was cut off by STOP")),
    "failed": ("warn", "danger_text", N_("{rule} could not run: {why}")),
}
_NO_RULE: Final[dict[str, str]] = {
    "gift": N_("No rule for this gift yet"),
    "like": N_("Likes are grouped every 10 s"),
    "join": N_("Joins are grouped every 10 s"),
    "share": N_("Shares are grouped every 10 s"),
    "stream": N_("Gifts are listened to from here on"),
    "": N_("No rule for this yet"),
}


def _ran(row: FeedRow) -> str:
    if not row.device:
        return tr("{rule} ran", rule=row.rule_name)
    done = instruction(row.instruction, _allowed(row))
    text = tr("{rule} → {device}: {done}", rule=row.rule_name, device=row.device, done=done)
    if row.more:
        text += " · " + trn("and %Ln more", row.more)
    if "allowed" in row.values:
        allowed = number(float(row.values["allowed"]), 1)
        text += " · " + tr("cut down to {allowed}", allowed=allowed)
    return text


def _allowed(row: FeedRow) -> Values:
    """Return what the device was really told, where a limit cut down what the rule asked."""
    name = row.values.get("limited")
    if name in row.args and "allowed" in row.values:
        return {**row.args, str(name): float(row.values["allowed"])}
    return row.args


def instruction(verb: str, args: Values) -> str:
    """Word one instruction: "12 rounds at 100 RPM"."""
    rpm = number(float(args.get("rpm", 0)))
    if verb == "rotate":
        rounds = float(args.get("rounds", 0))
        if rounds == int(rounds):
            return trn("%Ln round(s) at {rpm} RPM", int(rounds), rpm=rpm)
        return tr("{n} rounds at {rpm} RPM", n=number(rounds, 1), rpm=rpm)
    if verb == "flash":
        return trn("flash %Ln time(s)", int(args.get("times", 1)))
    if verb == "switch":
        return tr("switch on") if args.get("on") else tr("switch off")
    percent = number(float(args.get("level", args.get("position", 0))) * 100)
    return tr(_VERBS.get(verb, verb), rpm=rpm, percent=percent, effect=args.get("effect", ""))


_VERBS: Final[dict[str, str]] = {
    "": "",
    "off": N_("off"),
    "run": N_("turn at {rpm} RPM"),
    "set_level": N_("{percent} %"),
    "set_color": N_("show a colour"),
    "pulse": N_("one pulse"),
    "play": N_("effect “{effect}”"),
    "move_to": N_("move to {percent} %"),
}


def told(view: DeliveryView | PartView | FeedRow, code: str, gate: str = "") -> str:
    """Word why something was not done: in the driver's own words, else in the reason's."""
    if view.said:
        return said(view.said, {name: str(value) for name, value in view.values.items()})
    return reason(code, view.values, gate)


def reason(code: str, values: Values, gate: str = "") -> str:
    """Word why something was let through or stopped, with its values where they are known."""
    told = _DROP_TOO.get(code, "") in ("", *values)
    if code in Reason._value2member_map_ and told:
        pairs = tuple((name, value) for name, value in values.items())
        step = Step(gate=gate, passed=False, reason=Reason(code), values=pairs)
        return step_sentence(step, _speaker({}))
    if code in Drop._value2member_map_:
        return drop_sentence(Drop(code), language_code())
    return code.replace("_", " ")


# Said of a rule with this value; without it the device's own, shorter sentence fits.
_DROP_TOO: Final = {"cooldown": "left_s", "no_device": "device"}


def step(view: TraceStepView, names: Mapping[str, str]) -> str:
    """Word one gate of a trace; `names` are the devices' names by id."""
    gate = gate_title(view.gate, language_code())
    why = view.reason.replace("_", " ")
    if view.reason in Reason._value2member_map_:
        seen = Step(view.gate, view.passed, Reason(view.reason), tuple(view.values.items()))
        why = step_sentence(seen, _speaker(names))
    return tr("{gate}: {why}", gate=gate, why=why)


def _speaker(names: Mapping[str, str]) -> Speaker:
    def device_name(device_id: str) -> str:
        return names.get(device_id, "")

    return Speaker(language=language_code(), device_name=device_name, gift_name=gift_name)


def stage(code: str) -> str:
    """Word where a command stands."""
    return tr(STAGES[code]) if code in STAGES else code


FAILURES: Final[dict[str, str]] = {
    "not_connected": N_("The engine is not connected. Try again in a moment."),
    "failed": N_("Something went wrong inside. Try again; the log files tell more."),
    "unknown_request": N_("The engine does not know that. Are two versions installed?"),
    "bad_request": N_("The engine does not know that. Are two versions installed?"),
    "stopped": N_("Everything is stopped. Press Resume first."),
    "offline": N_("The device is offline. Check its cable and power."),
    "no_device": N_("This device is gone."),
    "unknown_device": N_("This device is gone."),
    "busy": N_("Too much is going on. Try again in a moment."),
    "cooldown": N_("The device is cooling down. Try again in a moment."),
    "bad_settings": N_("These settings do not fit the device."),
    "not_saved": N_("The change could not be saved. It works until you quit."),
    "unknown_driver": N_("This kind of device is not known here. Reinstall Giftwire."),
    "bad_instruction": N_("The device cannot do that. Choose other values."),
    "bad_value": N_("This does not fit. Enter something else."),
    "no_receipt": N_("Nothing more is known about this event."),
    "unknown_event": N_("Nothing more is known about this event."),
    "not_found": N_("Nothing has that name. Look again."),
    "no_file": N_("The file cannot be read."),
    "stale": N_("The rules were changed elsewhere at the same moment. Try again."),
    "bad_rule": N_("This rule does not fit: {problem}"),
    "bad_edit": N_("This change does not fit the rules as they are now. Look again."),
    "bad_name": N_("This name cannot be used. Use letters and numbers, 60 at most."),
    "name_taken": N_("That name is taken. Choose another name."),
    "too_many": N_("There are too many already. Remove one first."),
    "main_profile": N_("The usual rules keep their name and cannot be deleted."),
    "in_use": N_("This profile is in use. Switch to another one first."),
    "bad_event": N_("There is no such event. Choose other values."),
    "bad_variable": N_("This name or value does not fit a variable. Choose another."),
    "other_profile": N_("Its rule is in the profile “{profile}”. Switch there to pay it."),
    "cannot_run": N_("The rule still cannot run: {why}"),
    "unknown_capability": N_("The device has no such output. Look at its card again."),
    "consent_needed": N_("This can hurt. Read and type the consent on its card first."),
    "not_armed": N_("It is not armed. Arm it on its card first."),
    "wrong_phrase": N_("These are not the words. Type them just as they stand above."),
    "not_needed": N_("Nothing of this device can hurt that way."),
    "not_begun": N_("Nothing was begun. Begin first, then press when you see it."),
    "no_history": N_("The history cannot be read now. Try again in a moment."),
}


def failure(code: str, values: Mapping[str, str]) -> str:
    """Word why the core refused a request."""
    if code in FAILURES:
        why = reason(values["reason"], {}) if "reason" in values else ""
        return fill(FAILURES[code], {"why": why, **values})
    if not code:
        return tr("That did not work.")
    if code in LinkReason._value2member_map_ and LinkReason(code) in WORDS:
        known = WORDS[LinkReason(code)]
        return f"{tr(known.sentence)} {tr(known.hint)}"
    if code in NoticeCode._value2member_map_:
        known = NOTICE_WORDS[NoticeCode(code)]
        return fill(known.sentence, values)
    if code in Drop._value2member_map_ or code in Reason._value2member_map_:
        return tr("That did not work: {why}.", why=reason(code, {}))
    return tr("That did not work ({code}).", code=code)
