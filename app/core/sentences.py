"""Puts a rule, and each step of what became of it, into one sentence in English or Vietnamese.

One rule: the same segments feed the list, the editor, history, the tray and the screen reader.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from app.core.comparing import WANTED
from app.core.expressions import Fault
from app.core.limits import RuleLimits
from app.core.outcome import Drop, Reason
from app.core.parts import Condition, Say, Trigger, parts
from app.core.reasons import DROPS, DROPS_VI, FAULTS, GATES, REASONS, REASONS_VI, STEPS
from app.core.speech import Segment, Slot, Speaker, fill
from drivers.contract import QueuePolicy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.outcome import Step
    from app.core.rules import Rule
    from app.core.speech import Language

_TENTHS_BELOW_S: Final = 10.0
# The condition that turns another round.
_NOT: Final = "not"
# Which sentence, and its slots.
_Clause = tuple[str, dict[str, Slot]]

_WHEN: Final = Say("When {when}", "Khi {when}")
_ONLY_IF: Final = Say("{so_far}, only if {iff}", "{so_far}, chỉ khi {iff}")
_DO: Final = Say("{so_far}, {do}", "{so_far}, {do}")
_LIMITS: Final = Say("{so_far}; {limit}", "{so_far}; {limit}")
_END: Final = Say("{so_far}.", "{so_far}.")

LIMIT_SENTENCES: Final[dict[str, Say]] = {
    "total": Say("counted once when the combo ends", "tính một lần khi combo kết thúc"),
    "ceiling": Say("at most {most} counted at once", "mỗi lần tính tối đa {most}"),
    "cooldown_s": Say("cooldown {seconds}", "nghỉ {seconds}"),
    "viewer_cooldown_s": Say(
        "cooldown {seconds} for each viewer", "nghỉ {seconds} với mỗi người xem"
    ),
    "device_cooldown_s": Say(
        "cooldown {seconds} for each device", "nghỉ {seconds} với mỗi thiết bị"
    ),
    "max_per_stream": Say("at most {times} per stream", "tối đa {times} mỗi buổi LIVE"),
    "max_per_hour": Say("at most {times} per hour", "tối đa {times} mỗi giờ"),
    "mode_single": Say("is left out while it still runs", "bỏ qua khi lần trước chưa xong"),
    "mode_restart": Say("starts over if it still runs", "chạy lại từ đầu nếu lần trước chưa xong"),
    "mode_queued": Say("waits until its last run is over", "chờ lần trước chạy xong"),
    "mode_queued_most": Say(
        "waits until its last run is over, {most} at most",
        "chờ lần trước chạy xong, tối đa {most} lần chờ",
    ),
    "policy_queue": Say("waits in line if busy", "xếp hàng nếu bận"),
    "policy_latest": Say("replaces what runs if busy", "thay lệnh đang chạy nếu bận"),
    "policy_drop": Say("is dropped if busy", "bỏ qua nếu bận"),
    "policy_add": Say("adds up if busy", "cộng dồn nếu bận"),
    "priority_high": Say("goes before others", "được ưu tiên"),
    "priority_low": Say("goes after others", "nhường quy tắc khác"),
    "owed_for_s": Say(
        "what could not run is owed for {length}", "chưa chạy được thì ghi nợ {length}"
    ),
}
_POLICIES: Final[dict[QueuePolicy, str]] = {
    QueuePolicy.QUEUE: "policy_queue",
    QueuePolicy.LATEST: "policy_latest",
    QueuePolicy.DROP: "policy_drop",
    QueuePolicy.ADD: "policy_add",
}


def rule_segments(rule: Rule, speaker: Speaker, *, full: bool = False) -> tuple[Segment, ...]:
    """Word a rule. Shows two steps and counts the rest, or all with `full`."""
    speaker = dataclasses.replace(speaker, counts=rule.when.counts, full=full)
    sentence = _put(speaker, _WHEN, when=speaker.clause(rule.when, "when"))
    if any(condition.on for condition in rule.only_if):
        iff = speaker.group(rule.only_if, "and")
        sentence = _put(speaker, _ONLY_IF, so_far=sentence, iff=iff)
    sentence = _put(speaker, _DO, so_far=sentence, do=speaker.steps(rule.do))
    limits = _limits(rule, speaker)
    if limits:
        joined = speaker.join(limits, "comma", "limit")
        sentence = _put(speaker, _LIMITS, so_far=sentence, limit=joined)
    return _put(speaker, _END, so_far=sentence)


def rule_text(rule: Rule, speaker: Speaker, *, full: bool = False) -> str:
    """Word a rule as plain text, for search, history, the tray and the screen reader."""
    return "".join(segment.text for segment in rule_segments(rule, speaker, full=full))


def _put(speaker: Speaker, say: Say, **slots: Slot) -> tuple[Segment, ...]:
    return fill(speaker.template(say), slots, "plain")


def _limits(rule: Rule, speaker: Speaker) -> list[Slot]:
    """Return the clauses in their fixed order: amount, cooldowns, how often, when busy, owed."""
    clauses = [*_amounts(rule, speaker), *_cooldowns(rule, speaker), *_when_busy(rule, speaker)]
    owed_s = rule.limits.owed_for_s
    if owed_s is not None:
        clauses.append(("owed_for_s", {"length": speaker.length(owed_s)}))
    return [
        fill(speaker.template(LIMIT_SENTENCES[name]), slots, "limit") for name, slots in clauses
    ]


def _amounts(rule: Rule, speaker: Speaker) -> Iterator[_Clause]:
    if rule.react == "total" and rule.when.counts == "gift":
        yield "total", {}
    if rule.limits.ceiling is not None:
        yield "ceiling", {"most": speaker.number(rule.limits.ceiling)}


def _cooldowns(rule: Rule, speaker: Speaker) -> Iterator[_Clause]:
    limits = rule.limits
    for name in ("cooldown_s", "viewer_cooldown_s", "device_cooldown_s"):
        seconds: float = getattr(limits, name)
        if seconds:
            yield name, {"seconds": speaker.counted(seconds, "second")}
    for name in ("max_per_stream", "max_per_hour"):
        times: int | None = getattr(limits, name)
        if times is not None:
            yield name, {"times": speaker.counted(times, "time")}


def _when_busy(rule: Rule, speaker: Speaker) -> Iterator[_Clause]:
    limits = rule.limits
    if rule.mode == "queued" and limits.max_queued != RuleLimits().max_queued:
        yield "mode_queued_most", {"most": speaker.number(limits.max_queued)}
    elif rule.mode != "parallel":
        yield f"mode_{rule.mode}", {}
    if limits.policy is not None:
        yield _POLICIES[limits.policy], {}
    if rule.priority:
        yield "priority_high" if rule.priority > 0 else "priority_low", {}


def step_sentence(step: Step, speaker: Speaker) -> str:
    """Say what one gate found, with its values: "cooling down, 1.2 s left"."""
    values = _worded(step, speaker)
    return speaker.template(_say_of(step)).format_map(values)


def drop_sentence(drop: Drop, language: Language = "en") -> str:
    """Say why a command was dropped, failed or cut down; nothing for NONE."""
    return (DROPS_VI if language == "vi" else DROPS)[drop]


def gate_title(gate: str, language: Language = "en") -> str:
    """Return the title of a gate's family: "Only if" for "only_if:coins_at_least"."""
    say = GATES.get(gate.partition(":")[0])
    if say is None:
        return gate
    return say.vi if language == "vi" else say.en


