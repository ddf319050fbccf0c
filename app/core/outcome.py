"""What the engine decided for one event, and what became of it: commands, trace, delivery, receipt.

One rule: everything here is immutable, so that taps may read it whenever they like.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.contract import NOTHING_SAID

if TYPE_CHECKING:
    from app.core.effects import Effect
    from app.core.events import LiveEvent
    from drivers.contract import Instruction, QueuePolicy, Said


class Reason(enum.StrEnum):
    """Why a gate let a rule through or stopped it; one sentence each (`app.core.sentences`)."""

    PASSED = "passed"
    NO_MATCH = "no_match"
    COMBO_RUNNING = "combo_running"
    BELOW_COINS = "below_coins"
    CONDITION_FALSE = "condition_false"
    RULE_OFF = "rule_off"
    RULES_PAUSED = "rules_paused"
    STOPPED = "stopped"
    BACKLOG = "backlog"
    COOLDOWN = "cooldown"
    MAX_PER_STREAM = "max_per_stream"
    LIMITED = "limited"
    EXPRESSION_FAILED = "expression_failed"
    NO_DEVICE = "no_device"
    NOTHING_TO_DO = "nothing_to_do"
    GROUP_OFF = "group_off"
    MAX_PER_HOUR = "max_per_hour"
    DEVICE_COOLDOWN = "device_cooldown"
    STILL_RUNNING = "still_running"
    TOO_MANY_RUNS = "too_many_runs"
    WAITING = "waiting"
    WAITED_TOO_LONG = "waited_too_long"
    RESTARTED = "restarted"
    ENDED = "ended"
    RUNAWAY = "runaway"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    NO_RULE = "no_rule"
    RULE_GONE = "rule_gone"
    OTHER_SET = "other_set"
    UNKNOWN_VARIABLE = "unknown_variable"
    BAD_VARIABLE = "bad_variable"
    OWED = "owed"


@dataclass(frozen=True, slots=True)
class Step:
    """One gate of one rule: its name, the verdict, and the values it saw."""

    gate: str
    passed: bool
    reason: Reason
    values: tuple[tuple[str, str | float], ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """Every gate of one considered rule, in order; the first failing step ends it.

    `goes_on`: the run is not over; its next steps come with an outcome that is `continued`.
    """

    rule_id: str
    rule_name: str
    steps: tuple[Step, ...]
    goes_on: bool = False

    @property
    def ran(self) -> bool:
        """Whether every gate was passed."""
        return all(step.passed for step in self.steps)


@dataclass(frozen=True, slots=True)
class Command:
    """One resolved instruction to one device.

    `deadline` is monotonic seconds after which it is dropped unsent; `duration_s` is the longest
    the activation may last (None: the instruction's own length or the capability's limit).
    """

    id: str
    device_id: str
    capability: str
    instruction: Instruction
    deadline: float
    duration_s: float | None = None
    policy: QueuePolicy | None = None
    priority: int = 0
    event_id: str = ""
    rule_id: str = ""


@dataclass(frozen=True, slots=True)
class EffectRequest:
    """One thing to be done outside the devices; `deadline` as in Command.

    What became of it is told by a Delivery of the same id, from `effects.outlet_device`.
    """

    id: str
    effect: Effect
    deadline: float
    event_id: str = ""
    rule_id: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The engine's answer to one event. Commands are in the order they must be dispatched.

    `continued`: a run went on, or ended, after its event was answered; the traces hold what is
    new. The event was counted before.
    """

    event: LiveEvent
    commands: tuple[Command, ...]
    traces: tuple[Trace, ...]
    requests: tuple[EffectRequest, ...] = ()
    continued: bool = False


class Stage(enum.StrEnum):
    """Where a command stands. DONE, DROPPED, FAILED and STOPPED are final."""

    QUEUED = "queued"
    SENT = "sent"
    ACKED = "acked"
    DONE = "done"
    DROPPED = "dropped"
    FAILED = "failed"
    STOPPED = "stopped"


class Drop(enum.StrEnum):
    """Why a command was dropped, failed, or cut down."""

    NONE = ""
    TOO_OLD = "too_old"
    REPLACED = "replaced"
    BUSY = "busy"
    QUEUE_FULL = "queue_full"
    OFFLINE = "offline"
    STOPPED = "stopped"
    RATE = "rate"
    COOLDOWN = "cooldown"
    DUTY = "duty"
    UNSUPPORTED = "unsupported"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    LOST = "lost"
    INTERRUPTED = "interrupted"
    SKIPPED = "skipped"
    NO_DEVICE = "no_device"
    NOT_SET_UP = "not_set_up"
    NOT_FOUND = "not_found"
    AT_HOME = "at_home"
    NO_CONSENT = "no_consent"
    NOT_ARMED = "not_armed"
    USED_UP = "used_up"
    INTERLOCK = "interlock"
    POWER = "power"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One step in the life of one command; `at` is monotonic seconds, `at_ms` UTC epoch ms.

    `limited` lists what the gate cut down: (name, asked, allowed). `took_ms`, on ACKED, is the time
    from the first byte handed to the transport to the device's acknowledgement. `said` stands in
    for the words of `drop` where the driver knows more.
    """

    command_id: str
    device_id: str
    event_id: str
    rule_id: str
    stage: Stage
    at: float
    at_ms: int
    drop: Drop = Drop.NONE
    limited: tuple[tuple[str, float, float], ...] = ()
    detail: str = ""
    took_ms: float | None = None
    said: Said = NOTHING_SAID
