"""What could be added as a device: every driver is asked what it sees, and every known broker.

One rule: a driver that fails or hangs costs its own answers only; what is found holds no secret.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from app.devices import keys
from drivers.contract import DriverError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from app.devices.config import DeviceConfig
    from drivers.contract import Driver, Found

log = logging.getLogger(__name__)

DISCOVER_S = 5.0
# Who we are at a broker does not make it another one.
_LOGIN: Final = frozenset({"user", "password", "tls", "any_certificate"})


@dataclass(frozen=True, slots=True)
class KnownBroker:
    """An MQTT broker we may ask. `settings` go into a device's form; `whole` opens it.

    `name` is told beside what is found there; "" for our own.
    """

    settings: Mapping[str, Any]
    whole: Mapping[str, Any] = field(repr=False)
    name: str = ""


async def no_brokers() -> Collection[KnownBroker]:
    """Know no brokers."""
    return ()


async def look_around(
    drivers: Collection[type[Driver]],
    added: Collection[DeviceConfig],
    brokers: Collection[KnownBroker] = (),
) -> tuple[Found, ...]:
    """List what could be added, real things first, what is in `added` already left out."""
    classes = sorted(drivers, key=lambda one: one.simulated)
    behind = [one for one in classes if keys.asks_for_broker(one)] if brokers else []
    pairs = list(itertools.product(behind, brokers))
    answers = await asyncio.gather(
        *(_ask_at(one, broker) for one, broker in pairs),
        *(asyncio.wait_for(one.discover(), DISCOVER_S) for one in classes),
        return_exceptions=True,
    )
    asked = [*(one for one, _ in pairs), *classes]
    by_key = {one.key: one for one in classes}
    found: list[Found] = []
    for one, answer in zip(asked, answers, strict=True):
        if isinstance(answer, BaseException):
            log.warning("driver %s: looking for devices failed: %r", one.key, answer)
            continue
        found += [thing for thing in answer if one.simulated or not _is_added(thing, added, by_key)]
    found.sort(key=lambda thing: by_key[thing.driver].simulated)
    return tuple(_once(found))


async def _ask_at(driver: type[Driver], broker: KnownBroker) -> tuple[Found, ...]:
    """Ask what a broker tells of one family; a broker that is away tells nothing."""
    try:
        found = await asyncio.wait_for(driver.discover_at(broker.whole), DISCOVER_S)
    except (DriverError, TimeoutError) as error:
        log.info("no look at the broker %s: %r", broker.name or "of our own", error)
        return ()
    return tuple(
        replace(
            one,
            detail=" · ".join(filter(None, (one.detail, broker.name))),
            settings={**broker.settings, **one.settings},
        )
        for one in found
    )


def _once(found: list[Found]) -> Iterator[Found]:
    """Leave out what the same broker told us as somebody else."""
    known: set[tuple[str, str]] = set()
    for thing in found:
        where = {name: one for name, one in thing.settings.items() if name not in _LOGIN}
        if "host" not in where:
            yield thing
        elif (key := (thing.driver, repr(sorted(where.items())))) not in known:
            known.add(key)
            yield thing


def _is_added(
    thing: Found, added: Collection[DeviceConfig], drivers: Mapping[str, type[Driver]]
) -> bool:
    own = [one for one in added if one.driver == thing.driver]
    if not own:
        return False
    kind = drivers[thing.driver]
    usual = {name: one.default for name, one in kind.Settings.model_fields.items()}
    left_out = _LOGIN if keys.asks_for_broker(kind) else frozenset()
    if left_out and not thing.settings.get("host"):
        # Our own broker: its port is nobody's setting.
        left_out = left_out | {"port"}
    wanted = {name: one for name, one in thing.settings.items() if name not in left_out}
    return any(
        all(config.settings.get(name, usual.get(name)) == one for name, one in wanted.items())
        for config in own
    )
