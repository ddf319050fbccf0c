"""What a part's form holds, read from its JSON schema. Rule: no part and no field is known by name.

Hints in a schema (`app.core.forms`) pick the field; without one its type does.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from app.core.forms import FIELD, SHOWN_IF
from app.core.parts import FAMILY, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel

    from app.core.parts import Say
    from app.core.speech import Language
    from app.gui.rule_editor.draft import Json, Raw

# Slots of sentences that are called otherwise than the field they tell of.
_SLOT_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "level": ("percent",),
    "colour": ("color",),
    "at_least": ("least",),
    "number": ("amount", "count"),
}
_PLAIN: Final[dict[str, str]] = {
    "boolean": "switch",
    "integer": "number",
    "number": "number",
    "string": "text",
    "array": "list",
    "object": "group",
}


# Of a part, these are shown beside its form and not in it.
_OF_PARTS: Final = frozenset({"key", "on"})


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: what it is called, what kind of field shows it, and what fits into it.

    `low` and `high` are None where open; `low_open`: the low end itself does not fit. `nullable`:
    empty is a value of its own. `required`: there is no usual value. `items`: the fields of a
    list's items. `schema` is the raw rest.
    """

    name: str
    kind: str
    title: str
    description: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    whole: bool = False
    nullable: bool = False
    required: bool = False
    choices: tuple[Json, ...] = ()
    default: Json = None
    max_length: int | None = None
    max_items: int | None = None
    family: str = ""
    many: bool = False
    items: tuple[FieldSpec, ...] = ()
    schema: Raw = field(default_factory=dict)

    def hint(self, name: str, default: Json = None) -> Json:
        """Return a hint of the schema."""
        return self.schema.get(name, default)


@cache
def schema_of(kind: type[BaseModel]) -> Raw:
    """Return a class's JSON schema; made once, it takes a moment."""
    return kind.model_json_schema()


@cache
def specs_of(kind: type[BaseModel]) -> tuple[FieldSpec, ...]:
    """Return the fields of a part, or of anything else with a schema, in their order."""
    schema = schema_of(kind)
    return _specs(schema, schema.get("$defs", {}), _OF_PARTS)


def specs_in(schema: Raw) -> tuple[FieldSpec, ...]:
    """Return all fields of a JSON schema that came as a message, in their order."""
    return _specs(schema, schema.get("$defs", {}), frozenset())


def _specs(schema: Raw, definitions: Raw, left_out: frozenset[str]) -> tuple[FieldSpec, ...]:
    required = schema.get("required", ())
    return tuple(
        replace(_spec(name, raw, definitions, left_out), required=name in required)
        for name, raw in schema.get("properties", {}).items()
        if name not in left_out
    )


def _spec(name: str, raw: Raw, definitions: Raw, left_out: frozenset[str]) -> FieldSpec:
    schema, nullable = _resolved(raw, definitions)
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    items, _ = _resolved(schema.get("items", {}), definitions)
    inner = items if schema.get("type") == "array" else schema
    family = inner.get(FAMILY, "")
    choices = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    return FieldSpec(
        name=name,
        kind=_kind(schema, items, choices),
        title=schema.get("title", name.replace("_", " ")),
        description=schema.get("description", ""),
        unit=schema.get("unit", ""),
        low=low,
        high=high,
        low_open="exclusiveMinimum" in schema,
        whole=schema.get("type") == "integer",
        nullable=nullable,
        choices=tuple(choices),
        default=schema.get("default"),
        max_length=schema.get("maxLength"),
        max_items=schema.get("maxItems"),
        family=family,
        many=schema.get("type") == "array",
        items=_specs(inner, definitions, left_out),
        schema=schema,
    )


def _resolved(raw: Raw, definitions: Raw) -> tuple[Raw, bool]:
    """Follow references and "or nothing"; what stands outside wins over what it points at."""
    schema, nullable = dict(raw), False
    for _ in range(8):
        if "$ref" in schema:
            inner = definitions.get(str(schema.pop("$ref")).rpartition("/")[2], {})
        elif "anyOf" in schema:
            options = schema.pop("anyOf")
            nullable = nullable or {"type": "null"} in options
            inner = next(option for option in options if option != {"type": "null"})
        else:
            break
        schema = {**inner, **schema}
    return schema, nullable


