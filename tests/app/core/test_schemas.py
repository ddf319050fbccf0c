"""The JSON schema of rule files is what the code says."""

from __future__ import annotations

import json
from pathlib import Path

from app.core.schemas import json_schema

SCHEMA = Path(__file__).parents[3] / "resources" / "schema" / "rules.schema.json"


def test_the_schema_file_is_what_the_code_says():
    """To renew it: python -m tests.app.core.renew"""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema()


def test_the_schema_names_titles_for_every_field_a_form_shows():
    for name, definition in json_schema()["$defs"].items():
        for field, shape in definition.get("properties", {}).items():
            if field not in ("key", "version", "groups", "rules"):
                assert shape.get("title") or "$ref" in shape, f"{name}.{field}"
