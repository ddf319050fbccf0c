"""Call a web address."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from app.core.addresses import Url
from app.core.effects import Webhook
from app.core.forms import Pick, hints
from app.core.moves import Emit, Move
from app.core.parts import Action, Facts, Say, Section
from app.core.texts import BodyTemplate
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class CallWebhook(Action):
    """Send one HTTP request."""

    key: ClassVar[str] = "webhook"
    title: ClassVar[str] = N_("Call a web address")
    summary: ClassVar[str] = N_("Tell a website or another program over a web address.")
    group: ClassVar[Section] = "outside"
    sentence: ClassVar[Say] = Say("call the address {url}", "gọi địa chỉ {url}")

    url: Url = ""
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = Field(
        default="POST", title=N_("Method")
    )
    body: BodyTemplate = Field(
        default=BodyTemplate(""),
        title=N_("What is sent"),
        description=N_("Empty: nothing. JSON is sent as JSON, all else as text."),
        json_schema_extra=hints(shown_if={"method": ["POST", "PUT", "PATCH", "DELETE"]}),
    )
    secret: str = Field(
        default="",
        max_length=60,
        title=N_("Secret"),
        description=N_("The name of a secret that is sent along as a bearer token."),
        json_schema_extra=hints(Pick.SECRET),
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Call it if an address is written."""
        if not self.url:
            return
        body = "" if self.method == "GET" else self.body.fill(facts.texts())
        yield Emit(Webhook(self.url, self.method, body, self.secret))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the address."""
        return {"url": speaker.typed(self.url, "url")}
