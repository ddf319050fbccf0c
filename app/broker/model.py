"""What the broker is told and what it tells: accounts, settings, who is there, who was refused.

One rule: values only; a password is in no repr.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from app.core.links import LinkReason, LinkStage

DEFAULT_PORT = 1883
LOOPBACK = "127.0.0.1"
# As many refusals are kept as fit on a page; the newest stay.
KEPT_REFUSALS = 50


class RefusalWhy(enum.StrEnum):
    """Why somebody was not let in, was shown out, or did not get what it asked for.

    Nobody but the streamer is told which.
    """

    NO_LOGIN = "no_login"  # neither name nor password
    UNKNOWN_ACCOUNT = "unknown_account"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a word, not a secret
    TOO_MANY_TRIES = "too_many_tries"  # this address failed to log in too often
    TOO_MANY = "too_many"  # connections, of one address or of all
    CLIENT_ID = "client_id"  # none, or not fit to be shown, or its older connection hangs
    WILL = "will"  # the last will is for a topic the account may not write
    TOPIC = "topic"  # published, or subscribed, where the account may not
    VERSION = "version"  # MQTT, but not 3.1.1
    NOT_MQTT = "not_mqtt"
    PROTOCOL = "protocol"  # MQTT, but against its rules
    TOO_BIG = "too_big"  # a packet above the limit
    SILENT = "silent"  # connected and said nothing in time
    TOO_FAST = "too_fast"  # sends more than its share, for a while now; is slowed down and stays
    SLOW = "slow"  # does not take what it subscribed to


@dataclass(frozen=True, slots=True)
class Account:
    """Who may connect; `read` and `write` are the MQTT filters it may subscribe and publish within.

    Filters are taken as they are: `%c` and the like mean nothing here. `ours` is the program
    itself: it is never slowed down, so that STOP waits behind nothing.
    """

    name: str
    password: str = field(repr=False)
    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    ours: bool = False


@dataclass(frozen=True, slots=True)
class BrokerConfig:
    """Where the broker listens and for whom; `bind` is one address of this computer or a wildcard.

    Port 0 means any that is free.
    """

    bind: str = LOOPBACK
    port: int = DEFAULT_PORT
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody who is connected; `heard` and `sent` count messages from and to it."""

    account: str
    client_id: str
    address: str
    since_ms: int
    heard: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody who was not let in or was shown out; `name` is the account it claimed, if any."""

    at_ms: int
    address: str
    name: str
    why: RefusalWhy


@dataclass(frozen=True, slots=True)
class BrokerStatus:
    """What is true of the broker now; `port` is 0 unless it listens, refusals are oldest first."""

    stage: LinkStage = LinkStage.OFF
    reason: LinkReason = LinkReason.NONE
    port: int = 0
    clients: tuple[Client, ...] = ()
    refusals: tuple[Refusal, ...] = ()
