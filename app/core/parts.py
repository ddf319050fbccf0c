"""What triggers, conditions and actions are: the bases of the one-file parts a rule is made of.

One rule: a part sees the facts of one event and answers; it keeps nothing and reaches nowhere.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Generic, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic_core import core_schema

from app.core.catalog import Catalog, scan
from app.core.events import Event, Gift, Like, Source, Subscribe
from app.core.expressions import refused
from app.core.outcome import Reason
from app.core.world import NOTHING, NOWHERE
from drivers.contract import N_, Instruction, Kind

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

    from app.core.moves import Move
    from app.core.speech import Slot, Speaker
    from app.core.world import State, World

Values = tuple[tuple[str, str | float], ...]
MAX_NESTING: Final = 8
_TOTALLED: Final = (Gift, Like)
# In a JSON schema: here stands a part of this family.
FAMILY: Final = "x-family"
# What a part is about: under which heading it is offered.
Section = Literal[
    "gifts",
    "chat",
    "viewers",
    "sender",
    "values",
    "devices",
    "flow",
    "groups",
    "time",
    "show",
    "outside",
    "rules",
    "other",
]


@dataclass(frozen=True, slots=True)
class Say:
    """One whole sentence template in each language, with named slots."""

    en: str
    vi: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a trigger or condition answers, with the values it saw.

    `amount` is how many a trigger counts in this event; conditions leave it alone. `armed`: whether
    a trigger that waits for a line to be crossed may fire next time; None: as it was.
    """

    passed: bool
    reason: Reason = Reason.PASSED
    values: Values = ()
    amount: int = 1
    armed: bool | None = None


NO_MATCH: Final = Verdict(passed=False, reason=Reason.NO_MATCH)
MATCH: Final = Verdict(passed=True)


def answer(
    *, passed: bool, values: Values = (), reason: Reason = Reason.CONDITION_FALSE
) -> Verdict:
    """Return a condition's verdict; `reason` is why not."""
    return Verdict(passed, Reason.PASSED if passed else reason, values)


def passed_on(condition: Condition, verdict: Verdict) -> Values:
    """Return the values with which a group tells what one of its conditions answered.

    "part" is the way to the condition that decided: "not/any/sender_is_follower".
    """
    inner = [str(value) for name, value in verdict.values if name == "part"]
    rest = tuple(pair for pair in verdict.values if pair[0] != "part")
    return (("part", "/".join([condition.key, *inner])), *rest)


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event with what a trigger may need beside it.

    `event` is of the class that the trigger asked for. `at_end`: the rule counts a combo once, when
    it is over. `likes_before` and `viewers_before`: the stream's likes, and how many were
    watching, before this event. `known_gifts`: the gift ids that any rule names. `armed`: what this
    rule's trigger last said of itself (`Verdict.armed`).
    """

    event: Any
    at_end: bool = False
    likes_before: int = 0
    known_gifts: frozenset[int] = frozenset()
    viewers_before: int = 0
    armed: bool = True

    @property
    def pretended(self) -> bool:
        """Whether a streamer made it up: a value then comes from the other side of any line."""
        return bool(self.event.source is Source.PRETEND)


@dataclass(frozen=True, slots=True)
class Facts:
    """An event that a rule is for, how many it counts, and what may be asked beside it."""

    event: Event
    amount: int = 1
    world: World = NOWHERE
    state: State = NOTHING

    def numbers(self) -> dict[str, float]:
        """Return what formulas may ask: `expressions.NAMES`, and the variables that are numbers."""
        event, amount = self.event, self.amount
        viewer = event.viewer
        coins = event.coins if isinstance(event, Gift) else 0
        known: dict[str, float] = {
            "coins": coins,
            "count": amount,
            "amount": amount,
            "value": coins * amount,
            "total": event.total if isinstance(event, _TOTALLED) else amount,
            "likes": event.count if isinstance(event, Like) else 0,
            "months": event.months if isinstance(event, Subscribe) else 0,
            "follower": int(viewer.is_follower),
            "moderator": int(viewer.is_moderator),
            "subscriber": int(viewer.is_subscriber),
            "gifter_level": viewer.gifter_level,
            "fan_level": viewer.fan_level,
        }
        variables, own = self.state.numbers(), event.numbers()
        return {**variables, **own, **known} if variables or own else known

    def texts(self) -> dict[str, str]:
        """Return what texts may show: `texts.TEXT_NAMES`, and the variables."""
        event = self.event
        coins = event.coins if isinstance(event, Gift) else 0
        return {
            **self.state.texts(),
            "user": event.viewer.nickname or event.viewer.handle,
            "handle": event.viewer.handle,
            "gift": event.name if isinstance(event, Gift) else "",
            "count": str(self.amount),
            "coins": str(coins),
            "value": str(coins * self.amount),
            "text": event.words(),
        }


@dataclass(frozen=True, slots=True)
class Planned:
    """An instruction before its device is looked up; `kinds` in the order they are wanted.

    `device` is an id or a role such as "motor"; `capability` "" is the first that fits.
    """

    kinds: tuple[Kind, ...]
    device: str
    capability: str
    instruction: Instruction
    duration_s: float | None = None


class Part(BaseModel):
    """Base of all parts. `key` is saved in files and never changes its name or meaning.

    `summary` tells in one line what it is for, `group` where it is offered, and `common` that most
    people look for it. `cases` is what is said of it in a trace, by the value "case". `outlet` is
    what it needs outside the devices: "obs", "mqtt", "sound", "speech", "overlay" or "door".
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    key: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str] = ""
    group: ClassVar[Section] = "other"
    common: ClassVar[bool] = False
    outlet: ClassVar[str] = ""
    sentence: ClassVar[Say]
    sentences: ClassVar[tuple[Say, ...]] = ()
    cases: ClassVar[dict[str, Say]] = {}

    def says(self) -> Say:
        """Return the template that words this part; one of `sentence` and `sentences`."""
        return self.sentence

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Return what fills the slots of its templates."""
        del speaker
        return {}

    @model_validator(mode="before")
    @classmethod
    def _without_key(cls, data: object) -> object:
        if isinstance(data, dict) and data.get("key") == cls.key:
            return {name: value for name, value in data.items() if name != "key"}
        return data

    @model_serializer(mode="wrap")
    def _with_key(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = handler(self)
        if fields.get("on") is True:
            del fields["on"]
        return {"key": self.key, **fields}


class Switched(Part):
    """A part that can be turned off by itself; in files that is written only when it is off."""

    on: bool = Field(default=True, title=N_("On"))


class Trigger(Part):
    """WHEN: says which events a rule is for, and how many each counts.

    `counts` is the noun for what it counts: "gift", or "time" where each event counts as one.
    `latches`: having fired, it waits to be armed again (`Verdict.armed`).
    """

    event: ClassVar[type[Event]]
    counts: ClassVar[str] = "time"
    latches: ClassVar[bool] = False

    def keys(self) -> tuple[Hashable, ...] | None:
        """Return what the rule is found by (see `keys_of`); None: look at every such event."""
        return None

    def gift_ids(self) -> frozenset[int]:
        """Return the gift ids that the rule names."""
        return frozenset()

    def gift_names(self) -> tuple[str, ...]:
        """Return the names of the gifts it is for, as the user chose them."""
        return ()

    @classmethod
    def keys_of(cls, event: Event) -> tuple[Hashable, ...]:
        """Return the keys of an event; a rule is considered when one of its own is among them."""
        del event
        return ()

    @abstractmethod
    def match(self, occasion: Occasion) -> Verdict:
        """Say whether the event fits, and how many it counts."""

    def why_not(self, occasion: Occasion) -> Values:
        """Return a "case" and what it names, for an event that did not fit; asked only to tell."""
        del occasion
        return ()


class Condition(Switched):
    """ONLY IF: a yes or no about an event that fits.

    `denials` are the opposites of `sentence` and `sentences`, in their order.

    `held` and `failed` word the answer in a trace; their slots are the verdict's values. `seen`
    says what was found and not what was wanted, for where a "not" wants the opposite. A value
    called "case" picks one of `cases` instead.
    """

    denials: ClassVar[tuple[Say, ...]] = ()
    held: ClassVar[Say]
    seen: ClassVar[Say | None] = None
    failed: ClassVar[Say]

    @abstractmethod
    def holds(self, facts: Facts) -> Verdict:
        """Say whether it holds, with the values it saw."""

    def denied(self, speaker: Speaker) -> Slot | None:
        """Word the opposite; None if there are no words for it."""
        place = (self.sentence, *self.sentences).index(self.says())
        return speaker.opposite(self, self.denials[place]) if self.denials else None

    def inner(self) -> tuple[Condition, ...]:
        """Return the conditions that a group joins; sentences put several into brackets."""
        return ()


class Action(Switched):
    """DO: one step of what a rule does. Give it `commands` (devices only) or `moves` (anything)."""

    def commands(self, facts: Facts) -> tuple[Planned, ...]:
        """Work out what to do; nothing if that comes to zero. Raises FormulaError."""
        del facts
        return ()

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Make the moves one after the other; formulas are worked out when it is their turn.

        No moves mean that it comes to nothing. May raise FormulaError.
        """
        yield from self.commands(facts)

    def inner(self) -> tuple[Action, ...]:
        """Return the steps that it holds, off ones too."""
        return ()


