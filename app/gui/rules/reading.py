"""Reads a long rule file in slices between two frames. Rule: the window never waits for it."""

from __future__ import annotations

import gc
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError
from PySide6.QtCore import QObject, QTimer, Signal

from app.core.rules import Rule, RuleDocument, RulesError, from_content

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
        self._raw: list[object] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice)

    def read(self, content: dict[str, Any], about: object) -> None:
        """Read; `done` carries the document and `about`, `failed` a RulesError."""
        self._timer.stop()
        self._content, self._about, self._place = dict(content), about, 0
        self._raw = []
        rules = content.get("rules")
        if not isinstance(rules, list) or len(rules) <= _AT_ONCE:
            self._finish()
            return
        self._raw, self._content["rules"] = rules, list(rules)
        self._timer.start()

    def _on_slice(self) -> None:
        rules = self._content["rules"]
        ends = time.perf_counter() + _SLICE_S
        while self._place < len(rules) and time.perf_counter() < ends:
            with suppress(ValidationError):
                rules[self._place] = Rule.model_validate(rules[self._place])
            self._place += 1
        spare(len(rules))
        if self._place >= len(rules):
            self._timer.stop()
            self._finish()

    def _finish(self) -> None:
        content, self._content = self._content, {}
        raw, self._raw = self._raw, []
        try:
            document = from_content(content)
        except RulesError as error:
            self.failed.emit(error)
            return
        if raw and document.set_aside:
            # A rule may be fine and yet not fit beside the others: it is kept as it was written.
            aside = tuple(
                replace(one, raw=raw[one.position]) if one.kind == "rule" else one
                for one in document.set_aside
            )
            document = RuleDocument(document.rules, aside)
        spare(len(document.rules.rules))
        self.done.emit(document, self._about)


def spare(rules: int) -> None:
    """Have the collector pass over what many rules hold."""
    # They live on, and each look at them all would stop the window for a tenth of a second.
    if rules > _AT_ONCE:
        gc.freeze()
