"""What somebody says of a device of their own: where it is, and the commands of its outputs.

One rule: what can hurt has a command that switches it off; without one it is not accepted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from drivers.codecs.loads import Load
from drivers.codecs.port_settings import LINE_STATES, LINE_WORDS, LineState
from drivers.codecs.template import GAPS, RUN_GAPS, Command, command
from drivers.contract import N_, DriverSettings, Kind, Secret

if TYPE_CHECKING:
    from pydantic.config import JsonDict

_SHOWN_IF: Final = "x-shown-if"
# Never folded away in the form.
_FIRST: Final[JsonDict] = {"x-first": True}
MOST_OUTPUTS: Final = 16

Text = Annotated[str, Field(max_length=300)]
OutputKind = Literal["switch", "level", "light", "motor", "pulse"]


def _shown(extra: JsonDict | None = None, **fields: list[str]) -> JsonDict:
    values: JsonDict = {name: list(fits) for name, fits in fields.items()}
    return {_SHOWN_IF: values, **(extra or {})}


class OutputForm(BaseModel):
    """One output and its commands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=40)] = Field(
        title=N_("Name"), description=N_("What this output is called, such as: Pump.")
    )
    kind: OutputKind = Field(
        "switch",
        title=N_("What this output does"),
        description=N_("It decides what rules can ask of it."),
        json_schema_extra={
            "words": {
                "switch": N_("On and off"),
                "pulse": N_("One short shot"),
                "level": N_("Strength from 0 to 100 %"),
                "light": N_("Colour"),
                "motor": N_("Turning"),
            }
        },
    )
    on: Text = Field(
        min_length=1,
        title=N_("Command that turns it on"),
        description=N_(
            "Numbers go in braces: {level} {red} {green} {blue} {color} {rounds} {rpm} "
            "{direction} {ms} {s}. Such as: PUMP {level:255} sends PUMP 128 for half."
        ),
    )
    off: Text = Field(
        "",
        title=N_("Command that switches it off"),
        description=N_("May be empty only for what cannot hurt."),
        json_schema_extra=_FIRST,
    )
    run: Text = Field(
        "",
        title=N_("Command that turns it until it is switched off"),
        description=N_("Empty if your device can only count rounds."),
        json_schema_extra=_shown(kind=["motor"]),
    )
    self_timed: bool = Field(
        default=False,
        title=N_("It ends by itself"),
        description=N_("Your device obeys the {ms} or {s} in its command. That is safer."),
    )
    load: Load = "other"

    @model_validator(mode="after")
    def _must_end(self) -> Self:
        if not self.off and self.load != "harmless":
            raise PydanticCustomError(
                "no_off",
                N_("{name} needs a command that switches it off."),
                {"name": self.name},
            )
        if self.self_timed and "{ms" not in self.on and "{s" not in self.on:
            raise PydanticCustomError(
                "no_time",
                N_("{name} can only end by itself if its command says when, by ms or s in braces."),
                {"name": self.name},
            )
        return self


