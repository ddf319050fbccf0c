"""One state machine for everything that connects, and the words for it.

One rule: `next_state` is the only way from one state to the next; it is pure.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.contract import N_, NOTHING_SAID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drivers.contract import Said


class LinkStage(enum.StrEnum):
    """What is true of a link now."""

    OFF = "off"
    CONNECTING = "connecting"
    ONLINE = "online"
    WAITING = "waiting"
    BLOCKED = "blocked"


class LinkReason(enum.StrEnum):
    """Why a link is not online; each has one sentence and one hint (`WORDS`)."""

    NONE = ""
    # a stream
    OFFLINE = "offline"
    USER_NOT_FOUND = "user_not_found"
    BAD_USER_NAME = "bad_user_name"
    AGE_RESTRICTED = "age_restricted"
    BLOCKED_BY_TIKTOK = "blocked_by_tiktok"
    RATE_LIMITED = "rate_limited"
    BAD_SIGN_KEY = "bad_sign_key"
    PREMIUM_ONLY = "premium_only"
    SIGN_SERVER_DOWN = "sign_server_down"
    SIGN_BUDGET = "sign_budget"
    STREAM_ENDED = "stream_ended"
    NO_NETWORK = "no_network"
    TLS_REFUSED = "tls_refused"
    LOST = "lost"
    SILENT = "silent"
    TIMED_OUT = "timed_out"
    UNEXPECTED_ANSWER = "unexpected_answer"
    PROXIED = "proxied"
    # a device
    NOT_FOUND = "not_found"
    BUSY = "busy"
    NO_PERMISSION = "no_permission"
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
    # the broker for Wi-Fi devices
    PORT_TAKEN = "port_taken"
    PORT_DENIED = "port_denied"
    BROKER_ENDED = "broker_ended"
    # the core
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class LinkState:
    """A link's state; `until` is monotonic seconds (WAITING only), `since` when it began.

    `said` stands in for the reason's own words where more is known.
    """

    stage: LinkStage
    since: float
    reason: LinkReason = LinkReason.NONE
    until: float | None = None
    detail: str = ""
    said: Said = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Words:
    """What the user reads: what happened, and what to do or what we do next."""

    sentence: str
    hint: str


WORDS: dict[LinkReason, Words] = {
    LinkReason.OFFLINE: Words(
        N_("You are not live."), N_("We connect by ourselves when you start.")
    ),
    LinkReason.USER_NOT_FOUND: Words(
        N_("TikTok knows no such user name."), N_("Check the spelling, without the @.")
    ),
    LinkReason.BAD_USER_NAME: Words(
        N_("This is not a TikTok user name."),
        N_("Use 2 to 24 letters, digits, dots or underscores."),
    ),
    LinkReason.AGE_RESTRICTED: Words(
        N_("TikTok shows this LIVE only to some viewers (18+ or private)."),
        N_("Gifts may not reach us. Open it to everybody in TikTok to be sure."),
    ),
    LinkReason.BLOCKED_BY_TIKTOK: Words(
        N_("TikTok refused this connection."), N_("We try again in a while. A VPN often causes it.")
    ),
    LinkReason.RATE_LIMITED: Words(
        N_("The sign server asks us to wait."), N_("Your own free key raises the limit.")
    ),
    LinkReason.BAD_SIGN_KEY: Words(
        N_("The sign server does not know your key."), N_("Check the key in Settings.")
    ),
    LinkReason.PREMIUM_ONLY: Words(
        N_("The sign server wants a paid plan for this."), N_("Remove the option, or use a key.")
    ),
    LinkReason.SIGN_SERVER_DOWN: Words(
        N_("The sign server does not answer."), N_("Nothing to do: we keep trying.")
    ),
    LinkReason.SIGN_BUDGET: Words(
        N_("Too many new connections lately."), N_("We wait so that TikTok does not block you.")
    ),
    LinkReason.STREAM_ENDED: Words(
        N_("The LIVE has ended."), N_("We connect again when you go live.")
    ),
    LinkReason.NO_NETWORK: Words(
        N_("TikTok cannot be reached."), N_("Check the internet connection. We keep trying.")
    ),
    LinkReason.TLS_REFUSED: Words(
        N_("The connection to TikTok is not safe."),
        N_("Check the date of this computer, or the antivirus that opens secure connections."),
    ),
    LinkReason.LOST: Words(N_("The connection broke."), N_("We reconnect by ourselves.")),
    LinkReason.SILENT: Words(N_("The connection went silent."), N_("We reconnect by ourselves.")),
    LinkReason.TIMED_OUT: Words(N_("Connecting took too long."), N_("We try again by ourselves.")),
    LinkReason.UNEXPECTED_ANSWER: Words(
        N_("TikTok answered in a way we do not know."), N_("We keep trying. An update may help.")
    ),
    LinkReason.PROXIED: Words(
        N_("Connected through a stand-in server."), N_("Some events may be missing.")
    ),
    LinkReason.NOT_FOUND: Words(
        N_("The device is not there."), N_("Plug it in or switch it on; we connect by ourselves.")
    ),
    LinkReason.BUSY: Words(
        N_("Another program uses this device."),
        N_("Close that program; we connect by ourselves."),
    ),
    LinkReason.NO_PERMISSION: Words(
        N_("This computer does not let us use the device."),
        N_("Allow it in the computer's settings; we try again by ourselves."),
    ),
    LinkReason.NO_ANSWER: Words(
        N_("The device does not answer."), N_("Check its power and its connection.")
    ),
    LinkReason.BAD_ANSWER: Words(
        N_("The device answers something else."),
        N_("Check that you chose the right kind of device."),
    ),
    LinkReason.REFUSED: Words(
        N_("The device refused the command."), N_("Check its limits and its settings.")
    ),
    LinkReason.BAD_CONFIG: Words(
        N_("The device's settings do not fit."), N_("Open the device and check them.")
    ),
    LinkReason.UNSUPPORTED: Words(
        N_("This device cannot be used here."), N_("Look for a newer Giftwire or firmware.")
    ),
    LinkReason.AMBIGUOUS: Words(
        N_("Two devices look the same."), N_("Unplug or switch off one of them.")
    ),
    LinkReason.OUT_OF_REACH: Words(
        N_("The Bluetooth device cannot be seen."),
        N_("Switch it on, bring it closer, and close its own app on your phone."),
    ),
    LinkReason.BLUETOOTH_OFF: Words(
        N_("Bluetooth is off on this computer."), N_("Switch it on; we connect by ourselves.")
    ),
    LinkReason.NO_BLUETOOTH: Words(
        N_("This computer has no Bluetooth."), N_("Plug in a Bluetooth adapter, 4.0 or newer.")
    ),
    LinkReason.BLUETOOTH_DENIED: Words(
        N_("This computer does not let us use Bluetooth."),
        N_("Allow it in the computer's privacy settings, then start Giftwire again."),
    ),
    LinkReason.BROKER_OFF: Words(
        N_("Giftwire's own broker is not running."),
        N_("Switch it on: Devices, Wi-Fi devices."),
    ),
    LinkReason.PORT_TAKEN: Words(
        N_("Another program uses this port."), N_("Close that program, or choose another port.")
    ),
    LinkReason.PORT_DENIED: Words(
        N_("This computer does not let us use this port."),
        N_("Choose another port, 1024 or higher."),
    ),
    LinkReason.BROKER_ENDED: Words(N_("The broker stopped."), N_("It starts again by itself.")),
    LinkReason.CRASHED: Words(
        N_("The engine stopped and is starting again."),
        N_("Devices were put into their safe state."),
    ),
}


class Signal(enum.StrEnum):
    """What happened to a link."""

    START = "start"
    STOP = "stop"
    CONNECTED = "connected"
    FAILED = "failed"
    REFUSED = "refused"
    REMARKED = "remarked"


def next_state(
    state: LinkState,
    signal: Signal,
    now: float,
    *,
    reason: LinkReason = LinkReason.NONE,
    wait_s: float = 0.0,
    detail: str = "",
    said: Said = NOTHING_SAID,
) -> LinkState:
    """Return the state after `signal`; signals that make no sense in a state change nothing.

    FAILED leads to WAITING for `wait_s`; a link that waits may go on waiting for another reason.
    REFUSED leads to BLOCKED, which only STOP or START leaves. REMARKED puts a reason beside ONLINE.
    """
    match signal, state.stage:
        case Signal.STOP, _:
            return LinkState(LinkStage.OFF, now, reason, detail=detail)
        case Signal.START, LinkStage.OFF | LinkStage.WAITING | LinkStage.BLOCKED:
            return LinkState(LinkStage.CONNECTING, now)
        case (Signal.CONNECTED, LinkStage.CONNECTING) | (Signal.REMARKED, LinkStage.ONLINE):
            since = now if signal is Signal.CONNECTED else state.since
            return LinkState(LinkStage.ONLINE, since, reason, detail=detail)
        case Signal.FAILED, LinkStage.CONNECTING | LinkStage.ONLINE | LinkStage.WAITING:
            return LinkState(LinkStage.WAITING, now, reason, now + wait_s, detail, said)
        case Signal.REFUSED, LinkStage.CONNECTING | LinkStage.ONLINE | LinkStage.WAITING:
            return LinkState(LinkStage.BLOCKED, now, reason, detail=detail, said=said)
        case _:
            return state


def backoff(
    first_s: float, cap_s: float, jitter: Callable[[], float], *, spread: float = 0.5
) -> Iterator[float]:
    """Yield waits in seconds, doubling from `first_s` to `cap_s`.

    `jitter` returns 0 to 1; each wait is taken from (1 - spread) to 1 of its full length.
    """
    wait_s = first_s
    while True:
        yield wait_s * (1.0 - spread + spread * jitter())
        wait_s = min(cap_s, wait_s * 2.0)
