"""Passwords and keys in a device's settings: their names in files, their text for the driver only.

One rule: outside the driver a secret is {"secret": its name}, and its text is in no view or log.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Protocol

from pydantic import ValidationError

from app.devices.setting_words import sentence
from app.redaction import hide
from drivers.contract import N_, Cause, DriverError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from drivers.contract import AtBroker, Driver, DriverEvents

NAMED: Final = "secret"
_BROKER: Final = "host"
_NOT_KEPT: Final = N_(
    "This computer does not give out the password we keep for this device. Unlock its keyring, "
    "or open the device and type it again."
)


class Opener(Protocol):
    """Who knows what settings leave out: secrets, and the way to our own broker."""

    async def secret(self, name: str) -> str:
        """Return the text of a secret; "" if it cannot be read now."""

    async def own_broker(self) -> Mapping[str, Any]:
        """Return host, port, user and password for our own broker; raises DriverError."""


async def no_secret(name: str) -> str:
    """Know no secrets."""
    del name
    return ""


async def no_broker() -> Mapping[str, Any]:
    """Have no broker."""
    raise DriverError(Cause.BROKER_OFF)


def asks_for_broker(driver: type[Driver]) -> bool:
    """Say whether devices of this family are behind a broker."""
    field = driver.Settings.model_json_schema().get("properties", {}).get(_BROKER, {})
    return field.get("broker") is True


def at_own_broker(driver: type[Driver], settings: Mapping[str, Any]) -> bool:
    """Say whether a device is to use our own broker: it needs one, and none is named."""
    return not settings.get(_BROKER) and asks_for_broker(driver)


def login_of(driver: type[Driver], settings: Mapping[str, Any]) -> AtBroker | None:
    """Return how a device logs in at our own broker; None if it does not, or its settings fail."""
    if not at_own_broker(driver, settings):
        return None
    try:
        return driver.settings_for(**settings).at_broker()
    except ValidationError:
        return None


def secret_fields(driver: type[Driver]) -> frozenset[str]:
    """Return the names of the settings that are secrets."""
    properties = driver.Settings.model_json_schema().get("properties", {})
    return frozenset(name for name, schema in properties.items() if _is_secret(schema))


def _is_secret(schema: Mapping[str, Any]) -> bool:
    return any(one.get(NAMED) is True for one in (schema, *schema.get("anyOf", ())))


def name_of(device_id: str, field: str) -> str:
    """Return the name under which a device's secret is kept."""
    return f"device/{device_id}/{field}"


def is_named(value: object) -> bool:
    """Say whether a setting is the name of a secret, and not its text."""
    return isinstance(value, dict) and set(value) == {NAMED}


def sealed(
    driver: type[Driver], device_id: str, settings: Mapping[str, Any], kept: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return settings fit for a file, and the secrets to be kept, by name ("": forget it).

    `kept` are the device's present settings: a secret that is left out, or whose name came back
    instead of its text, stays. Names of other devices' secrets are not taken.
    """
    open_ones, texts = dict(settings), dict[str, str]()
    for field in secret_fields(driver):
        name, before = name_of(device_id, field), kept.get(field)
        given = open_ones.pop(field, None)
        if given is None or is_named(given):
            if is_named(before):
                open_ones[field] = before
            continue
        texts[name] = str(given)
        if given:
            open_ones[field] = {NAMED: name}
    return open_ones, texts


def shown(driver: type[Driver] | None, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings without anything secret, for a face; all of it if nothing tells what is."""
    hidden = secret_fields(driver) if driver is not None else frozenset()
    return {
        field: value
        for field, value in settings.items()
        if field not in hidden and not is_named(value)
    }


async def unsealed(
    settings: Mapping[str, Any], secret: Callable[[str], Awaitable[str]]
) -> dict[str, Any]:
    """Return settings with every secret's text; raises DriverError if one cannot be read now."""
    opened = dict(settings)
    for field, value in settings.items():
        if is_named(value):
            opened[field] = text = await secret(str(value[NAMED]))
            if not text:
                raise DriverError(Cause.NO_PERMISSION, field, say=_NOT_KEPT)
            hide(text)
    return opened


def check(driver: type[Driver], settings: Mapping[str, Any]) -> None:
    """Raise BadSettingsError if a driver refuses its settings; only named secrets are not seen."""
    named = {field for field, value in settings.items() if is_named(value)}
    try:
        driver.settings_for(**settings)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        wrong = [one for one in faults if not (one["loc"] and one["loc"][0] in named)]
        if wrong:
            fault = wrong[0]
            values = fault.get("ctx", {})
            own = sentence(fault["type"], values)
            raise BadSettingsError(fault["loc"], fault["msg"], values, own) from None


async def made(
    driver: type[Driver],
    settings: Mapping[str, Any],
    events: DriverEvents,
    opener: Opener,
) -> Driver:
    """Return a driver that is not open yet; raises DriverError."""
    if at_own_broker(driver, settings):
        settings = {**settings, **await opener.own_broker()}
    whole = await unsealed(settings, opener.secret)
    for field in secret_fields(driver):
        # One that is only tried out was never kept under a name.
        hide(str(whole.get(field, "")))
    try:
        check(driver, whole)
    except BadSettingsError as error:
        raise DriverError(Cause.BAD_CONFIG, str(error)) from None
    return driver(driver.settings_for(**whole), events)


class BadSettingsError(ValueError):
    """A driver refuses its settings: which field, and why, without what was written in it."""

    def __init__(
        self,
        where: tuple[int | str, ...],
        problem: str,
        values: Mapping[str, object] | None = None,
        source: str = "",
    ) -> None:
        """`values` stand in the problem; `source` is the sentence as faces translate it.

        Without one, the sentence is found again in the problem.
        """
        self.field = ".".join(str(part) for part in where)
        self.problem = problem
        self.values = {name: str(one) for name, one in (values or {}).items() if str(one)}
        self.source = source or self._in_problem()
        super().__init__(f"{self.field}: {problem}" if self.field else problem)

    def _in_problem(self) -> str:
        found = self.problem.replace("{", "{{").replace("}", "}}")
        for name, text in self.values.items():
            whole_word = rf"(?<!\w){re.escape(text)}(?!\w)"
            found = re.sub(whole_word, f"{{{name}}}", found)
        return found
