"""Reads a long rule file in slices between two frames. Rule: the window never waits for it."""

from __future__ import annotations

import time
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from pydantic import ValidationError

from app.core.rules import Rule, RulesError, from_content

_SLICE_S: Final = 0.008
# So few are read at once: an empty page for a frame would only flicker.
_AT_ONCE: Final = 200


class Reader(QObject):
    """Turns what a rule file holds into a document. A new reading ends the one under way."""

    done = Signal(object, object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._content: dict[str, Any] = {}
        self._about: object = None
        self._place = 0
        self._ids: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice)

    def read(self, content: dict[str, Any], about: object) -> None:
        """Read; `done` carries the document and `about`, `failed` a RulesError."""
        self._timer.stop()
        self._content, self._about, self._place = dict(content), about, 0
        self._ids = set()
        rules = content.get("rules")
        if not isinstance(rules, list) or len(rules) <= _AT_ONCE:
            self._finish()
            return
        self._content["rules"] = list(rules)
        self._timer.start()

    def _on_slice(self) -> None:
        rules = self._content["rules"]
        ends = time.perf_counter() + _SLICE_S
        while self._place < len(rules) and time.perf_counter() < ends:
            rules[self._place] = self._checked(rules[self._place])
            self._place += 1
        if self._place >= len(rules):
            self._timer.stop()
            self._finish()

    def _checked(self, raw: object) -> object:
        """Return the rule read; a bad one, or a second of an id, stays as it was written."""
        try:
            rule = Rule.model_validate(raw)
        except ValidationError:
            return raw
        if rule.id in self._ids:
            return raw
        self._ids.add(rule.id)
        return rule

    def _finish(self) -> None:
        content, self._content = self._content, {}
        try:
            document = from_content(content)
        except RulesError as error:
            self.failed.emit(error)
            return
        self.done.emit(document, self._about)
