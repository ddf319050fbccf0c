"""What the activity list, the trace and the receipts say. Rule: one sentence per meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from app.gui.text import clock, number, seconds, tr, trn
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.messages import FeedRow, TraceStepView

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

REASONS: Final[dict[str, str]] = {
    "passed": N_("passed"),
    "no_match": N_("the rule is for something else"),
    "combo_running": N_("waiting for the combo to end"),
    "below_coins": N_("the gift is too small for this rule"),
    "condition_false": N_("a condition is not met"),
    "rule_off": N_("the rule is turned off"),
    "rules_paused": N_("rules are paused"),
    "stopped": N_("everything is stopped"),
    "backlog": N_("it happened before we connected"),
    "cooldown": N_("cooling down"),
    "max_per_stream": N_("the most for one stream is reached"),
    "limited": N_("cut down to the limit"),
    "expression_failed": N_("a formula in the rule does not work"),
    "no_device": N_("the device is missing"),
    "too_old": N_("it waited too long"),
    "replaced": N_("a newer gift took its place"),
    "busy": N_("the device was busy"),
    "queue_full": N_("too many were waiting"),
    "offline": N_("the device is offline"),
    "rate": N_("too soon after the last one"),
    "duty": N_("the device needs a rest"),
    "unsupported": N_("the device cannot do this"),
    "refused": N_("the device refused"),
    "no_answer": N_("the device did not answer"),
    "lost": N_("the device was unplugged"),
    "interrupted": N_("the program stopped before it was sent"),
    "skipped": N_("you skipped it"),
}

# Said instead of the plain reason when the value it needs is there: (reason, value name).
_WITH_VALUE: Final[dict[tuple[str, str], str]] = {
    ("cooldown", "left_s"): N_("cooling down, {left_s} left"),
    ("below_coins", "at_least"): N_("only gifts of {at_least} coins or more"),
    ("max_per_stream", "most"): N_("the most for one stream, {most}, is reached"),
}

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

GATES: Final[dict[str, str]] = {
    "when": N_("When"),
    "trigger": N_("When"),
    "only_if": N_("Only if"),
    "condition": N_("Only if"),
    "conditions": N_("Only if"),
    "rule": N_("Rule"),
    "on": N_("Rule"),
    "running": N_("Rule"),
    "limits": N_("Limits"),
    "limit": N_("Limits"),
    "cooldown": N_("Limits"),
    "do": N_("Do"),
    "action": N_("Do"),
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
        icon = _GIFT_ICONS.get(row.gift.casefold(), "gift" if row.coins < TIERS[0][0] else "crown")
        role = next((role for least, role in TIERS if row.coins >= least), "when")
    if row.source != "live":
        what = f"{what} · {tr('practice') if row.source == 'pretend' else tr('replay')}"
    time = clock(row.at_ms)
    spoken = f"{who} {what}. {result}. {time}"
    return FeedLines(icon, role, who, what, symbol, ink, result, time, coin_text, spoken)


def gift_name(row_gift: str, gift_id: int = 0) -> str:
    """Return a gift's name in the chosen language, or as TikTok sent it."""
    if row_gift:
        return tr(row_gift)
    return tr("gift {id}", id=gift_id)


def _who(row: FeedRow) -> str:
    if row.kind == "stream":
        return "TikTok LIVE"
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
    if row.kind == "chat":
        return tr("wrote “{text}”", text=row.text)
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
    why = reason(row.reason, row.values)
    match row.result:
        case "ran":
            return "check", "ok", _ran(row)
        case "waiting":
            return "clock", "text2", tr("{rule}: {why}", rule=row.rule_name, why=why)
        case "skipped":
            return "clock", "warn", tr("{rule} skipped: {why}", rule=row.rule_name, why=why)
        case "failed":
            return (
                "warn",
                "danger_text",
                tr("{rule} could not run: {why}", rule=row.rule_name, why=why),
            )
        case _:
            return "minus", "muted", tr(_NO_RULE.get(row.kind, _NO_RULE[""]))


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
    done = instruction(row.instruction, row.args)
    text = tr("{rule} → {device}: {done}", rule=row.rule_name, device=row.device, done=done)
    if row.more:
        text += " · " + trn("and %Ln more", row.more)
    if "allowed" in row.values:
        allowed = number(float(row.values["allowed"]), 1)
        text += " · " + tr("cut down to {allowed}", allowed=allowed)
    return text


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
    percent = number(float(args.get("level", 0)) * 100)
    return tr(_VERBS.get(verb, verb), rpm=rpm, percent=percent, effect=args.get("effect", ""))


_VERBS: Final[dict[str, str]] = {
    "": "",
    "off": N_("off"),
    "run": N_("turn at {rpm} RPM"),
    "set_level": N_("{percent} %"),
    "set_color": N_("show a colour"),
    "pulse": N_("one pulse"),
    "play": N_("effect “{effect}”"),
}


def reason(code: str, values: Values) -> str:
    """Word why something was let through or stopped, with its values where they are known."""
    for (wanted, name), source in _WITH_VALUE.items():
        if wanted == code and name in values:
            value = float(values[name])
            shown = seconds(value) if name.endswith("_s") else number(value)
            return tr(source, **{name: shown})
    return tr(REASONS[code]) if code in REASONS else code.replace("_", " ")


def gate(step: TraceStepView) -> str:
    """Word the name of a gate."""
    name = step.gate.split(":")[0].split(".")[0]
    return tr(GATES[name]) if name in GATES else name.replace("_", " ").capitalize()


def stage(code: str) -> str:
    """Word where a command stands."""
    return tr(STAGES[code]) if code in STAGES else code


FAILURES: Final[dict[str, str]] = {
    "not_connected": N_("The engine is not connected. Try again in a moment."),
    "stopped": N_("Everything is stopped. Press Resume first."),
    "offline": N_("The device is offline. Check its cable and power."),
    "no_device": N_("This device is gone."),
    "unknown_device": N_("This device is gone."),
    "busy": N_("The device is busy."),
    "cooldown": N_("The device is cooling down. Try again in a moment."),
    "bad_settings": N_("These settings do not fit the device."),
    "bad_user_name": N_("This is not a TikTok user name."),
    "not_saved": N_("The change could not be saved. It works until you quit."),
    "no_receipt": N_("Nothing more is known about this event."),
    "not_found": N_("Nothing more is known about this event."),
    "unsupported": N_("The device cannot do this."),
}


def failure(code: str, values: Mapping[str, str]) -> str:
    """Word why the core refused a request."""
    if code in FAILURES:
        return tr(FAILURES[code], **values)
    if code in REASONS:
        return tr("That did not work: {why}.", why=tr(REASONS[code]))
    return tr("That did not work ({code}).", code=code or "?")
