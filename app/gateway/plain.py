"""Views in plain English lines, for the command line and `--headless`.

One rule: one line per fact, readable aloud; the window has its own words in every language.
"""

from __future__ import annotations

import enum
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar

from app.core.links import WORDS, LinkReason
from app.core.notices import NOTICE_WORDS, NoticeCode
from app.core.outcome import Drop, Reason, Stage, Step
from app.core.sentences import drop_sentence, gate_title, step_sentence
from app.core.speech import Speaker
from drivers.contract import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.gateway.messages import CheckLiveResult
    from app.gateway.views import (
        DeliveryView,
        DeviceView,
        DryResult,
        FeedRow,
        LinkView,
        NoticeView,
        ReceiptView,
        Snapshot,
        TraceStepView,
        TraceView,
    )

E = TypeVar("E", bound=enum.Enum)
_SPEAKER: Final = Speaker()
_STAGES: Final = {
    "queued": "in line",
    "sent": "sent",
    "acked": "confirmed by the device",
    "done": "finished",
    "dropped": "not sent",
    "failed": "failed",
    "stopped": "stopped",
}
_LINKS: Final = {
    "off": "off",
    "connecting": "connecting",
    "online": "connected",
    "waiting": "waiting",
    "blocked": "blocked",
}
_INSTRUCTIONS: Final = {
    "rotate": "{rounds:g} rounds at {rpm:g} RPM",
    "run": "turn at {rpm:g} RPM",
    "flash": "flash {times} times",
    "set_color": "colour {red}, {green}, {blue}",
    "set_level": "level {level:.0%}",
    "play": "effect “{effect}”",
}
_ANSWERS: Final = {
    "live": "@{user} is live now.",
    "offline": "@{user} is not live now.",
    "not_found": "TikTok knows no user @{user}. Check the spelling.",
}


def gift_line(row: FeedRow) -> str:
    """Return one line for a gift: time, who, what, coins, what it did."""
    gift = row.gift or f"gift {row.gift_id}"
    coins = row.coins * max(1, row.count)
    sent = f"{_clock(row.at_ms)}  {row.who or 'somebody'}  {gift} x{row.count}  {_coins(coins)}"
    marks = {"pretend": "  (practice)", "replay": "  (replay)"}
    return f"{sent}{marks.get(row.source, '')}  {_did(row)}"


def receipt_lines(receipt: ReceiptView) -> list[str]:
    """Return everything that happened to one event, a line each."""
    gift = receipt.gift or (f"gift {receipt.gift_id}" if receipt.gift_id else "event")
    total = receipt.coins * max(1, receipt.count)
    head = f"{gift} x{receipt.count} from {receipt.who or 'somebody'}, {_coins(total)}"
    lines = [f"{_clock(receipt.at_ms)}  {head}  [{receipt.event_id}]"]
    lines += rule_lines(receipt.traces)
    return lines + [f"  {delivery_line(one)}" for one in receipt.deliveries]


def rule_lines(traces: tuple[TraceView, ...]) -> list[str]:
    """Return whether each rule ran, and why not, a line each."""
    lines = [] if traces else ["  No rule is for this."]
    for trace in traces:
        last = trace.steps[-1] if trace.steps else None
        if trace.ran or last is None:
            lines.append(f"  Rule “{trace.rule_name}” ran.")
        else:
            lines.append(f"  Rule “{trace.rule_name}” did not run. {step_line(last)}")
    return lines


def explained_lines(dry: DryResult) -> list[str]:
    """Return every gate of every rule, and what would be done, a line each."""
    when = "As it was when it happened" if dry.stored else "As it would be now"
    lines = [f"{_clock(dry.at_ms)}  {when}:  [{dry.event_id}]"]
    for trace, verdict in zip(dry.traces, rule_lines(dry.traces), strict=False):
        lines.append(verdict)
        lines += [
            f"    {'passed' if step.passed else 'failed'}  {step_line(step)}"
            for step in trace.steps
        ]
    return lines if dry.traces else [*lines, *rule_lines(())]


def step_line(step: TraceStepView) -> str:
    """Return what one gate found."""
    reason = _known(Reason, step.reason)
    if reason is None:
        return f"{step.gate}: {step.reason}."
    seen = Step(step.gate, step.passed, reason, tuple(step.values.items()))
    return f"{gate_title(step.gate)}: {step_sentence(seen, _SPEAKER)}."


def delivery_line(step: DeliveryView) -> str:
    """Return one step of one command, with its time."""
    stage = _STAGES.get(step.stage, step.stage)
    line = f"{step.ms:8.1f} ms  {step.device}: {instruction(step.instruction, step.args)}, {stage}"
    drop = _known(Drop, step.drop)
    if drop:
        line += f": {_said(step) or drop_sentence(drop)}"
    for name, asked, allowed in step.limited:
        line += f" ({name} cut down from {asked:g} to {allowed:g})"
    return line


