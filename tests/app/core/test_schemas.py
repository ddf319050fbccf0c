"""The JSON schemas of rule files and packs are what the code says."""

from __future__ import annotations

import json
from pathlib import Path

from app.core.schemas import json_schema, pack_schema

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
