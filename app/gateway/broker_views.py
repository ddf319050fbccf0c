"""What the core shows of its own MQTT broker.

One rule: a password is in the answer to who asked for it, and in no picture of the whole.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.gateway.message import Message


class BrokerClientView(Message):
    """Somebody who is connected; `heard` and `sent` count messages from and to it."""

    account: str
    client_id: str = ""
    address: str = ""
    since_ms: int = 0
    heard: int = 0
    sent: int = 0


class BrokerAccountView(Message):
    """Who may log in; `devices` are ids, `kind` program may read and write everything."""

    name: str
    kind: Literal["device", "program"] = "device"
    devices: tuple[str, ...] = ()


class BrokerRefusalView(Message):
    """Somebody who was not let in, or did what it may not; `why` is a word of its own."""

    at_ms: int
    address: str = ""
    name: str = ""
    why: str = ""


class KnownBrokerView(Message):
    """A broker that some device, or what rules use outside (`names` empty), is set up for."""

    host: str
    port: int = 1883
    user: str = ""
    tls: bool = False
    any_certificate: bool = False
    names: tuple[str, ...] = ()


class BrokerView(Message):
    """Our own broker; `stage` and `reason` are of `app.core.links`, `port` is where it listens.

    `reach`: this "computer" only, or the "home" network; `addresses` are those of this computer
    there, the likeliest first. `known` are the other brokers.
    """

    on: bool = False
    reach: Literal["computer", "home"] = "computer"
    port: int = 0
    stage: str = "off"
    reason: str = ""
    addresses: tuple[str, ...] = ()
    clients: tuple[BrokerClientView, ...] = ()
    accounts: tuple[BrokerAccountView, ...] = ()
    refusals: tuple[BrokerRefusalView, ...] = ()
    known: tuple[KnownBrokerView, ...] = ()


class LoginLine(Message):
    """One thing to enter: the word in the device's own menu, and what belongs there."""

    word: str
    text: str
    secret: bool = False


class LoginView(Message):
    """How to log in under one account, in the order in which the device's own menu asks for it.

    `where` and `after` are English sources that faces translate, the words of lines too unless
    `quoted`: then they are the menu's own. `addresses` are other ones of this computer that may
    have to be used instead of the first.
    """

    account: str
    kind: Literal["device", "program"] = "device"
    where: str = ""
    after: str = ""
    lines: tuple[LoginLine, ...] = ()
    quoted: bool = False
    addresses: tuple[str, ...] = Field(default=())
