"""What a desk may ask about rules, and about what they count: the second half of the requests.

One rule: an edit names the revision it was made on, so that two desks never overwrite each other.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.gateway.message import Message, Request
from app.gateway.rule_views import Counted

MAX_PAGE = 500


# --- the document


class GetRules(Request):
    """Ask for a whole document. Result: `Reply.rules`; empty `profile` means the one that runs."""

    type: Literal["get_rules"] = "get_rules"
    profile: str = ""


class EditRules(Request):
    """Change the document that runs: `edit` in the wire form of `app.core.edits`.

    Answered with the new `Reply.revision` once the engine goes by it; the disk follows within a
    second. Refused with "stale" (values: revision) if `revision` is not the present one, "bad_rule"
    (place, problem) if the result does not fit, "bad_edit" (problem) if it is no edit of it.
    """

    type: Literal["edit_rules"] = "edit_rules"
    revision: int
    edit: dict[str, Any]


class SetProfile(Request):
    """Run the rules of another profile from the next event on. Refused: "not_found"."""

    type: Literal["set_profile"] = "set_profile"
    name: str


class AddProfile(Request):
    """Add a profile with what a rule file holds; None copies the rules that run.

    It is not switched to. Refused: "bad_name", "name_taken", "bad_rule", "too_many".
    """

    type: Literal["add_profile"] = "add_profile"
    name: str
    content: dict[str, Any] | None = None


class RenameProfile(Request):
    """Give a profile another name. Refused: "not_found", "bad_name", "name_taken"."""

    type: Literal["rename_profile"] = "rename_profile"
    name: str
    to: str


class DropProfile(Request):
    """Remove a profile; its file goes to the backups. Refused: "not_found", "in_use"."""

    type: Literal["drop_profile"] = "drop_profile"
    name: str


# --- test and explain


class PretendViewer(Message):
    """Who a pretend event comes from."""

    handle: str = "practice"
    nickname: str = ""
    follower: bool = False
    moderator: bool = False
    subscriber: bool = False
    fan_level: int = Field(default=0, ge=0, le=1000)
    gifter_level: int = Field(default=0, ge=0, le=1000)


class PretendEvent(Message):
    """An event to try rules with; always marked pretend and kept out of statistics.

    gift: `gift` or `gift_id`, `coins` (0: as known), `count`, `combo` (steps, then the end).
    like: `count`, `value` = the stream's likes after it. share: `count` people. subscribe: `count`
    months.
    chat: `text`. battle: `text` = started, won, lost, draw, cancelled. viewers: `value`.
    button, called: `name` (`text` with a call). hotkey: `name` = keys. mqtt: `name` = topic and
    `text`.
    reading: `device_id`, `name`, `value`, `before`. tick: `text` = "HH:MM", `value` = weekday,
    Monday 0; `count` = seconds since the stream began.
    """

    kind: Literal[
        "gift",
        "like",
        "follow",
        "share",
        "join",
        "subscribe",
        "chat",
        "battle",
        "viewers",
        "stream_started",
        "stream_ended",
        "button",
        "hotkey",
        "called",
        "mqtt",
        "reading",
        "tick",
    ] = "gift"
    gift: str = "Rose"
    gift_id: int = 0
    coins: int = Field(default=0, ge=0, le=1_000_000)
    count: int = Field(default=1, ge=1, le=1_000_000)
    combo: bool = False
    text: str = Field(default="", max_length=2000)
    name: str = Field(default="", max_length=200)
    device_id: str = ""
    value: float = 0.0
    before: float | None = None
    who: PretendViewer = PretendViewer()


class DryRun(Request):
    """Ask what rules would answer to an event; nothing is sent or remembered.

    `rule` is a draft, `rule_id` names one that is kept; with neither, all rules. A combo is looked
    at as its last event. Result: `Reply.dry`. Refused: "bad_rule", "not_found", "bad_event".
    """

    type: Literal["dry_run"] = "dry_run"
    event: PretendEvent = PretendEvent()
    rule: dict[str, Any] | None = None
    rule_id: str = ""


class TryRule(Request):
    """Run one rule for real, whether it is on or not, for a pretend event.

    `action` is the position in DO of the only step to do (then WHEN and ONLY IF are passed over);
    None runs the rule like the real thing. STOP and every device limit hold. Result: `Reply.dry`
    (what was decided) and `Reply.event_id` (its receipt). Refused: "stopped", and as DryRun.
    """

    type: Literal["try_rule"] = "try_rule"
    event: PretendEvent = PretendEvent()
    rule: dict[str, Any] | None = None
    rule_id: str = ""
    action: int | None = Field(default=None, ge=0)


class PretendNow(Request):
    """Send a pretend event of any kind through the whole line, to all rules."""

    type: Literal["pretend_now"] = "pretend_now"
    event: PretendEvent


class WhyNot(Request):
    """Ask what every rule says to a past event. Result: `Reply.dry`. Refused: "unknown_event".

    Rules that were considered then answer with their stored trace, the others as of today.
    """

    type: Literal["why_not"] = "why_not"
    event_id: str


class Retrigger(Request):
    """Send a past event again through the whole line, marked pretend; `rule_id`: to one rule only.

    Result: `Reply.event_id`. Refused: "unknown_event", "not_found", "stopped".
    """

    type: Literal["retrigger"] = "retrigger"
    event_id: str
    rule_id: str = ""


class PastGifts(Request):
    """Ask for events of the history before a place, newest first. Result: `Reply.past`.

    `before_ms` and `before_row` are of the last row of the page before; 0 begins at the newest.
    `search` looks in the viewer's and the gift's name; `gift_id`, `viewer_id`, `device_id` and
    `room_id` (of a stream) are exact. `kind` as in FeedRow, "" for all. `only`: "did" something
    was to be done, "trouble" a rule was held back or something was not done.
    """

    type: Literal["past_gifts"] = "past_gifts"
    before_ms: int = 0
    before_row: int = 0
    limit: int = Field(default=100, ge=1, le=MAX_PAGE)
    search: str = Field(default="", max_length=100)
    gift_id: int = 0
    viewer_id: str = ""
    pretend: bool = False
    kind: str = Field(default="gift", max_length=40)
    room_id: str = ""
    device_id: str = Field(default="", max_length=200)
    only: Literal["", "did", "trouble"] = ""


class PastStreams(Request):
    """Ask for the streams of the history, newest first. Result: `Reply.streams`."""

    type: Literal["past_streams"] = "past_streams"
    limit: int = Field(default=500, ge=1, le=MAX_PAGE)


class PressButton(Request):
    """Press a named button: rules with such a trigger run. Result: `Reply.event_id`."""

    type: Literal["press_button"] = "press_button"
    name: str = Field(min_length=1, max_length=200)


# --- what rules count


class SetVariable(Request):
    """Set a variable, making it if there is none; `lasting` None leaves that as it is."""

    type: Literal["set_variable"] = "set_variable"
    name: str = Field(min_length=1, max_length=60)
    value: float | str
    lasting: bool | None = None


class DropVariable(Request):
    """Remove a variable. Refused: "not_found"."""

    type: Literal["drop_variable"] = "drop_variable"
    name: str


class GetBoard(Request):
    """Ask for the leaderboard of this stream, or of all that was ever counted. `Reply.board`."""

    type: Literal["get_board"] = "get_board"
    kind: Literal["stream", "ever"] = "stream"
    limit: int = Field(default=50, ge=1, le=MAX_PAGE)


class PutGoal(Request):
    """Add a goal, or change the one with this id (empty: a new one). Refused: "too_many"."""

    type: Literal["put_goal"] = "put_goal"
    goal_id: str = ""
    name: str = Field(min_length=1, max_length=120)
    counts: Counted = "coins"
    variable: str = ""
    target: float = Field(gt=0, le=1e12, allow_inf_nan=False)


class DropGoal(Request):
    """Remove a goal. Refused: "not_found"."""

    type: Literal["drop_goal"] = "drop_goal"
    goal_id: str


class PayOwed(Request):
    """Run the rule of an owed gift now, once ("all": of each). It counts as the gift it was.

    Refused: "not_found", "stopped", "rules_paused", "cannot_run" (values: reason), "other_profile"
    (values: profile, rule), and "busy" while the disk does not take that it is paid. What was not
    paid is still owed; "all" are those whose profile runs.
    """

    type: Literal["pay_owed"] = "pay_owed"
    owed_id: str


class DropOwed(Request):
    """Forget an owed gift ("all": each). Refused: "not_found"."""

    type: Literal["drop_owed"] = "drop_owed"
    owed_id: str


class SetSecret(Request):
    """Keep a secret that web requests of rules name; empty removes it. It is never told again."""

    type: Literal["set_secret"] = "set_secret"
    name: str = Field(min_length=1, max_length=60)
    value: str = Field(max_length=1000, repr=False)


class GetDoor(Request):
    """Ask for the local door and its token; `fresh` makes a new one. Result: `Reply.door`."""

    type: Literal["get_door"] = "get_door"
    fresh: bool = False


class DismissGift(Request):
    """Take a gift out of the inbox of new gifts for good (0: all of them)."""

    type: Literal["dismiss_gift"] = "dismiss_gift"
    gift_id: int


class GetGifts(Request):
    """Ask for the gifts that TikTok told of since the program was made. Result: `Reply.gifts`.

    `mark` is that of the last result, "" without one.
    """

    type: Literal["get_gifts"] = "get_gifts"
    mark: str = Field(default="", max_length=100)


RuleRequest = (
    GetRules
    | EditRules
    | SetProfile
    | AddProfile
    | RenameProfile
    | DropProfile
    | DryRun
    | TryRule
    | PretendNow
    | WhyNot
    | Retrigger
    | PastGifts
    | PastStreams
    | PressButton
    | SetVariable
    | DropVariable
    | GetBoard
    | PutGoal
    | DropGoal
    | PayOwed
    | DropOwed
    | DismissGift
    | GetGifts
    | SetSecret
    | GetDoor
)
