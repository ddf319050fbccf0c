"""Why a device failed. One rule: every cause has one sentence and one cure for the user."""

from __future__ import annotations

import enum


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


class DriverError(Exception):
    """The device could not do what was asked; `cause` says which sentence the user gets."""

    def __init__(self, cause: Cause, detail: str = "") -> None:
        super().__init__(f"{cause.value}: {detail}" if detail else cause.value)
        self.cause = cause
        self.detail = detail
