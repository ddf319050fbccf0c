"""The hints that the form maker goes by: known, complete, and of the right type."""

from __future__ import annotations

import pytest

from app.core import forms
from app.core.parts import FAMILY, Action, Condition, Trigger, parts

HINTS = {forms.FIELD, forms.CHOICES, forms.PLACEHOLDER, forms.STEP, forms.SHOWN_IF, FAMILY}
KINDS = [kind for base in (Trigger, Condition, Action) for kind in parts(base).found.values()]


def fields(schema):
    """Every field of a schema, with those of its definitions."""
    for definition in schema.get("$defs", {}).values():
        yield from fields(definition)
    yield from schema.get("properties", {}).items()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.__module__}")
def test_every_field_has_its_title_and_only_hints_that_are_known(kind):
    schema = kind.model_json_schema()
    names = set(schema.get("properties", {}))
    for name, field in fields(schema):
        assert field.get("title", "").strip(), name
        assert {key for key in field if key.startswith("x-")} <= HINTS, name
        assert forms.FIELD not in field or forms.Pick(field[forms.FIELD]), name
        assert set(field.get(forms.SHOWN_IF, {})) <= names, name
        if forms.CHOICES in field:
            values = values_of(field, schema)
            assert set(field[forms.CHOICES]) == values, name


def values_of(field, schema):
    inner = next((field[key] for key in ("allOf", "anyOf") if key in field), [field])[0]
    if "$ref" in inner:
        inner = schema["$defs"][inner["$ref"].rpartition("/")[2]]
    return set(inner["enum"])


def test_hints_leave_out_what_is_not_said():
    assert forms.hints() == {}
    assert forms.hints(forms.Pick.TIME, unit="s", step=5, shown_if={"a": ["b"]}) == {
        "x-field": "time",
        "unit": "s",
        "x-step": 5,
        "x-shown-if": {"a": ["b"]},
    }
