"""The rule files of one install: the main one, and a folder with one file a further profile.

One rule: the files are the truth; a profile is there because its file is, under its own name.
"""

from __future__ import annotations

import json
import logging
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app import paths
from app.core import rules as document_of
from app.core.rules import RuleDocument
from app.gateway.ruletext import RuleText
from app.i18n import language_of
from app.store.documents import Document, Format
from app.store.files import set_aside, time_stamp, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.core.notices import Notice
    from app.store.settings import Settings

log = logging.getLogger(__name__)

# The rules of `rules.json`. Faces show it in their own language.
MAIN: Final = "Main"
MAX_PROFILES: Final = 100
_MAX_NAME: Final = 60
_CURRENT: Final = ".current"
# What some file system cannot have in a name, and what Windows keeps to itself.
_NOT_IN_NAMES: Final = frozenset('<>:"/\\|?*')
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)


class ProfileRefusedError(Exception):
    """A profile cannot be made, named or removed so; `code` tells why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RuleFiles:
    """Reads and writes rule documents by profile. Blocks on the disk; one thread at a time."""

    def __init__(self, path: Path, settings: Settings, on_notice: Callable[[Notice], None]) -> None:
        """Take the main file and the settings: they name the rules that a new install has."""
        self._path = path
        self._folder = path.with_suffix("")
        self._settings = settings
        self._on_notice = on_notice
        self._folder_ns = 0
        self.current = MAIN
        self._file = self._document(MAIN)

    def load(self) -> RuleDocument:
        """Return the rules of the profile that ran last; of the main one if that is gone."""
        name = _read_name(self._folder / _CURRENT)
        self._use(name if name and self._path_of(name).exists() else MAIN)
        return self._file.load()

    def reload(self) -> RuleDocument | None:
        """Return the present profile as the disk has it now; None while somebody writes it."""
        return self._file.reload()

    def changed_outside(self) -> bool:
        """Say whether somebody else wrote the present profile's file."""
        return self._file.changed_outside()

    @property
    def is_newer(self) -> bool:
        """Whether a newer program wrote the file; it is then never written."""
        return self._file.is_newer

    def save(self, document: RuleDocument) -> str:
        """Write the present profile; raises SaveError.

        Returns where another version is kept that somebody wrote meanwhile, "" if nobody did.
        """
        kept = ""
        if self._file.changed_outside() and self._file.path.exists():
            try:
                kept = set_aside(self._file.path, f"edited-{time_stamp()}").name
            except OSError as error:
                log.info("%s could not be kept aside: %s", self._file.path.name, error)
        self._file.save(document)
        return kept

    # ------------------------------------------------------------ profiles

    def names(self) -> tuple[str, ...]:
        """Return all profiles, the main one first, then by name."""
        try:
            found = [one.stem for one in self._folder.glob("*.json") if one.stem[0] != "."]
        except OSError:
            found = []
        return (MAIN, *sorted((one for one in found if not _same(one, MAIN)), key=str.casefold))

    def folder_changed(self) -> bool:
        """Say whether files came or went since this was last asked."""
        try:
            changed_ns = self._folder.stat().st_mtime_ns
        except OSError:
            changed_ns = 0
        before, self._folder_ns = self._folder_ns, changed_ns
        return changed_ns != before

    def known(self, name: str) -> str:
        """Return a profile's name as it is written; raises ProfileRefusedError("not_found")."""
        for one in self.names():
            if _same(one, name):
                return one
        raise ProfileRefusedError("not_found")

    def read(self, name: str) -> RuleDocument:
        """Return the rules of another profile; what does not fit is told."""
        return self._document(self.known(name)).load()

    def switch(self, name: str) -> RuleDocument:
        """Make a profile the present one, for the next start too, and return its rules."""
        self._use(self.known(name))
        document = self._file.load()
        try:
            text = json.dumps({"current": self.current}, ensure_ascii=False)
            write_whole(self._folder / _CURRENT, text.encode())
        except OSError as error:
            log.info("the choice of profile could not be saved: %s", error)
        return document

    def add(self, name: str, document: RuleDocument) -> str:
        """Write a new profile and return its name; raises ProfileRefusedError, SaveError."""
        name = self._fresh_name(name)
        if len(self.names()) >= MAX_PROFILES:
            raise ProfileRefusedError("too_many")
        self._document(name).save(document)
        return name

    def rename(self, name: str, to: str) -> str:
        """Give a profile another name; raises ProfileRefusedError, OSError."""
        name = self.known(name)
        if name == MAIN:
            raise ProfileRefusedError("main_profile")
        to = _checked(to) if _same(name, to) else self._fresh_name(to)
        self._path_of(name).replace(self._path_of(to))
        if name == self.current:
            self.switch(to)
        return to

    def drop(self, name: str) -> None:
        """Put a profile's file among the backups; raises ProfileRefusedError, OSError."""
        name = self.known(name)
        if name == MAIN:
            raise ProfileRefusedError("main_profile")
        if name == self.current:
            raise ProfileRefusedError("in_use")
        backups = self._folder / "backups"
        backups.mkdir(exist_ok=True)
        self._path_of(name).replace(backups / f"{name}.dropped-{time_stamp()}.json")

    # ------------------------------------------------------------ inside

    def _fresh_name(self, name: str) -> str:
        name = _checked(name)
        if any(_same(one, name) for one in self.names()):
            raise ProfileRefusedError("name_taken")
        return name

    def _use(self, name: str) -> None:
        self.current, self._file = name, self._document(name)

    def _path_of(self, name: str) -> Path:
        return self._path if name == MAIN else self._folder / f"{name}.json"

    def _document(self, name: str) -> Document[RuleDocument]:
        fresh = self._starter_rules if name == MAIN else RuleDocument
        form = Format(
            document_of.VERSION,
            document_of.from_content,
            document_of.to_content,
            fresh,
            document_of.UPGRADES,
            RuleText().text,
        )
        return Document(self._path_of(name), form, self._on_notice)

    def _starter_rules(self) -> RuleDocument:
        return starter_rules(self._settings.values.language)


def starter_rules(setting: str) -> RuleDocument:
    """Return the rules that a new install begins with, named as the language setting says."""
    folder = paths.resources() / "rules"
    document = document_of.load((folder / "starter.json").read_text(encoding="utf-8"))
    names = json.loads((folder / "starter_names.json").read_text(encoding="utf-8"))
    named = names.get(language_of(setting), {})
    rules = tuple(
        rule.model_copy(update={"name": named.get(rule.id, rule.name)})
        for rule in document.rules.rules
    )
    return replace(document, rules=document.rules.model_copy(update={"rules": rules}))


def _read_name(path: Path) -> str:
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        return _checked(str(content["current"]))
    except (OSError, ValueError, KeyError, TypeError, ProfileRefusedError):
        return ""


def _checked(name: str) -> str:
    """Return a name that every file system takes; raises ProfileRefusedError("bad_name")."""
    # One spelling of letters with marks, so that a name typed anywhere finds its file.
    name = unicodedata.normalize("NFC", name.strip())
    odd = any(sign in _NOT_IN_NAMES or not sign.isprintable() for sign in name)
    reserved = name.split(".")[0].casefold() in _RESERVED
    if not name or len(name) > _MAX_NAME or odd or reserved or name[0] == "." or name[-1] == ".":
        raise ProfileRefusedError("bad_name")
    return name


def _same(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()
