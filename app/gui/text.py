"""Language: translating, plurals, numbers and times. Rule: whole sentences with named slots."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QTranslator

from drivers.contract import Said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONTEXT: Final = "giftwire"
LANGUAGES: Final[dict[str, str]] = {"en": "English", "vi": "Tiếng Việt"}

_MINUTE_S: Final = 60
_HOUR_S: Final = 3600
_TENTH_S: Final = 0.1
# Below this, tenths of a second are worth reading.
_FINE_BELOW_S: Final = 10


def tr(source: str, **values: object) -> str:
    """Translate an English sentence and fill its `{slots}`."""
    text = QCoreApplication.translate(CONTEXT, source) if source else ""
    return text.format_map(values) if values else text


def trn(source: str, n: int, **values: object) -> str:
    """Translate a sentence that counts: `%Ln` becomes the number, with the right plural form."""
    text = QCoreApplication.translate(CONTEXT, source, None, n)
    return text.format_map(values) if values else text


def as_tip(text: str) -> str:
    """Return a text for a tooltip that shows it as it is: tags in it would be obeyed."""
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>' if "<" in text else text


def untagged(text: str) -> str:
    """Return a text for notifications: some desktops obey tags in them, and say so nowhere."""
    return text.replace("<", "‹").replace(">", "›")


class _Slots(dict[str, object]):
    """Values for the slots of a sentence; one that is missing shows as three dots."""

    def __missing__(self, name: str) -> str:
        return "…"


def fill(source: str, values: Mapping[str, object]) -> str:
    """Translate a sentence whose values come from the core; a missing one is no error."""
    return tr(source).format_map(_Slots(values))


def said(source: str, values: Mapping[str, str]) -> str:
    """Translate what a driver said; a sentence of a driver from elsewhere may hold odd braces."""
    return str(Said(tr(source), tuple(values.items())))


def number(value: float, digits: int = 0) -> str:
    """Write a number the way the chosen language does; trailing zeros are left out."""
    text = QLocale().toString(float(value), "f", digits)
    point = QLocale().decimalPoint()
    return text.rstrip("0").removesuffix(point) if digits and point in text else text


def clock(at_ms: int) -> str:
    """Write the local time of day of an UTC epoch time in ms, 24 h with seconds."""
    return QDateTime.fromMSecsSinceEpoch(at_ms).toString("HH:mm:ss")


def clock_short(at_ms: int) -> str:
    """Write the local time of day in hours and minutes."""
    return QDateTime.fromMSecsSinceEpoch(at_ms).toString("HH:mm")


def moment(at_ms: int) -> str:
    """Write when something was: the time alone today, else the day before it."""
    at = QDateTime.fromMSecsSinceEpoch(at_ms)
    if at.date() == QDateTime.currentDateTime().date():
        return at.toString("HH:mm:ss")
    day = QLocale().toString(at.date(), QLocale.FormatType.ShortFormat)
    return f"{day} {at.toString('HH:mm')}"


def seconds(value_s: float) -> str:
    """Write a length of time: ms below a tenth, tenths below ten seconds, then whole seconds."""
    if 0 < value_s < _TENTH_S:
        return tr("{n} ms", n=number(max(1.0, value_s * 1000)))
    return tr("{n} s", n=number(value_s, 1 if value_s < _FINE_BELOW_S else 0))


def span(total_s: float) -> str:
    """Write a length of time in the two largest units that matter."""
    whole = int(total_s)
    if whole < _MINUTE_S:
        return tr("{n} s", n=whole)
    if whole < _HOUR_S:
        return tr("{n} min", n=whole // _MINUTE_S)
    return tr("{h} h {m} min", h=whole // _HOUR_S, m=whole % _HOUR_S // _MINUTE_S)


def language_code() -> Literal["en", "vi"]:
    """Return the language in force."""
    return "vi" if QLocale().language() == QLocale.Language.Vietnamese else "en"


class Language:
    """The catalogue in force. Choosing one sends LanguageChange to every widget."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = "en"
        self._translator: QTranslator | None = None
        # Qt neither copies nor keeps these; they outlive the translator that reads them.
        self._catalogue = b""

    def choose(self, code: str) -> None:
        """Switch at once; "system" follows the computer, an unknown code means English."""
        code = system_language() if code == "system" else code
        self.code = code if code in LANGUAGES else "en"
        territory = QLocale.Country.Vietnam if self.code == "vi" else QLocale.Country.UnitedStates
        language = QLocale.Language.Vietnamese if self.code == "vi" else QLocale.Language.English
        QLocale.setDefault(QLocale(language, territory))
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
        self._translator = QTranslator()
        # Given a name, Qt maps the file: it crashes when an update rewrites it under us.
        self._catalogue = self._read()
        if self._catalogue and self._translator.load(self._catalogue):
            QCoreApplication.installTranslator(self._translator)

    def _read(self) -> bytes:
        try:
            return (self.folder / f"giftwire_{self.code}.qm").read_bytes()
        except OSError:
            return b""


def system_language() -> str:
    """Return the language the system asks for, if we have it."""
    wanted = QLocale.system().name().split("_")[0]
    return wanted if wanted in LANGUAGES else "en"
