"""Rule documents as text and plain values, rule by rule, so that large ones hold nothing up.

One rule: a rule that did not change is never written out again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.core.rules import VERSION, SetAside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.core.groups import Group
    from app.core.rules import Rule, RuleDocument


def plain(entry: Rule | Group | SetAside) -> Any:  # noqa: ANN401 - set aside: whatever it was
    """Return what the file holds of one rule or group."""
    return entry.raw if isinstance(entry, SetAside) else entry.model_dump(mode="json")


def content_of(document: RuleDocument) -> dict[str, Any]:
    """Return what the file holds, as `app.core.rules.to_content` does.

    Made of many small steps: others get the interpreter in between.
    """
    return {
        "version": VERSION,
        "groups": [plain(one) for one in document.group_entries()],
        "rules": [plain(one) for one in document.entries()],
    }


class RuleText:
    """Writes one document after the other; remembers what the last one's rules look like."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Rule, str]] = {}

    def text(self, document: RuleDocument) -> str:
        """Return the text of the file, as `app.core.rules.dump` does."""
        known, self._known = self._known, {}
        rules: list[str] = []
        for entry in document.entries():
            if isinstance(entry, SetAside):
                rules.append(_written(entry.raw))
                continue
            before = known.get(entry.id)
            text = before[1] if before and before[0] is entry else _written(plain(entry))
            self._known[entry.id] = (entry, text)
            rules.append(text)
        groups = [_written(plain(one)) for one in document.group_entries()]
        return (
            f'{{\n  "version": {VERSION},\n  "groups": {_listed(groups)},\n'
            f'  "rules": {_listed(rules)}\n}}\n'
        )


def _written(value: Any) -> str:  # noqa: ANN401 - as above
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    # Texts hold no line breaks in JSON: these are all between fields.
    return text.replace("\n", "\n    ")


def _listed(texts: Iterable[str]) -> str:
    inside = ",\n    ".join(texts)
    return f"[\n    {inside}\n  ]" if inside else "[]"
