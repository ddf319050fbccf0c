"""Makes a pack of chosen rules, of groups, or of a whole profile.

One rule: what is somebody's own stays at home: devices become roles, secrets, addresses of
webhooks and lists of people are left empty for whoever takes the pack over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.core.forms import Pick
from app.core.groups import slug, unused
from app.core.outputs import OutputAction
from app.core.pack_guard import cleaned, refused
from app.core.packs import MAX_PACK_RULES, Need, Pack, PackVariable, Words, check_parts
from app.core.rules import Rule
from app.core.walk import put, spots, variables_in
from drivers.contract import Hazard, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from app.core.rules import RuleDocument
    from app.core.surroundings import Surroundings
    from app.core.variables import Variable
    from app.core.walk import Spot

# What a role is called, by what it must be able to do.
KIND_WORDS: Final[dict[Kind, Words]] = {
    Kind.MOTOR: Words(en="A motor", vi="Một động cơ"),
    Kind.LIGHT: Words(en="A light", vi="Một đèn"),
    Kind.SWITCH: Words(en="A relay or switch", vi="Một rơ-le hoặc công tắc"),
    Kind.PULSE: Words(en="Something for a short shot", vi="Một thiết bị bắn từng phát"),
    Kind.EFFECT: Words(en="An effect device", vi="Một thiết bị hiệu ứng"),
    Kind.LEVEL: Words(en="Something with a level, such as a fan", vi="Thiết bị có mức, ví dụ quạt"),
    Kind.POSITION: Words(
        en="Something that moves, such as a servo", vi="Thiết bị di chuyển, ví dụ động cơ servo"
    ),
}
_ANY: Final = Words(en="A device", vi="Một thiết bị")
_LEFT_OUT: Final[dict[str, Any]] = {Pick.SECRET: "", Pick.URL: "", Pick.PEOPLE: []}


def chosen(
    document: RuleDocument, rule_ids: Collection[str] = (), group_ids: Collection[str] = ()
) -> tuple[Rule, ...]:
    """Return the named rules and those of the named groups; without any name, all there are."""
    if not rule_ids and not group_ids:
        return document.rules.rules
    return tuple(
        rule
        for rule in document.rules.rules
        if rule.id in rule_ids or (rule.group and rule.group in group_ids)
    )


def export(
    document: RuleDocument,
    rules: Iterable[Rule],
    about: Mapping[str, Any],
    around: Surroundings,
    variables: Iterable[Variable] = (),
) -> Pack:
    """Make a pack of rules; `about` holds its name, author and note. Raises PackError.

    Of the variables those that the rules use go along, set back to nothing.
    """
    rules = tuple(rules)
    if len(rules) > MAX_PACK_RULES:
        raise refused("pack_many", most=MAX_PACK_RULES)
    if not rules:
        raise refused("pack_empty")
    check_parts(rules)
    roles = _Roles(around)
    roles.take(spot for rule in rules for spot in spots(rule))
    ids = {rule.id for rule in rules}
    made = tuple(_without_own(rule, ids, roles) for rule in rules)
    groups = {rule.group for rule in rules}
    used = variables_in(rules)
    pack = Pack(
        **about,
        needs=tuple(roles.needs.values()),
        variables=tuple(
            PackVariable(
                name=one.name,
                value="" if isinstance(one.value, str) else 0.0,
                lasting=one.lasting,
            )
            for one in variables
            if one.name in used
        ),
        groups=tuple(group for group in document.rules.groups if group.id in groups),
        rules=made,
    )
    # As `read_pack` will see it.
    return Pack.model_validate(cleaned(pack.model_dump(mode="json")))


def _without_own(rule: Rule, ids: Collection[str], roles: _Roles) -> Rule:
    raw = rule.model_dump(mode="json")
    for spot in spots(rule):
        if spot.pick == Pick.DEVICE and spot.value:
            put(raw, spot.path, roles.role_of(spot))
        elif spot.pick == Pick.CAPABILITY or (spot.pick == Pick.RULE and spot.value not in ids):
            put(raw, spot.path, "")
        elif spot.pick in _LEFT_OUT:
            put(raw, spot.path, _LEFT_OUT[spot.pick])
    return Rule.model_validate(raw)


def _kinds(spot: Spot) -> tuple[Kind, ...]:
    return spot.owner.kinds if isinstance(spot.owner, OutputAction) else ()


class _Roles:
    """Gives each output that the rules use a role; the same output keeps the same role."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self.needs: dict[tuple[str, str, tuple[Kind, ...]], Need] = {}
        self._taken: set[str] = set()

    def take(self, fields: Iterable[Spot]) -> None:
        """Give roles to all devices, those first that must be able to do one thing only."""
        wanted = [spot for spot in fields if spot.pick == Pick.DEVICE and spot.value]
        for spot in sorted(wanted, key=lambda spot: len(_kinds(spot)) or len(Kind) + 1):
            self.role_of(spot)

    def role_of(self, spot: Spot) -> str:
        """Return the role for the device at this spot."""
        device, kinds = str(spot.value), _kinds(spot)
        capability = str(getattr(spot.owner, "capability", ""))
        for (own, output, able), need in self.needs.items():
            # Who asks for less takes the role of who asks for more of the same device.
            same_output = output == capability or not kinds
            if own == device and same_output and (not kinds or set(able) <= set(kinds)):
                return need.role
        key = (device, capability, kinds)
        self.needs[key] = self._need(device, capability, kinds)
        return self.needs[key].role

    def _need(self, device: str, capability: str, kinds: tuple[Kind, ...]) -> Need:
        title = KIND_WORDS[kinds[0]] if kinds else _ANY
        role = unused(slug(kinds[0].value if kinds else "device", "device"), self._taken)
        self._taken.add(role)
        sketch = self._around.device(device, kinds)
        output = sketch.output(kinds, capability) if sketch is not None and kinds else None
        hazard = output.hazard if output is not None else Hazard.NONE
        return Need(role=role, kinds=kinds, title=title, hazard=hazard)
