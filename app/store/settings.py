"""The settings as they hold: from the file, under those of the environment, changed one by one.

One rule: what does not fit is left out and told; what a newer program wrote is kept as it is.
"""

from __future__ import annotations

import enum
import json
import os
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from app.core.notices import Level, Notice, NoticeCode
from app.store import upgrades
from app.store.documents import Document, Format
from app.store.values import KEYS, SECRET_KEYS, Values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from app.store.upgrades import Content

VERSION = 1
ENV_PREFIX = "GIFTWIRE_"


class Origin(enum.StrEnum):
    """Where the value of a setting comes from."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"


class SettingError(Exception):
    """A setting was not changed; `notice` says why."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.code.value)
        self.notice = notice


class Settings:
    """The settings in the file at `path` (None: this run only), under those of the environment.

    For one thread, but for `save`. Fields of a newer program are kept as they are.
    """

    def __init__(
        self,
        path: Path | None,
        on_notice: Callable[[Notice], None],
        *,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self._on_notice = on_notice
        self._environ = os.environ if environ is None else environ
        form: Format[Content] = Format(VERSION, dict, dict, dict, upgrades.SETTINGS)
        self._document = None if path is None else Document(path, form, on_notice)
        self._file: Content = {}
        self._fixed: Content = {}
        self._values = Values()
        self._listeners: list[Callable[[frozenset[str]], None]] = []

    @property
    def values(self) -> Values:
        """All settings as they hold now."""
        return self._values

    def load(self) -> Values:
        """Read the file and the environment; what does not fit is left out, with a notice."""
        self._file = {} if self._document is None else self._document.load()
        self._fixed = self._from_environment()
        self._apply()
        return self._values

    def reload_if_changed(self) -> bool:
        """Read the file again if somebody else wrote it; True if a setting changed."""
        if self._document is None or not self._document.changed_outside():
            return False
        before = self._values
        self.load()
        return self._values != before

    def change(self, key: str, value: object) -> Values:
        """Let a setting hold from now on; `save` puts it on the disk. Raises SettingError."""
        if key not in KEYS:
            raise SettingError(_notice(NoticeCode.SETTING_UNKNOWN, key))
        if key in self._fixed:
            raise SettingError(_notice(NoticeCode.SETTING_FIXED, key))
        try:
            checked = Values.model_validate({**self._values.model_dump(), key: value})
        except ValidationError as error:
            raise SettingError(_notice(NoticeCode.SETTING_WRONG, key)) from error
        self._file = {**self._file, key: checked.model_dump(mode="json")[key]}
        self._apply()
        return self._values

    def save(self) -> None:
        """Write the file; blocks, so call it in a thread. Raises SaveError."""
        if self._document is not None:
            self._document.save(self._file)

    def origin(self, key: str) -> Origin:
        """Say where a setting's value comes from."""
        if key in self._fixed:
            return Origin.ENVIRONMENT
        return Origin.FILE if key in self._file else Origin.DEFAULT

    def view(self) -> dict[str, Any]:
        """Return all settings as plain values for a message; a secret is only "set" or empty."""
        view = self._values.model_dump(mode="json")
        return view | {key: "set" if view[key] else "" for key in SECRET_KEYS}

    def subscribe(self, on_change: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call `on_change` with the keys that changed, after they did; returns the way out."""
        self._listeners.append(on_change)

        def unsubscribe() -> None:
            if on_change in self._listeners:
                self._listeners.remove(on_change)

        return unsubscribe

    def _apply(self) -> None:
        before = self._values
        self._values = self._checked({**self._file, **self._fixed})
        changed = frozenset(
            key for key in KEYS if getattr(before, key) != getattr(self._values, key)
        )
        if changed:
            for listener in tuple(self._listeners):
                listener(changed)

    def _checked(self, content: Content) -> Values:
        try:
            return Values.model_validate(content)
        except ValidationError as error:
            wrong = {str(item["loc"][0]) for item in error.errors() if item["loc"]}
        for key in sorted(wrong):
            self._on_notice(_notice(NoticeCode.SETTING_IGNORED, key))
        return Values.model_validate({k: v for k, v in content.items() if k not in wrong})

    def _from_environment(self) -> Content:
        fixed: Content = {}
        for key in KEYS:
            text = self._environ.get(ENV_PREFIX + key.upper())
            if text is None or key in SECRET_KEYS:
                continue
            for value in (text, _as_json(text)):
                try:
                    fixed[key] = getattr(Values.model_validate({key: value}), key)
                    break
                except ValidationError:
                    continue
            else:
                self._on_notice(_notice(NoticeCode.SETTING_IGNORED, key))
        return fixed


def _notice(code: NoticeCode, key: str) -> Notice:
    values = {"key": key, "variable": ENV_PREFIX + key.upper()}
    return Notice(f"setting.{key}", Level.WARNING, code, values)


def _as_json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text
