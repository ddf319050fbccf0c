"""The JSON schemas of rule files and packs are what the code says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from app.core.forms import COMMON, GROUP
from app.core.parts import Action, Condition, Section, Trigger, parts
from app.core.schemas import json_schema, pack_schema

MOST_SIGNS = 72
FOLDER = Path(__file__).parents[3] / "resources" / "schema"


def read(name):
    return json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))


def test_the_schema_files_are_what_the_code_says():
    """To renew it: python -m tests.app.core.renew"""
    assert read("rules") == json_schema()
    assert read("pack") == pack_schema()


def test_the_schema_names_titles_for_every_field_a_form_shows():
    for name, definition in json_schema()["$defs"].items():
        for field, shape in definition.get("properties", {}).items():
            if field not in ("key", "version", "groups", "rules"):
                assert shape.get("title") or "$ref" in shape, f"{name}.{field}"


@pytest.mark.parametrize("base", [Trigger, Condition, Action])
def test_every_part_says_in_one_line_what_it_is_for_and_where_it_is_offered(base):
    definitions = json_schema()["$defs"]
    kinds = parts(base).found
    lines = [kind.summary for kind in kinds.values()]
    assert len(set(lines)) == len(lines)
    for key, kind in kinds.items():
        shape = definitions[f"{base.__name__}.{key}"]
        assert shape["description"] == kind.summary
        assert shape[GROUP] == kind.group
        assert kind.group in get_args(Section)
        assert kind.group != "other", key
        assert kind.summary.endswith("."), key
        assert kind.summary != kind.title
        assert len(kind.summary) <= MOST_SIGNS, key
    assert any(definitions[f"{base.__name__}.{key}"].get(COMMON) for key in kinds)


def test_every_limit_says_in_one_line_what_it_does():
    definitions = json_schema()["$defs"]
    limits = definitions["RuleLimits"]["properties"].values()
    own = [definitions["Rule"]["properties"][name] for name in ("mode", "priority", "react")]
    for shape in (*limits, *own, definitions["Rule"]["properties"]["time_to_live_s"]):
        assert shape["title"]
        assert 0 < len(shape["description"]) <= 2 * MOST_SIGNS