P = TypeVar("P", bound=Part)
PACKAGES: Final[dict[type[Part], str]] = {
    Trigger: "app.core.triggers",
    Condition: "app.core.conditions",
    Action: "app.core.actions",
}


@cache
def parts(base: type[P]) -> Catalog[P]:
    """Return all triggers, conditions or actions there are; looked up once."""
    return scan(PACKAGES[base], base)


class ByKey(Generic[P]):
    """Annotation: read a part by its `key` and check it as its own class does."""

    def __init__(self, base: type[P]) -> None:
        self.base = base

    def read(self, value: object) -> P:
        """Return the part that `value` describes; raises ValueError with the place and reason."""
        if isinstance(value, self.base):
            return value
        if not isinstance(value, dict):
            raise refused("part_shape", N_("this should be written in braces, with a key"))
        key = value.get("key")
        kind = parts(self.base).found.get(key) if isinstance(key, str) else None
        if kind is None:
            raise refused(
                "part_unknown", N_("“{key}” is not known to this version"), key=str(key)[:50]
            )
        part: P = kind.model_validate(value)
        return part

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Look the class up when a value comes, so that conditions may hold conditions."""
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(_dumped)
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Mark the place for `rules.json_schema`, which alone knows the whole family."""
        return {"type": "object", FAMILY: self.base.__name__}


def _dumped(part: Part) -> dict[str, Any]:
    return part.model_dump(mode="json")


AnyTrigger = Annotated[Trigger, ByKey(Trigger)]
AnyCondition = Annotated[Condition, ByKey(Condition)]
AnyAction = Annotated[Action, ByKey(Action)]


def nesting(raw: object) -> int:
    """Return how deep raw parts hold others, without recursion; 1 for a plain one."""
    deepest, waiting = 0, [(raw, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, dict):
            depth += "key" in value
            deepest = max(deepest, depth)
            waiting.extend((inner, depth) for inner in value.values())
        elif isinstance(value, list | tuple):
            waiting.extend((inner, depth) for inner in value)
    return deepest
