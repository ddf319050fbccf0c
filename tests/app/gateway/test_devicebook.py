"""What the hub has is what is saved; a new device gets the usual limits, whenever it comes."""

import asyncio
import dataclasses
import json

import pytest

from app.devices.config import DeviceConfig
from app.gateway.devicebook import DeviceBook, practice_devices
from app.store.db import Database
from app.store.documents import SaveError
from app.store.settings import Settings
from drivers.contract import Kind, Limits
from tests.app.devices.rig import Rig


@pytest.fixture
def notices():
    return []


@pytest.fixture
def settings(profile, notices):
    profile.mkdir()
    made = Settings(profile / "settings.json", notices.append)
    made.load()
    return made


@pytest.fixture
def database():
    made = Database(None, lambda _: None)
    made.open()
    yield made
    made.close(3.0)


@pytest.fixture
def book(profile, settings, notices, database):
    return DeviceBook(profile / "devices.json", settings, notices.append, database)


async def until(look):
    async with asyncio.timeout(10):
        while not (found := look()):  # noqa: ASYNC110 - the hub tells nobody here
            await asyncio.sleep(0.01)
    return found


@pytest.fixture
async def hub():
    made = Rig().hub
    yield made
    await made.stop()


async def test_devices_come_back_as_they_were_saved(book, hub):
    motor = DeviceConfig(
        "m", "Motor", "simulated", {"machine": "motor"}, "motor", {"motor": Limits(max_rpm=50)}
    )
    await hub.start([motor])
    await until(lambda: hub.capabilities("m"))
    await book.save(hub)
    (loaded,) = book.load()
    assert loaded == dataclasses.replace(motor, known=hub.capabilities("m"))
    assert [one.kind for one in loaded.known] == [Kind.MOTOR]


async def test_what_a_device_can_do_is_saved_when_it_is_new_and_not_again(book, hub):
    await hub.start([DeviceConfig("m", "M", "simulated", {"machine": "motor"})])
    await book.save(hub)
    book.load()
    await until(lambda: book.learn(hub, "m"))
    assert not book.learn(hub, "m")
    await book.save(hub)
    (loaded,) = book.load()
    assert loaded.known == hub.capabilities("m")
    assert not book.learn(hub, "m")
    await hub.remove("m")
    assert not book.learn(hub, "m")


async def test_practice_devices_of_a_demo_are_not_kept_by_themselves(book, hub):
    book.load()
    await hub.start(practice_devices())
    await until(lambda: hub.capabilities("practice-motor"))
    assert not book.learn(hub, "practice-motor")


async def test_an_output_of_a_kind_nobody_knows_is_left_out(book, hub, profile):
    await hub.start([DeviceConfig("m", "M", "simulated", {"machine": "motor"})])
    await until(lambda: hub.capabilities("m"))
    await book.save(hub)
    path = profile / "devices.json"
    content = json.loads(path.read_text())
    content["devices"][0]["capabilities"][0]["kind"] = "warp drive"
    path.write_text(json.dumps(content))
    assert book.load()[0].known == ()


async def test_an_unlimited_number_is_not_written(book, hub, profile):
    await hub.start(
        [DeviceConfig("m", "M", "simulated", {"machine": "motor"}, "", {"motor": Limits()})]
    )
    await book.save(hub)
    (saved,) = json.loads((profile / "devices.json").read_text())["devices"]
    assert saved["limits"] == {"motor": {}}


async def test_a_new_device_gets_the_usual_limits_once_it_tells_what_it_can_do(book, hub, settings):
    settings.change("default_max_rpm", 42)
    await hub.start([])
    config = hub.add("simulated", "Motor", {"machine": "motor"})
    assert not book.limit_new(hub, config.id)
    book.note_new(config.id)
    await until(lambda: book.limit_new(hub, config.id))
    assert not book.limit_new(hub, config.id)
    (config,) = hub.configs
    assert config.limits["motor"].max_rpm == 42


async def test_a_device_that_was_gone_before_it_told_is_limited_after_a_restart(book, hub):
    await hub.start([DeviceConfig("m", "M", "simulated", {"machine": "motor"})])
    await book.save(hub)
    (config,) = book.load()
    await until(lambda: book.limit_new(hub, config.id))
    assert hub.configs[0].limits


async def test_limits_that_were_set_are_left_alone_after_a_restart(book, hub):
    own = {"motor": Limits(max_rpm=7)}
    await hub.start([DeviceConfig("m", "M", "simulated", {"machine": "motor"}, "", own)])
    await book.save(hub)
    book.load()
    await until(lambda: hub.device("m").capabilities)
    assert not book.limit_new(hub, "m")
    assert hub.configs[0].limits == own


async def test_of_many_saves_at_once_the_last_list_stays(book, hub, profile):
    await hub.start([])
    saves = []
    for number in range(20):
        hub.add("simulated", f"Relay {number}", {"machine": "relay"})
        saves.append(book.save(hub))
    await asyncio.gather(*saves)
    assert [one.name for one in book.load()] == [f"Relay {number}" for number in range(20)]


async def test_what_cannot_be_saved_still_works(tmp_path, settings, hub, notices, database):
    (tmp_path / "file").write_text("")
    book = DeviceBook(tmp_path / "file" / "devices.json", settings, notices.append, database)
    assert book.load() == ()
    await hub.start(practice_devices())
    with pytest.raises(SaveError):
        await book.save(hub)
    assert len(hub.devices()) == 4


def test_practice_has_one_device_for_each_kind_of_rule():
    assert [one.role for one in practice_devices()] == ["motor", "light", "relay", "effect"]


def test_practice_devices_are_named_in_the_language_of_the_profile_and_have_the_same_ids():
    en, vi = practice_devices("en"), practice_devices("vi")
    assert [one.id for one in en] == [one.id for one in vi]
    assert [one.name for one in vi] == ["Động cơ", "Đèn", "Rơ-le", "Hiệu ứng"]
    assert practice_devices("system") in (en, vi)
