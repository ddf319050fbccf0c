"""Texts with slots that a streamer may write into a rule, filled from what strangers send.

One rule: what is filled in is never read as a template, and carries no control characters.
"""

from __future__ import annotations

import string
import unicodedata
from typing import TYPE_CHECKING, Final

from pydantic_core import core_schema

from app.core.expressions import MAX_LENGTH, refused
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetCoreSchemaHandler

MAX_VALUE_LENGTH: Final = 200
# Control, format, line and paragraph signs and halves of pairs; the joiner builds emoji.
_UNWANTED: Final = ("Cc", "Cf", "Zl", "Zp", "Cs")
_JOINER: Final = "\u200d"

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


class TextTemplate:
    """A checked text such as "{user} sent {count} × {gift}"; a bad one raises ValueError."""

    __slots__ = ("_parts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        if len(text) > MAX_LENGTH:
            raise refused(
                "text_long", N_("a text may have {most} characters at most"), most=MAX_LENGTH
            )
        try:
            parsed = list(string.Formatter().parse(text))
        except ValueError:
            raise refused("text_braces", N_("a curly bracket is missing in this text")) from None
        parts: list[tuple[str, str]] = []
        for literal, name, spec, conversion in parsed:
            if name is not None and (name not in TEXT_NAMES or spec or conversion):
                raise refused(
                    "text_name",
                    N_("“{name}” is not known here. Known: {known}"),
                    name=name,
                    known=", ".join(TEXT_NAMES),
                )
            parts.append((literal, name or ""))
        self._parts = tuple(parts)

    def fill(self, values: Mapping[str, str]) -> str:
        """Put the values in; control characters and direction signs of strangers are dropped."""
        return "".join(
            literal + (clean(values.get(name, "")) if name else "") for literal, name in self._parts
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextTemplate) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read from text, write as text."""
        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.str_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(_written),
        )


def _written(template: TextTemplate) -> str:
    return template.text


def folded(text: str) -> str:
    """Return text as it is compared: letters by what they are, not by case or how composed."""
    return unicodedata.normalize("NFC", text.strip()).casefold()


def clean(text: str) -> str:
    """Return foreign text without control and direction characters, at most 200 characters."""
    kept = (c for c in text if c == _JOINER or unicodedata.category(c) not in _UNWANTED)
    return "".join(kept)[:MAX_VALUE_LENGTH]
