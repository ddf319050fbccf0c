"""What a desk may ask about our own MQTT broker.

One rule: a password is given out to who asks for that one account, and nobody else.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.gateway.message import Request


class SetBroker(Request):
    """Switch our own broker on or off and say who can reach it; None leaves it as it is.

    `port` 0: 1883, or the next that is free. Refused: "port_taken" (values: port), when it is
    switched on or another port is chosen.
    """

    type: Literal["set_broker"] = "set_broker"
    on: bool | None = None
    reach: Literal["computer", "home"] | None = None
    port: int | None = Field(default=None, ge=0, le=65_535)


class GetLogin(Request):
    """Ask how a device, or another program (`account`), logs in. Result: `Reply.login`.

    `fresh` makes a new password: whoever is connected with the old one is cut off. Refused:
    "not_found".
    """

    type: Literal["get_login"] = "get_login"
    device_id: str = ""
    account: str = Field(default="", max_length=60)
    fresh: bool = False


class AddLogin(Request):
    """Let another program in, such as Home Assistant; it may read and write everything.

    Result: `Reply.login`. Refused: "bad_value" (no name), "too_many".
    """

    type: Literal["add_login"] = "add_login"
    name: str = Field(max_length=60)


class DropLogin(Request):
    """Let a program in no more. Refused: "not_found", also for what belongs to a device."""

    type: Literal["drop_login"] = "drop_login"
    account: str = Field(max_length=60)


BrokerRequest = SetBroker | GetLogin | AddLogin | DropLogin
