"""Writes the files that tests compare with the code: run `python -m tests.app.core.renew`."""

from __future__ import annotations

import json
from pathlib import Path

from app.core.packs import dump_pack, read_pack
from app.core.parts import Action, Condition, Trigger, parts
from app.core.rules import VERSION, Rule, RuleDocument, dump, load
from app.core.schemas import json_schema, pack_schema

ROOT = Path(__file__).parents[3]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def with_every_part(document):
    """The golden file shows each part there is: those that are new come with what is usual."""
    text, rules = dump(document), list(document.rules.rules)
    when, ids = {"key": "follow"}, {rule.id for rule in rules}
    for base, place in ((Trigger, "when"), (Condition, "only_if"), (Action, "do")):
        for key in sorted(parts(base).found):
            if f'"key": "{key}"' in text:
                continue
            part = {"key": key}
            raw = {"id": f"{place}-{key}".replace("_", "-"), "when": when}
            raw |= {place: part if place == "when" else [part]}
            assert raw["id"] not in ids
            rules.append(Rule.model_validate(raw))
    return RuleDocument(document.rules.model_copy(update={"rules": tuple(rules)}))


def main():
    for name, schema in (("rules", json_schema()), ("pack", pack_schema())):
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        write(ROOT / "resources" / "schema" / f"{name}.schema.json", text)
    data = ROOT / "tests" / "data" / "rules"
    starter, golden = ROOT / "resources" / "rules" / "starter.json", data / f"v{VERSION}.json"
    write(starter, dump(load(starter.read_text(encoding="utf-8"))))
    write(golden, dump(with_every_part(load(golden.read_text(encoding="utf-8")))))
    for version in range(1, VERSION):
        old = (data / f"v{version}.json").read_text(encoding="utf-8")
        write(data / f"v{version}.today.json", dump(load(old)))
    for path in (ROOT / "tests" / "data" / "packs").glob("v?.json"):
        write(path.with_suffix(".today.json"), dump_pack(read_pack(path.read_bytes())))
    for path in (ROOT / "resources" / "packs").glob("*.json"):
        write(path, dump_pack(read_pack(path.read_bytes())))


if __name__ == "__main__":
    main()