def _say_of(step: Step) -> Say:
    family, _, key = step.gate.partition(":")
    names = {name for name, _ in step.values}
    special: str = step.gate
    if step.reason is Reason.EXPRESSION_FAILED:
        special = "" if "formula" in names else "part"
    elif family == "only_if" and step.reason is not Reason.UNKNOWN_VARIABLE:
        said = _condition_says(key, step)
        if said is not None:
            return said
    elif family == "when":
        said = _trigger_says(key, step)
        if said is not None:
            return said
        special = "when_counted" if "amount" in names else "when"
    elif family == "do":
        special = _what_is_done(step, names)
    found = STEPS.get((special, step.reason))
    return found or Say(REASONS[step.reason], REASONS_VI[step.reason])


def _trigger_says(key: str, step: Step) -> Say | None:
    """Return the words of a trigger that told what it misses."""
    trigger: type[Trigger] | None = parts(Trigger).found.get(key)
    if trigger is None or step.passed:
        return None
    return trigger.cases.get(str(dict(step.values).get("case", "")))


def _condition_says(key: str, step: Step) -> Say | None:
    """Return the words of the condition that decided; a group lets the one in it speak."""
    way = dict(step.values).get("part")
    path = [key, *str(way).split("/")] if way else [key]
    condition: type[Condition] | None = parts(Condition).found.get(path[-1])
    if condition is None:
        return None
    turned_round = path[:-1].count(_NOT) % 2 == 1
    case = str(dict(step.values).get("case", ""))
    if turned_round and condition.seen is not None:
        return condition.cases.get(case, condition.seen)
    usual = condition.held if step.passed != turned_round else condition.failed
    return condition.cases.get(case, usual)


def _what_is_done(step: Step, names: set[str]) -> str:
    """Return which sentence tells of a step of DO: by what it says it did."""
    if "device" in names:
        return "do_unchosen" if ("device", "") in step.values else "do"
    if "rule" in names:
        turned = dict(step.values).get("on")
        return "do_rule" if turned is None else "do_rule_on" if turned else "do_rule_off"
    known = {
        "picked": "do_picked",
        "branch": "do_branch",
        "otherwise": "do_otherwise",
        "repeats": "do_repeats",
        "pause_s": "do_pause",
        "variable": "do_variable",
        "outlet": "do_outlet",
    }
    return next((special for name, special in known.items() if name in names), "do_done")


class _Values(dict[str, str]):
    """The slots of a sentence; one that nobody filled shows as three dots, never as its name."""

    def __missing__(self, key: str) -> str:
        return "…"


def _worded(step: Step, speaker: Speaker) -> _Values:
    words = _Values()
    typed = step.gate.startswith(("only_if:", "when:"))
    for name, value in step.values:
        if isinstance(value, str):
            words[name] = _text(name, value, speaker, typed=typed)
        elif name == "weekday":
            words[name] = speaker.days([int(value)])
        elif name.endswith("_s"):
            words[name] = speaker.counted(round(value, int(value < _TENTHS_BELOW_S)), "second")
        else:
            words[name] = speaker.number(value)
    wanted = WANTED.get(str(dict(step.values).get("comparison")))
    if wanted is not None:
        words["comparison"] = speaker.template(wanted).format_map(words)
    return words


def _text(name: str, value: str, speaker: Speaker, *, typed: bool) -> str:
    if name == "fault":
        return _fault(value, speaker)
    if name == "device":
        slot = speaker.device(value)
        return slot if isinstance(slot, str) else value
    if name in ("gift", "wanted_gift"):
        return speaker.named(speaker.gift_name(value))
    if name == "rule":
        return speaker.named(speaker.rule_name(value) or value)
    return speaker.named(value) if typed else value


def _fault(code: str, speaker: Speaker) -> str:
    try:
        return speaker.template(FAULTS[Fault(code)])
    except ValueError:
        return code