def instruction(verb: str, args: Mapping[str, float | int | bool | str]) -> str:
    """Return what a device was told to do: "100 rounds at 60 RPM"."""
    if verb == "switch":
        return "on" if args.get("on") else "off"
    if verb == "rotate" and args.get("reverse"):
        return f"{instruction(verb, {**args, 'reverse': False})} backwards"
    template = _INSTRUCTIONS.get(verb, verb.replace("_", " ") or "command")
    try:
        return template.format_map(args)
    except (KeyError, ValueError):
        return verb


def status_lines(snapshot: Snapshot) -> list[str]:
    """Return the state of everything, a line each."""
    stream, stats, stop = snapshot.stream, snapshot.stats, snapshot.stop
    whom = f"@{stream.user}" if stream.user else "nobody yet"
    lines = [f"Giftwire {snapshot.version}, profile {snapshot.profile}"]
    lines.append(f"Listening to {whom}: {link_line(stream.link)}")
    lines.append(
        f"This stream: {stats.gifts} gifts, {_coins(stats.coins)}, {stats.actions} actions, "
        f"{stats.skipped} skipped, {stats.failed} failed"
    )
    on = sum(rule.on for rule in snapshot.rules)
    paused = "" if snapshot.rules_running else ", paused"
    lines.append(f"Rules: {on} on, {len(snapshot.rules) - on} off{paused}")
    lines += [notice_line(notice) for notice in snapshot.notices]
    lines += [_device_line(device) for device in snapshot.devices] or ["No devices yet."]
    for one in snapshot.running:
        lines.append(f"Now: {one.device}: {instruction(one.instruction, one.args)}")
    if stop.stopped:
        lines.append(f"STOPPED by {stop.source or 'somebody'}. Resume with: ctl resume")
    return lines


def notice_line(notice: NoticeView) -> str:
    """Return one notice as a sentence and what to do."""
    if notice.code not in NoticeCode._value2member_map_:
        return f"Note: {notice.code}"
    words = NOTICE_WORDS[NoticeCode(notice.code)]
    text = f"{words.sentence} {words.hint}"
    for name, value in notice.values.items():
        text = text.replace(f"{{{name}}}", value)
    return f"Note: {text}"


def link_line(link: LinkView) -> str:
    """Return a link's state in words."""
    line = _LINKS.get(link.stage, link.stage)
    words = WORDS.get(_known(LinkReason, link.reason) or LinkReason.NONE)
    if link.said:
        line += f". {_said(link)}"
    elif words is not None:
        line += f". {words.sentence} {words.hint}"
    if link.retry_in_s is not None:
        line += f" Next try in {link.retry_in_s:.0f} s."
    return line


def check_live_line(result: CheckLiveResult) -> str:
    """Return what TikTok said of a user."""
    if result.answer in _ANSWERS:
        return _ANSWERS[result.answer].format(user=result.user)
    words = WORDS.get(_known(LinkReason, result.reason) or LinkReason.NONE)
    why = f" {words.sentence}" if words is not None else ""
    return f"It cannot be told now whether @{result.user} is live.{why}"


def _did(row: FeedRow) -> str:
    if row.result == "ran" or row.reason == Stage.QUEUED:
        what = f"-> {row.rule_name}"
        if row.device:
            what += f" -> {row.device}: {instruction(row.instruction, row.args)}"
        what += f" and {row.more} more" if row.more else ""
        return what if row.result == "ran" else f"{what}, {_STAGES[row.reason]}"
    if not row.rule_name:
        return "no rule for it" if row.result == "none" else f"not sent: {_why(row)}"
    why = _why(row)
    match row.result:
        case "stopped":
            return f"{row.rule_name} was cut off by STOP"
        case "failed":
            return f"{row.rule_name} could not run: {why}"
        case "waiting":
            return f"{row.rule_name}: {why}"
        case _:
            return f"{row.rule_name} skipped: {why}"


def _why(row: FeedRow) -> str:
    if row.said:
        return _said(row)
    reason, drop = _known(Reason, row.reason), _known(Drop, row.reason)
    if reason is not None:
        seen = Step(gate="", passed=False, reason=reason, values=tuple(row.values.items()))
        return step_sentence(seen, _SPEAKER)
    return drop_sentence(drop) if drop is not None else row.reason.replace("_", " ")


def _said(view: LinkView | DeliveryView | FeedRow) -> str:
    return str(Said(view.said, tuple((name, str(one)) for name, one in view.values.items())))


def _device_line(device: DeviceView) -> str:
    pretend = ", pretend" if device.simulated else ""
    where = f" on {device.address}" if device.address else ""
    safe = {True: ", confirmed safe", False: ", did NOT confirm that it is safe", None: ""}
    state = link_line(device.link)
    return f"Device {device.name} ({device.driver}{pretend}){where}: {state}{safe[device.safe]}"


def _known(kind: type[E], value: str) -> E | None:
    """Return the member, or None for a word of a newer core."""
    try:
        return kind(value)
    except ValueError:
        return None


def _coins(number: int) -> str:
    return f"{number} coin" if number == 1 else f"{number} coins"


def _clock(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000).astimezone().strftime("%H:%M:%S")
