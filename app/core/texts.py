"""Texts with slots that a streamer may write into a rule, filled from what strangers send.

One rule: what is filled in is never read as a template, and carries no control characters.
"""

from __future__ import annotations

import json
import re
import string
import unicodedata
from typing import TYPE_CHECKING, ClassVar, Final

from pydantic_core import PydanticKnownError, core_schema

from app.core.expressions import is_free, refused
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

MAX_TEXT: Final = 300
MAX_BODY: Final = 4_000
MAX_VALUE_LENGTH: Final = 200
# Control, format, line and paragraph signs and halves of pairs; the joiner builds emoji.
_UNWANTED: Final = ("Cc", "Cf", "Zl", "Zp", "Cs")
_JOINER: Final = "\u200d"
_SLOT: Final = re.compile(r"\{([^\W\d]\w*)\}")

# What a text may show.
TEXT_NAMES: Final[dict[str, str]] = {
    "user": N_("the sender's name"),
    "handle": N_("the sender's user name"),
    "gift": N_("the gift's name"),
    "count": N_("how many this run counts"),
    "coins": N_("price of one gift, in coins"),
    "value": N_("coins × count"),
    "text": N_("what the sender wrote"),
}


# Those of them that are always numbers.
_NUMBERS: Final = frozenset({"count", "coins", "value"})


class TextTemplate:
    """A checked text such as "{user} sent {count} × {gift}"; a bad one raises ValueError.

    A slot is one of TEXT_NAMES or the name of a variable, which shows nothing while it is not set.
    """

    __slots__ = ("_parts", "text")
    most: ClassVar[int] = MAX_TEXT
    form: ClassVar[str] = "template"

    def __init__(self, text: str) -> None:
        self.text = text
        if len(text) > self.most:
            raise refused(
                "text_long", N_("a text may have {most} characters at most"), most=self.most
            )
        self._parts = self._parsed(text)

    def names(self) -> frozenset[str]:
        """Return the names of its slots."""
        return frozenset(name for _, name in self._parts if name)

    def free_names(self) -> frozenset[str]:
        """Return which of them only variables can fill."""
        return self.names() - TEXT_NAMES.keys()

    def renamed(self, names: Mapping[str, str]) -> str:
        """Return its text with other names in its slots; what is not in `names` stays."""
        return "".join(
            literal.replace("{", "{{").replace("}", "}}")
            + (f"{{{names.get(name, name)}}}" if name else "")
            for literal, name in self._parts
        )

    def fill(self, values: Mapping[str, str]) -> str:
        """Put the values in; control characters and direction signs of strangers are dropped."""
        return "".join(
            literal + (self._put(values.get(name, "")) if name else "")
            for literal, name in self._parts
        )

    def _parsed(self, text: str) -> tuple[tuple[str, str], ...]:
        try:
            parsed = list(string.Formatter().parse(text))
        except ValueError:
            raise refused("text_braces", N_("a curly bracket is missing in this text")) from None
        parts: list[tuple[str, str]] = []
        for literal, name, spec, conversion in parsed:
            if name is not None and (not _known(name) or spec or conversion):
                raise _unknown(name)
            parts.append((literal, name or ""))
        return tuple(parts)

    def _put(self, value: str) -> str:
        return clean(value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextTemplate) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read from text, write as text."""
        return core_schema.no_info_plain_validator_function(
            cls._read, serialization=core_schema.plain_serializer_function_ser_schema(_written)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A text of limited length, marked for the form maker."""
        return {"type": "string", "format": cls.form, "maxLength": cls.most}

    @classmethod
    def _read(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls(value)
        raise PydanticKnownError("string_type")


class BodyTemplate(TextTemplate):
    """What is sent to another program: longer, and curly brackets mean slots only round a name.

    Where the text begins like JSON it must be JSON whatever strangers write: their quotes and
    backslashes are escaped, and their texts stand in quotes.
    """

    __slots__ = ("_json",)
    most: ClassVar[int] = MAX_BODY
    form: ClassVar[str] = "body"

    def _parsed(self, text: str) -> tuple[tuple[str, str], ...]:
        self._json = text.lstrip().startswith(("{", "[")) and _SLOT.match(text.lstrip()) is None
        pieces = _SLOT.split(text)
        names = pieces[1::2]
        for name in names:
            if not _known(name):
                raise _unknown(name)
        if self._json:
            _check_json(pieces)
        return tuple(zip(pieces[::2], [*names, ""], strict=True))

    def renamed(self, names: Mapping[str, str]) -> str:
        """Return its text with other names in its slots; what is not in `names` stays."""
        return _SLOT.sub(lambda found: f"{{{names.get(found[1], found[1])}}}", self.text)

    def _put(self, value: str) -> str:
        return json.dumps(clean(value), ensure_ascii=False)[1:-1] if self._json else clean(value)


def _known(name: str) -> bool:
    return name in TEXT_NAMES or is_free(name)


def _unknown(name: str) -> ValueError:
    return refused(
        "text_name",
        N_("“{name}” is not known here. Known: {known}"),
        name=name,
        known=", ".join(TEXT_NAMES),
    )


def _check_json(pieces: list[str]) -> None:
    """Try it with a word in every slot that may hold one: that is JSON only if quotes are round."""
    tried = "".join(
        (("0" if piece in _NUMBERS else "a") if place % 2 else piece)
        for place, piece in enumerate(pieces)
    )
    try:
        json.loads(tried)
    except (ValueError, RecursionError):
        raise refused(
            "body_json",
            N_("this begins like JSON but is not correct; put quotes round each text"),
        ) from None


def _written(template: TextTemplate) -> str:
    return template.text


def folded(text: str) -> str:
    """Return text as it is compared: letters by what they are, not by case or how composed."""
    return unicodedata.normalize("NFC", text.strip()).casefold()


def clean(text: str) -> str:
    """Return foreign text without control and direction characters, at most 200 characters."""
    kept = (c for c in text if c == _JOINER or unicodedata.category(c) not in _UNWANTED)
    return "".join(kept)[:MAX_VALUE_LENGTH]