class TemplateSettings(DriverSettings):
    """Where the device is, how it is spoken to, and what it has."""

    way: Literal["serial", "tcp", "udp", "http"] = Field(
        "serial",
        title=N_("How it is connected"),
        description=N_("Its manual says which of them it understands."),
        json_schema_extra={
            "words": {
                "serial": N_("USB or serial port"),
                "tcp": N_("Network, TCP"),
                "udp": N_("Network, UDP"),
                "http": N_("Network, web requests (HTTP)"),
            },
            **_FIRST,
        },
    )
    port: str = Field(
        "",
        max_length=200,
        title=N_("Port"),
        description=N_("The board's identity, or the name of a port such as COM3."),
        json_schema_extra=_shown({"pick": "port", **_FIRST}, way=["serial"]),
    )
    speed_baud: int = Field(
        115_200,
        ge=300,
        le=4_000_000,
        title=N_("Speed"),
        description=N_("As in the program of the board, mostly 9600 or 115200."),
        json_schema_extra=_shown(_FIRST, way=["serial"]),
    )
    boot_wait_s: float = Field(
        0.0,
        ge=0.0,
        le=5.0,
        title=N_("Time to start"),
        description=N_("An Arduino that restarts when its port is opened needs 2 seconds."),
        json_schema_extra=_shown({"unit": "s"}, way=["serial"]),
    )
    host: str = Field(
        "",
        max_length=253,
        title=N_("Address"),
        description=N_("Its name or number in your network, such as 192.168.1.50."),
        json_schema_extra=_shown(_FIRST, way=["tcp", "udp"]),
    )
    host_port: int = Field(
        8080,
        ge=1,
        le=65_535,
        title=N_("Port number"),
        description=N_("Where it listens."),
        json_schema_extra=_shown(_FIRST, way=["tcp", "udp"]),
    )
    url: str = Field(
        "",
        max_length=300,
        title=N_("Web address"),
        description=N_("What stands before every command, such as http://192.168.1.50"),
        json_schema_extra=_shown(_FIRST, way=["http"]),
    )
    user: str = Field(
        "",
        max_length=200,
        title=N_("User"),
        description=N_("Empty if the device asks for none."),
        json_schema_extra=_shown(way=["http"]),
    )
    password: Secret = Field(
        "",
        title=N_("Password"),
        description=N_("Empty if the device asks for none."),
        json_schema_extra=_shown(way=["http"]),
    )
    writing: Literal["text", "hex"] = Field(
        "text",
        title=N_("Commands are"),
        description=N_("Bytes in hex look like: A0 01 01 {sum}"),
        json_schema_extra=_shown(
            {"words": {"text": N_("Text"), "hex": N_("Bytes in hex")}}, way=["serial", "tcp", "udp"]
        ),
    )
    ending: Literal["lf", "crlf", "cr", "none"] = Field(
        "lf",
        title=N_("End of a command"),
        description=N_("What the device takes as the end of a line."),
        json_schema_extra=_shown(
            {
                "words": {
                    "lf": N_("New line (\\n), as most sketches"),
                    "crlf": N_("\\r\\n"),
                    "cr": N_("\\r"),
                    "none": N_("Nothing"),
                }
            },
            way=["serial", "tcp", "udp"],
            writing=["text"],
        ),
    )
    answer: Text = Field(
        "",
        title=N_("What it answers"),
        description=N_(
            "What every answer holds if the device took the command, such as OK. "
            "Empty if it does not answer."
        ),
    )
    all_off: Text = Field(
        "",
        title=N_("Command that switches everything off"),
        description=N_("Sent by STOP. Empty: every output is switched off by its own command."),
    )
    heartbeat: Text = Field(
        "",
        title=N_("Command that is sent every second"),
        description=N_(
            "For boards that switch off by themselves when they hear nothing. Empty: none."
        ),
        json_schema_extra=_shown(way=["serial", "tcp", "udp"]),
    )
    outputs: Annotated[tuple[OutputForm, ...], Field(min_length=1, max_length=MOST_OUTPUTS)] = (
        Field(
            title=N_("Outputs"),
            description=N_("What the device can do, each with its commands."),
            json_schema_extra={"one": N_("Output")},
        )
    )

    dtr: LineState = Field(
        "auto",
        title=N_("Restart line (DTR)"),
        description=N_("Off keeps some boards from restarting when the port is opened."),
        json_schema_extra=_shown({"words": LINE_WORDS}, way=["serial"]),
    )
    rts: LineState = Field(
        "auto",
        title=N_("Second line (RTS)"),
        description=N_("Off as well for boards with an ESP32 that never start."),
        json_schema_extra=_shown({"words": LINE_WORDS}, way=["serial"]),
    )

    @model_validator(mode="after")
    def _must_be_whole(self) -> Self:
        where = {"serial": self.port, "tcp": self.host, "udp": self.host, "http": self.url}
        if not where[self.way].strip():
            raise PydanticCustomError("no_address", N_("Say where the device is."))
        for one in self.outputs:
            for text, gaps in self.texts_of(one):
                self.command(text, gaps)
                self._must_be_request(text)
        for text in (self.answer, self.all_off, self.heartbeat):
            self.command(text)
        self._must_be_request(self.all_off)
        return self

    @property
    def lines(self) -> tuple[bool | None, bool | None]:
        """How DTR and RTS are to stand; None leaves it to the system."""
        return LINE_STATES[self.dtr], LINE_STATES[self.rts]

    def _must_be_request(self, text: str) -> None:
        if self.way == "http" and text and not is_request(text):
            raise PydanticCustomError(
                "no_request",
                N_("A web request looks like /relay?on=1 or POST /relay and what to send: {text}"),
                {"text": text[:40]},
            )

    def texts_of(self, output: OutputForm) -> tuple[tuple[str, frozenset[str]], ...]:
        """Return the commands of an output, each with what may stand in its gaps."""
        gaps = GAPS[Kind(output.kind)]
        return (output.on, gaps), (output.run, RUN_GAPS), (output.off, frozenset())

    def command(self, text: str, gaps: frozenset[str] = frozenset()) -> Command:
        """Read a command; PydanticCustomError says what is wrong with it."""
        if self.way == "http":
            return command(text, hexadecimal=False, gaps=gaps)
        return command(text, hexadecimal=self.writing == "hex", ending=self.ending, gaps=gaps)

    def expected(self) -> bytes:
        """Return what an answer must hold, b"" if none is expected."""
        hexadecimal = self.writing == "hex" and self.way != "http"
        return command(self.answer, hexadecimal=hexadecimal).filled({})


METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})


def is_request(text: str) -> bool:
    """Say whether a command can be sent as a web request."""
    method, _, rest = text.partition(" ")
    path = rest if method in METHODS else text
    return path.startswith("/") and not any(sign in path.partition(" ")[0] for sign in "\r\n#")


def request_of(data: bytes) -> tuple[str, str, bytes]:
    """Return the method, the path and the body of a command that is a web request."""
    text = data.decode("utf-8", "replace")
    method, _, rest = text.partition(" ")
    if method not in METHODS:
        method, rest = "GET", text
    path, _, body = rest.partition(" ")
    return method, path, body.encode()
