"""What a row of the list says: name, sentence, counts or what is wrong. Rule: painted as spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.gui.text import language_code, tr, trn

if TYPE_CHECKING:
    from app.core.groups import Group
    from app.core.rules import Rule, SetAside
    from app.gui.rules.desk import RuleDesk
    from app.gui.rules.wording import Wording


class Line(NamedTuple):
    """A row in words. `switch` is None where there is none; `dim` if it does not run."""

    name: str
    sentence: str
    meta: str
    symbol: str
    ink: str
    icon: str
    role: str
    switch: bool | None
    dim: bool
    spoken: str


def of_rule(desk: RuleDesk, wording: Wording, rule: Rule) -> Line:
    """Word a rule: its name, its sentence, and its counts, or the worst of what is wrong."""
    worded = wording.of(rule)
    symbol, ink, meta = _meta(desk, rule, worded.devices)
    state = tr("on") if rule.on else tr("off")
    spoken = f"{desk.name(rule)}, {state}. {worded.sentence} {meta}"
    return Line(
        name=desk.name(rule),
        sentence=worded.sentence,
        meta=meta,
        symbol=symbol,
        ink=ink,
        icon=worded.icon,
        role=worded.role,
        switch=rule.on,
        dim=not desk.live(rule),
        spoken=spoken,
    )


def _meta(desk: RuleDesk, rule: Rule, devices: frozenset[str]) -> tuple[str, str, str]:
    """Return symbol, ink and words of the last line: what is wrong, else how often it ran."""
    found = desk.warnings(rule.id)
    if found:
        first = desk.warning_text(found[0])
        more = trn("and %Ln more", len(found) - 1) if len(found) > 1 else ""
        return "warn", "warn", f"{first} · {more}" if more else first
    view = desk.views.get(rule.id)
    if view is not None and view.switched_by_rule not in (None, rule.on):
        turned = tr("Turned on by a rule") if view.switched_by_rule else tr("Turned off by a rule")
        return "arrow", "text2", turned
    group = desk.group(rule.group)
    if rule.on and group is not None and not group.on:
        return "pause", "muted", tr("Its group is off")
    if desk.live(rule):
        waits = _keys_problem(desk, rule) or _away(desk, devices)
        if waits:
            return "warn", "warn", waits
    if not rule.on and (view is None or not view.considered):
        return "pause", "muted", tr("Off. Turn it on when it is ready")
    return "bolt", "muted", _counts(view.ran if view else 0, view.considered if view else 0)


def _counts(ran: int, considered: int) -> str:
    if not considered:
        return tr("Has not run yet")
    times = trn("Ran %Ln time(s)", ran)
    if considered == ran:
        return times
    return tr("{ran} of {looked}", ran=times, looked=trn("%Ln fitting event(s)", considered))


def _keys_problem(desk: RuleDesk, rule: Rule) -> str:
    """Say why the keys that a rule waits for cannot be had; "" if they can."""
    keys = str(getattr(rule.when, "combination", ""))
    why = desk.keys_problem(keys) if keys else ""
    return tr("{keys}: {why}", keys=keys, why=why) if why else ""


def _away(desk: RuleDesk, devices: frozenset[str]) -> str:
    """Say which is the first device a rule names that is known and not there; "" if all are."""
    known = desk.bridge.state.devices
    for device_id in sorted(devices):
        device = known.get(device_id)
        if device is not None and device.link.stage not in ("online", "connecting"):
            return tr("Waiting: {device} is offline", device=device.name)
    return ""


def of_group(group: Group, shown: int, on: int, of: int) -> Line:
    """Word a heading: how many rules, how many on."""
    name = group.name or tr("Group without a name")
    count = trn("%Ln rule(s)", of)
    if shown != of:
        count = tr("{shown} of {count}", shown=shown, count=count)
    meta = (
        tr("{count} · {on} on", count=count, on=on)
        if group.on
        else tr("{count} · off", count=count)
    )
    unfolded = tr("unfolded") if group.open else tr("folded")
    spoken = tr("Group {name}, {meta}, {unfolded}", name=name, meta=meta, unfolded=unfolded)
    return Line(name, "", meta, "", "muted", "folder", "none", group.on, not group.on, spoken)


def of_aside_head(count: int) -> Line:
    """Word the heading of what could not be read."""
    name, meta = tr("Set aside"), trn("%Ln rule(s) could not be read", count)
    return Line(
        name, "", meta, "warn", "warn", "warn", "warn", None, dim=False, spoken=f"{name}. {meta}"
    )


def of_aside(aside: SetAside) -> Line:
    """Word one that could not be read: its name and why."""
    name = aside.name or tr("Rule without a name")
    why = aside.problems[0].sentence(language_code()) if aside.problems else ""
    meta = tr("Kept in the file, does not run")
    return Line(
        name,
        why,
        meta,
        "warn",
        "warn",
        "file",
        "warn",
        None,
        dim=False,
        spoken=f"{name}. {why}. {meta}",
    )
