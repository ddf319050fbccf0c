"""What a backtest is asked, and what it answers: plain pictures that go between two processes.

One rule: a field is added, never given a new meaning; times are seconds of the stream's own clock.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

# As many points as a plot has columns, so that long streams cost no more than short ones.
MOST_BINS: Final = 600
Script = Literal["calm", "busy", "flood", "combos", "roses"]
SCRIPTS: Final[tuple[Script, ...]] = ("calm", "busy", "flood", "combos", "roses")


class _Picture(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


# --- asked


class Recording(_Picture):
    """A recorded stream: a tape of ours or a capture in the public format."""

    kind: Literal["recording"] = "recording"
    path: str


class PastStream(_Picture):
    """The journal of a stream, by its room (0: the newest); `last_s` of it (0: all of it)."""

    kind: Literal["past"] = "past"
    room_id: int = 0
    last_s: float = Field(default=0.0, ge=0.0, le=864_000.0)


class Scripted(_Picture):
    """A made-up stream; the same `seed` makes the same one."""

    kind: Literal["script"] = "script"
    name: Script
    seed: int = 1


Source = Annotated[Recording | PastStream | Scripted, Field(discriminator="kind")]


class BacktestRequest(_Picture):
    """What to play, and against which rules: each the content of a rule file.

    `before` are the rules to compare with, None for no comparison. `profile` is the folder whose
    devices, gifts and journal are read; nothing in it is changed.
    """

    type: Literal["backtest"] = "backtest"
    source: Source
    rules: dict[str, Any]
    before: dict[str, Any] | None = None
    profile: str
    seed: int = 1


class ListRequest(_Picture):
    """Ask which streams of a profile could be played. Answered with Listing."""

    type: Literal["list"] = "list"
    profile: str


asked: Final[TypeAdapter[BacktestRequest | ListRequest]] = TypeAdapter(
    Annotated[BacktestRequest | ListRequest, Field(discriminator="type")]
)


# --- answered


class RecordingFile(_Picture):
    """A recording in the profile. `started_ms` is UTC epoch ms, 0 where it is not known."""

    path: str
    user: str = ""
    started_ms: int = 0
    bytes: int = 0


class PastStreamLine(_Picture):
    """A stream in the journal. `ended_ms` 0: not known, or it still goes on."""

    room_id: int
    user: str = ""
    started_ms: int = 0
    ended_ms: int = 0
    gifts: int = 0
    coins: int = 0


class Listing(_Picture):
    """What could be played, newest first. `streams_unread`: the journal cannot be read now."""

    type: Literal["listing"] = "listing"
    recordings: tuple[RecordingFile, ...] = ()
    streams: tuple[PastStreamLine, ...] = ()
    streams_unread: bool = False


class RuleTotals(_Picture):
    """One rule: how often it was considered and ran, and what held it back, by reason."""

    rule_id: str
    name: str
    considered: int = 0
    ran: int = 0
    held: dict[str, int] = {}


class OutputTotals(_Picture):
    """One output of a device; `output` is its name. `coins` are those of the gifts it ran for.

    `drops` by `app.core.outcome.Drop`; `limited` counts commands that the limits cut down.
    """

    device_id: str
    device: str
    capability: str
    output: str = ""
    commands: int = 0
    done: int = 0
    on_s: float = 0.0
    longest_on_s: float = 0.0
    longest_queue: int = 0
    longest_wait_s: float = 0.0
    limited: int = 0
    coins: int = 0
    drops: dict[str, int] = {}


class Bins(_Picture):
    """The stream over time, in columns of `every_s` seconds; `waiting` is the most in a column.

    `on_s` adds up all outputs; what is on after the stream's end counts in the last column.
    """

    every_s: float = 1.0
    gifts: tuple[int, ...] = ()
    coins: tuple[int, ...] = ()
    commands: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    drops: tuple[int, ...] = ()
    on_s: tuple[float, ...] = ()


class Totals(_Picture):
    """What one set of rules made of the stream. `took_s` is real time, `length_s` the stream's.

    `requests` counts what was asked of sounds, scenes and the like, by outlet; nothing was sent.
    `set_aside` are rules that could not be read.
    """

    events: int = 0
    gifts: int = 0
    coins: int = 0
    length_s: float = 0.0
    took_s: float = 0.0
    longest_queue: int = 0
    rules: tuple[RuleTotals, ...] = ()
    outputs: tuple[OutputTotals, ...] = ()
    requests: dict[str, int] = {}
    bins: Bins = Bins()
    set_aside: tuple[str, ...] = ()


class Reading(_Picture):
    """The stream is being read; `events` so far."""

    type: Literal["reading"] = "reading"
    events: int


class Playing(_Picture):
    """Rules are being played; `done` runs from 0 to 1 over all of them."""

    type: Literal["playing"] = "playing"
    done: float


class Finished(_Picture):
    """The end of a good backtest. `practice`: there were no devices, so pretend ones were used."""

    type: Literal["finished"] = "finished"
    now: Totals
    before: Totals | None = None
    practice: bool = False


class Failed(_Picture):
    """It could not be done: `code` picks the sentence, `detail` is for those who ask.

    Codes: bad_request, no_file, not_a_recording, no_stream, nothing_in_it, bad_rules, cancelled,
    failed.
    """

    type: Literal["failed"] = "failed"
    code: str
    detail: str = ""


BacktestNews = Listing | Reading | Playing | Finished | Failed
news: Final[TypeAdapter[BacktestNews]] = TypeAdapter(
    Annotated[BacktestNews, Field(discriminator="type")]
)
