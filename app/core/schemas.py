"""The JSON schemas of rule files and packs, for editors outside and for forms.

One rule: it is made of what the code says and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.core.forms import COMMON, GROUP
from app.core.packs import Pack
from app.core.parts import FAMILY, Action, Condition, Trigger, parts
from app.core.rules import RuleSet

if TYPE_CHECKING:
    from pydantic import BaseModel

    from app.core.parts import Part


def json_schema() -> dict[str, Any]:
    """Return the JSON schema of a rule file, with every trigger, condition and action there is."""
    return _whole(RuleSet, "Giftwire rules")


def pack_schema() -> dict[str, Any]:
    """Return the JSON schema of a pack, with every trigger, condition and action there is."""
    return _whole(Pack, "Giftwire pack")


def _whole(model: type[BaseModel], title: str) -> dict[str, Any]:
    schema = model.model_json_schema()
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **{key: value for key, value in schema.items() if key != "title"},
    }
    definitions = schema["$defs"]
    for base in (Trigger, Condition, Action):
        kinds = parts(base).found
        for key in sorted(kinds):
            definition = _part_schema(kinds[key])
            definitions.update(definition.pop("$defs", {}))
            definitions[f"{base.__name__}.{key}"] = definition
        definitions[base.__name__] = {
            "oneOf": [{"$ref": f"#/$defs/{base.__name__}.{key}"} for key in sorted(kinds)]
        }
    schema["$defs"] = dict(sorted(definitions.items()))
    pointed: dict[str, Any] = _pointed(schema)
    return pointed


def _pointed(schema: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Put the reference to its family where a part stands."""
    if isinstance(schema, list):
        return [_pointed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _pointed(value) for key, value in schema.items()}
    family = inner.pop(FAMILY, None)
    if family is not None:
        inner["$ref"] = f"#/$defs/{family}"
        del inner["type"]
    return inner


def _part_schema(kind: type[Part]) -> dict[str, Any]:
    schema = kind.model_json_schema()
    properties = {"key": {"const": kind.key}, **schema.get("properties", {})}
    required = ["key", *schema.get("required", [])]
    return {
        **schema,
        "title": kind.title,
        "description": kind.summary,
        GROUP: kind.group,
        **({COMMON: True} if kind.common else {}),
        "properties": properties,
        "required": required,
    }