def _kind(schema: Raw, items: Raw, choices: list[Json]) -> str:
    hinted = schema.get(FIELD) or schema.get("format")
    if hinted:
        return str(hinted)
    if FAMILY in schema or FAMILY in items:
        return "parts"
    own = "choice" if choices else _of_drivers(schema, items)
    if own:
        return own
    if schema.get("unit") == "s" and schema.get("type") in ("number", "integer"):
        return "duration"
    return _PLAIN.get(str(schema.get("type", "string")), "text")


def _of_drivers(schema: Raw, items: Raw) -> str:
    """Return the kind of a field that only settings of drivers have."""
    if schema.get("secret"):
        return "password"
    if schema.get("pick"):
        return "found"
    if schema.get("broker"):
        return "broker"
    listed = schema.get("type") == "array" and items.get("properties")
    return "items" if listed else ""


# ------------------------------------------------------------------ in reading order


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words between two fields of a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Here stands a field; `labelled`: with its title before it."""

    spec: FieldSpec
    labelled: bool


def holds(spec: FieldSpec) -> bool:
    """Say whether parts stand under a field, directly or in branches."""
    return spec.kind == "parts" or (spec.many and any(holds(inner) for inner in spec.items))


def wanted(spec: FieldSpec, raw: Mapping[str, Json]) -> bool:
    """Say whether a field is shown next to the values of the others."""
    needs: dict[str, list[Json]] = spec.hint(SHOWN_IF, {})
    return all(raw.get(name) in values for name, values in needs.items())


def labelled(specs: Iterable[FieldSpec], raw: Mapping[str, Json]) -> tuple[Words | Spot, ...]:
    """Return the fields in their own order, each with its title."""
    shown = [spec for spec in specs if not holds(spec) and wanted(spec, raw)]
    return tuple(Spot(spec, labelled=True) for spec in shown if not _merged(spec, shown))


def layout(part: Part, raw: Mapping[str, Json], language: Language) -> tuple[Words | Spot, ...]:
    """Return words and fields of a part in the order in which its sentence is read.

    A sentence that leaves out a choice is no use as a form, since the choice may well change the
    sentence: then every field has its title instead. Each field is there exactly once; lists of
    parts are left to the step lists.
    """
    plain = labelled(specs_of(type(part)), raw)
    specs = {item.spec.name: item.spec for item in plain if isinstance(item, Spot)}
    placed = _placed(_best(part, language, specs), specs)
    used = {item.spec.name for item in placed if isinstance(item, Spot)}
    rest = [item for item in plain if isinstance(item, Spot) and item.spec.name not in used]
    if not specs:
        return placed
    if not used or any(item.spec.kind == "choice" for item in rest):
        return plain
    return (*placed, *rest)


def in_sentence(arranged: tuple[Words | Spot, ...]) -> bool:
    """Say whether a layout reads like a sentence, so that no title is needed above it."""
    return any(isinstance(item, Words) for item in arranged)


def _merged(spec: FieldSpec, others: Iterable[FieldSpec]) -> bool:
    """Say whether another field asks for this one too: an output is picked with its device."""
    return spec.kind == "capability" and any(other.kind == "device" for other in others)


def _best(part: Part, language: Language, specs: dict[str, FieldSpec]) -> str:
    """Return the template with most fields; of equals the one that words the part as it is."""

    def fields(say: Say) -> int:
        template = say.vi if language == "vi" else say.en
        return sum(_field_of(slot, specs) is not None for slot in _slots(template))

    says = (part.says(), part.sentence, *part.sentences)
    best = max(says, key=fields)
    return best.vi if language == "vi" else best.en


def _slots(template: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]


def _field_of(slot: str, specs: dict[str, FieldSpec]) -> FieldSpec | None:
    for name in (slot, *_SLOT_FIELDS.get(slot, ())):
        if name in specs:
            return specs[name]
    return None


def _placed(template: str, specs: dict[str, FieldSpec]) -> tuple[Words | Spot, ...]:
    """Split a template at its slots; none at all if a slot is not a field."""
    items: list[Words | Spot] = []
    seen: set[str] = set()
    for literal, name, _, _ in string.Formatter().parse(template):
        if literal.strip(" ,;()"):
            items.append(Words(literal.strip()))
        if name is None:
            continue
        spec = _field_of(name, specs)
        if spec is None or spec.name in seen:
            return ()
        seen.add(spec.name)
        items.append(Spot(spec, labelled=False))
    return tuple(items)
