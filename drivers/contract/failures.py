"""Why a device failed. One rule: every cause has one sentence and one cure for the user."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Cause(enum.StrEnum):
    """Why a device failed; each has one sentence and one hint in `app.core.links`."""

    NOT_FOUND = "not_found"
    BUSY = "busy"
    NO_PERMISSION = "no_permission"
    LOST = "lost"
    NO_ANSWER = "no_answer"
    BAD_ANSWER = "bad_answer"
    REFUSED = "refused"
    BAD_CONFIG = "bad_config"
    UNSUPPORTED = "unsupported"
    AMBIGUOUS = "ambiguous"
    OUT_OF_REACH = "out_of_reach"
    BLUETOOTH_OFF = "bluetooth_off"
    NO_BLUETOOTH = "no_bluetooth"
    BLUETOOTH_DENIED = "bluetooth_denied"
    BROKER_OFF = "broker_off"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for people: English with {slots}, marked with N_, and what goes into the slots."""

    source: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.source)

    def __str__(self) -> str:
        text = self.source
        for name, value in self.values:
            text = text.replace(f"{{{name}}}", value)
        return text


NOTHING_SAID = Said()


class DriverError(Exception):
    """The device could not do what was asked; `cause` says which sentence the user gets.

    `say=N_("Tube {n} is empty. Put in a new one."), n=2` takes that sentence's place where more is
    known: what is wrong, and what to do. `detail` is for experts, in no language: what the system
    or the device said.
    """

    def __init__(self, cause: Cause, detail: str = "", *, say: str = "", **values: object) -> None:
        self.said = Said(say, tuple((name, str(one)) for name, one in values.items()))
        self.detail = detail or str(self.said)
        super().__init__(f"{cause.value}: {self.detail}" if self.detail else cause.value)
        self.cause = cause
