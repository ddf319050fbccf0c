"""Opens pack and rules files of strangers. Rule: read in a thread, refused in one sentence."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from app import paths
from app.core.forms import Pick
from app.core.pack_export import export
from app.core.pack_guard import MAX_PACK_CHARS, PackError, check_text, check_url, cleaned, refused
from app.core.pack_import import ASKED, Place
from app.core.packs import Pack, Words, read_pack, written
from app.core.rules import RulesError, from_content, parsed, upgraded
from app.core.surroundings import Surroundings
from app.core.walk import spots

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path as File

    from app.core.rules import Rule, RuleDocument
    from app.core.walk import Path

# A letter takes up to four bytes.
_MOST_BYTES: Final = 4 * MAX_PACK_CHARS


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack as it was opened. `usual` are the devices that the file itself names, by role.

    `answers` are what the file says of what packs leave open; `left_out` counts rules that could
    not be read.
    """

    pack: Pack
    usual: Mapping[str, Place] = field(default_factory=dict)
    answers: Mapping[tuple[str, Path], Any] = field(default_factory=dict)
    left_out: int = 0


def starter_files() -> tuple[File, ...]:
    """Return the files of the packs that came with the program."""
    return tuple(sorted((paths.resources() / "packs").glob("*.json")))


def open_file(path: File) -> Opened:
    """Read a pack or a rules file; raises PackError, and nothing else. Slow: up to seconds."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise refused("pack_unreadable") from error
    if len(data) > _MOST_BYTES:
        raise refused("pack_large", most=MAX_PACK_CHARS // 1_000_000)
    try:
        return Opened(read_pack(data))
    except PackError as error:
        if error.problem.code != "pack_none":
            raise
        found = _of_rules(data, path.stem)
        if found is None:
            raise
        return found


def _of_rules(data: bytes, name: str) -> Opened | None:
    """Return somebody's rules file as a pack; None if it is none."""
    try:
        text = data.decode("utf-8-sig")
        check_text(text)
        raw = cleaned(parsed(text))
        if not isinstance(raw, dict):
            return None
        document = from_content(upgraded(raw))
        if not document.entries():
            return None
        return _as_pack(document, name)
    except PackError:
        raise
    except RulesError:
        return None
    # As with packs: whatever breaks is about the file.
    except Exception as error:
        raise refused("pack_unreadable") from error


def _as_pack(document: RuleDocument, name: str) -> Opened:
    rules = document.rules.rules
    pack = export(document, rules, {"name": Words(en=name[:120])}, Surroundings())
    usual: dict[str, Place] = {}
    answers: dict[tuple[str, Path], Any] = {}
    for was, now in zip(rules, pack.rules, strict=True):
        _remember(was, now, usual, answers)
    aside = sum(one.kind == "rule" for one in document.set_aside)
    return Opened(pack, usual, answers, aside)


def _remember(
    was: Rule, now: Rule, usual: dict[str, Place], answers: dict[tuple[str, Path], Any]
) -> None:
    for old, new in zip(spots(was), spots(now), strict=False):
        if old.pick == Pick.DEVICE and new.value:
            capability = str(getattr(old.owner, "capability", ""))
            usual.setdefault(str(new.value), Place(str(old.value), capability))
        elif old.pick in ASKED and old.path == new.path and _may_stay(old.pick, old.value):
            answers[now.id, new.path] = old.value


def _may_stay(pick: str, value: object) -> bool:
    """Say whether an answer may be suggested: never a secret, nor a call into the own network."""
    if pick == Pick.SECRET or not value:
        return False
    try:
        return pick != Pick.URL or bool(check_url(written(value)))
    except PackError:
        return False


class FileReader(QObject):
    """Reads files beside the window. The last one asked for is told, earlier ones are not."""

    opened = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Kept until their thread is done with them.
        self._jobs: dict[int, _Job] = {}
        self._last = 0
        self.busy = False

    def read(self, path: File) -> None:
        """Read; then `opened` carries an Opened, or `refused` a PackError."""
        self._last += 1
        self.busy = True
        job = self._jobs[self._last] = _Job(self._last, path)
        job.done.connect(self._on_done)
        job.start()

    def leave(self) -> None:
        """Care no more about what is being read."""
        self._last += 1
        self.busy = False

    def _on_done(self, number: int, found: object) -> None:
        del self._jobs[number]
        if number == self._last:
            self.busy = False
            (self.refused if isinstance(found, PackError) else self.opened).emit(found)


class _Job(QObject):
    """One reading in a thread of its own; its end comes back through Qt's queue."""

    done = Signal(int, object)

    def __init__(self, number: int, path: File) -> None:
        super().__init__()
        self._number = number
        self._path = path

    def start(self) -> None:
        threading.Thread(target=self._run, name="read pack", daemon=True).start()

    def _run(self) -> None:
        found: object
        try:
            found = open_file(self._path)
        except PackError as error:
            found = error
        self.done.emit(self._number, found)
