"""A consent holds for the device it was typed for, on the computer it was typed at, until taken back."""

from __future__ import annotations

import dataclasses

import pytest

from app.core.catalog import Catalog
from app.devices.config import DeviceConfig
from app.gateway.consents import Consents
from app.store.db import Database
from app.store.kept import Kept
from drivers.contract import Limits
from tests.app.devices.rig import Rig
from tests.app.devices.test_consent import Collar

COLLAR = DeviceConfig("c", "Collar", "collar", {}, limits={"shock": Limits(max_level=0.1)})


class Keyring:
    """Where this computer keeps passwords."""

    def __init__(self):
        self.texts = {}

    async def get(self, name):
        return self.texts.get(name, "")

    async def put(self, name, value):
        self.texts[name] = value


@pytest.fixture
def keyring():
    return Keyring()


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path / "journal.db", lambda _: None)
    made.open()
    yield made
    made.close(3.0)


@pytest.fixture
async def hub():
    rig = Rig(Catalog(found={"collar": Collar}))
    await rig.hub.start([COLLAR])
    await rig.online("c")
    yield rig.hub
    await rig.hub.stop()


async def typed(hub, database, keyring):
    book = Consents(database)
    await book.load([COLLAR], keyring)
    hub.consent("c", 7)
    await book.keep(hub, "c")
    assert await Kept(database, "consent").settled()
    return book


async def loaded(database, keyring, config=COLLAR):
    (found,) = await Consents(database).load([config], keyring)
    return found


async def test_it_holds_after_a_restart_under_its_limits(hub, database, keyring):
    await typed(hub, database, keyring)
    found = await loaded(database, keyring, dataclasses.replace(COLLAR, limits={}))
    assert found.consent_ms == 7
    assert found.limits["shock"].max_level == 0.1


@pytest.mark.parametrize(
    "changed",
    [
        {"driver": "openshock"},
        {"settings": {"port": "COM7"}},
        {"id": "other"},
    ],
)
async def test_it_is_not_for_what_was_put_in_the_devices_place_by_hand(
    hub, database, keyring, changed
):
    await typed(hub, database, keyring)
    config = dataclasses.replace(COLLAR, **changed)
    if "id" in changed:
        kept = await Kept(database, "consent").all()
        Kept(database, "consent").put("other", kept["c"])
        assert await Kept(database, "consent").settled()
    assert (await loaded(database, keyring, config)).consent_ms is None


async def test_files_that_were_copied_to_another_computer_carry_none(hub, database, keyring):
    await typed(hub, database, keyring)
    assert (await loaded(database, Keyring())).consent_ms is None


@pytest.mark.parametrize(
    "written",
    [
        {"at_ms": 1},
        {"at_ms": 1, "limits": {}, "what": "", "seal": ""},
        {"at_ms": "7", "seal": None, "limits": []},
    ],
)
async def test_what_somebody_wrote_into_the_journal_is_none(database, keyring, written):
    Kept(database, "consent").put("c", written)
    assert await Kept(database, "consent").settled()
    assert (await loaded(database, keyring)).consent_ms is None
    await keyring.put("consent", "k")
    assert (await loaded(database, keyring)).consent_ms is None


async def test_limits_that_were_raised_in_the_journal_are_no_consent(hub, database, keyring):
    await typed(hub, database, keyring)
    kept = (await Kept(database, "consent").all())["c"]
    Kept(database, "consent").put("c", {**kept, "limits": {}})
    assert await Kept(database, "consent").settled()
    assert (await loaded(database, keyring)).consent_ms is None


async def test_a_backup_does_not_bring_back_what_was_taken_back(hub, database, keyring):
    book = await typed(hub, database, keyring)
    backup = (await Kept(database, "consent").all())["c"]
    hub.consent("c", None)
    await book.keep(hub, "c")
    Kept(database, "consent").put("c", backup)
    assert await Kept(database, "consent").settled()
    assert (await loaded(database, keyring)).consent_ms is None


async def test_taking_one_back_leaves_the_others(hub, database, keyring):
    book = await typed(hub, database, keyring)
    other = dataclasses.replace(COLLAR, id="d")
    hub.add_config(other)
    hub.consent("d", 8)
    await book.keep(hub, "d")
    await book.forget("c")
    assert await Kept(database, "consent").settled()
    found = await Consents(database).load([COLLAR, other], keyring)
    assert [one.consent_ms for one in found] == [None, 8]
