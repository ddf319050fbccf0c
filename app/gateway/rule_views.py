"""What the core shows of rules, and of what they count: the second half of the views.

One rule: ids are as the core keeps them; ids of viewers are text, because 64 bits are too many for
some readers of JSON.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.gateway.message import Message

Counted = Literal["coins", "gifts", "likes", "followers", "variable"]


class RuleView(Message):
    """A rule in brief, with its counts since the core started.

    `on` is what the document says. `switched_by_rule` is the state that a "turn rule" action gave
    it since (None: none did); it holds until the rule is edited or the core ends.
    """

    id: str
    name: str
    on: bool
    gift: str = ""
    problem: str = ""
    ran: int = 0
    considered: int = 0
    group: str = ""
    running: int = 0
    switched_by_rule: bool | None = None


class SetAsideView(Message):
    """A rule or group that could not be read: its place in the file, and what is wrong.

    `problem` is the English sentence; `code`, `place` and `values` are for other languages.
    """

    position: int
    kind: Literal["rule", "group"] = "rule"
    name: str = ""
    problem: str = ""
    code: str = ""
    place: str = ""
    values: dict[str, str] = Field(default_factory=dict)


class RulesResult(Message):
    """A whole rule document: `content` is what the file holds, rules set aside included."""

    revision: int
    profile: str
    content: dict[str, Any]
    set_aside: tuple[SetAsideView, ...] = ()


class ProfilesView(Message):
    """The named rule sets of this install, in alphabetical order, and the one that runs."""

    current: str = ""
    names: tuple[str, ...] = ()


class TraceStepView(Message):
    """One gate: name, verdict, reason and the values it saw."""

    gate: str
    passed: bool
    reason: str
    values: dict[str, float | str] = Field(default_factory=dict)


class TraceView(Message):
    """Every gate of one rule considered for an event."""

    rule_id: str
    rule_name: str
    ran: bool
    steps: tuple[TraceStepView, ...] = ()


class PlannedView(Message):
    """One thing that a rule would do; nothing was sent.

    `device_id` is "outlet:<name>" for what is done outside devices; `instruction` is then the
    effect's name and `args` its fields. `after_s` is when, counted from the event. `problem`: why
    it could not be done outside the devices now: "not_set_up", "offline", "refused", "no_answer",
    "not_found", or "unseen" for an overlay that nobody has open.
    """

    rule_id: str
    rule_name: str = ""
    device_id: str
    device: str = ""
    capability: str = ""
    instruction: str
    args: dict[str, float | int | bool | str] = Field(default_factory=dict)
    duration_s: float | None = None
    after_s: float = 0.0
    problem: str = ""


class DryResult(Message):
    """What rules say to an event: every gate with its values, and what would be done.

    `stored` means the traces are those of the moment it happened (`at_ms`); else they are what
    today's rules, devices and limits would answer now. `cut` means a run goes on for longer than
    was looked ahead.
    """

    event_id: str = ""
    at_ms: int = 0
    stored: bool = False
    cut: bool = False
    traces: tuple[TraceView, ...] = ()
    commands: tuple[PlannedView, ...] = ()


class PastGift(Message):
    """One event, or one whole combo, of the history. `count` is the whole combo's.

    `result`: ran, skipped, stopped, failed, none; `rules` names those that ran. If none ran, `rule`
    names the first that was held back, `gate`, `reason` and `values` by what; if something was not
    done, `reason`, `said` (as in DeliveryView) and `device` (an id) say why and where. `row` and
    `at_ms` are the place to go on from. `kind` and `text` as in FeedRow.
    """

    event_id: str
    row: int
    at_ms: int
    user: str = ""
    viewer_id: str = ""
    who: str = ""
    nickname: str = ""
    gift_id: int = 0
    gift: str = ""
    coins: int = 0
    count: int = 0
    source: str = "live"
    interrupted: bool = False
    result: str = "none"
    rule: str = ""
    gate: str = ""
    reason: str = ""
    said: str = ""
    values: dict[str, float | str] = Field(default_factory=dict)
    rules: tuple[str, ...] = ()
    kind: str = "gift"
    text: str = ""
    device: str = ""


class StreamLine(Message):
    """A stream of the history; `ended_ms` 0: not known, or it goes on. `viewers` gave something."""

    room_id: str
    user: str = ""
    started_ms: int = 0
    ended_ms: int = 0
    gifts: int = 0
    coins: int = 0
    viewers: int = 0


class DoorView(Message):
    """The local door: where it is open (0: shut) and what programs must send as bearer token."""

    port: int = 0
    token: str = Field(default="", repr=False)


class PastResult(Message):
    """One page of past events, newest first; `more` says whether older ones follow."""

    gifts: tuple[PastGift, ...] = ()
    more: bool = False


class BoardRow(Message):
    """One viewer of a leaderboard; `rank` begins at 1, viewers of the same coins share it."""

    rank: int
    viewer_id: str
    who: str
    nickname: str = ""
    coins: int = 0
    gifts: int = 0


class BoardResult(Message):
    """A leaderboard, most coins first; `viewers` is how many gave anything at all."""

    kind: Literal["stream", "ever"]
    rows: tuple[BoardRow, ...] = ()
    viewers: int = 0


class VariableView(Message):
    """A variable: a number or a text; `lasting` ones outlive the stream."""

    name: str
    value: float | str
    lasting: bool = False


class GoalView(Message):
    """A goal and how far it is. `now` starts anew with every stream; a variable's is its value.

    `variable` is the name if `counts` is "variable".
    """

    id: str
    name: str
    counts: Counted
    target: float
    variable: str = ""
    now: float = 0.0
    reached_ms: int | None = None


class OwedView(Message):
    """A gift whose rule could not run and that is kept until `until_ms` to be paid by hand.

    `profile` is set while another profile runs than the one whose rule it is: it cannot be paid.
    """

    id: str
    event_id: str
    at_ms: int
    who: str = ""
    gift: str = ""
    gift_id: int = 0
    coins: int = 0
    count: int = 0
    rule_id: str = ""
    rule_name: str = ""
    reason: str = ""
    until_ms: int = 0
    profile: str = ""


class NewGiftView(Message):
    """A gift that was seen for the first time and that no rule names yet."""

    gift_id: int
    name: str
    coins: int = 0
    combo: bool | None = None
    seen_ms: int = 0
    who: str = ""
    times: int = 1


class GiftView(Message):
    """A gift as TikTok told of it; `also` are its other names, `local` those by language.

    `combo` None: nobody knows.
    """

    gift_id: int
    name: str
    coins: int = 0
    combo: bool | None = None
    also: tuple[str, ...] = ()
    local: dict[str, str] = Field(default_factory=dict)


class GiftsResult(Message):
    """Gifts that are new, or other than those that came with the program.

    `mark` names this state of them; `gifts` is empty if who asked had the same one.
    """

    gifts: tuple[GiftView, ...] = ()
    mark: str = ""
