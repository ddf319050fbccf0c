"""Writes the files that tests compare with the code: run `python -m tests.app.core.renew`."""

from __future__ import annotations

import json
from pathlib import Path

from app.core.rules import VERSION, dump, json_schema, load

ROOT = Path(__file__).parents[3]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def main():
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    write(ROOT / "resources" / "schema" / "rules.schema.json", schema)
    golden = ROOT / "tests" / "data" / "rules" / f"v{VERSION}.json"
    for path in (ROOT / "resources" / "rules" / "starter.json", golden):
        write(path, dump(load(path.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main()
