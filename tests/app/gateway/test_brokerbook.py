"""The accounts of our broker and a keyring that is locked for a while."""

import asyncio

import pytest

from app.broker.own_broker import OwnBroker
from app.core.catalog import Catalog
from app.devices.config import DeviceConfig
from app.gateway.brokerbook import MOST_PROGRAMS, BrokerBook
from app.gateway.refusal import RefusedError
from app.store.documents import SaveError
from app.store.secrets import Secrets
from drivers.contract import Cause, DriverError
from drivers.mqtt_tasmota import MqttTasmota
from tests.app.devices.rig import Rig
from tests.app.store.test_secrets import MemoryKeyring
from tests.ports import free_port


class Door(MemoryKeyring):
    """A keyring with a lock; it counts how often it was asked."""

    locked = False
    asked = 0

    def get_password(self, service, username):
        type(self).asked += 1
        if self.locked:
            raise RuntimeError("locked")
        return super().get_password(service, username)


@pytest.fixture
def keyring():
    Door.asked = 0
    return Door()


@pytest.fixture
async def hub():
    rig = Rig(Catalog(found={"mqtt_tasmota": MqttTasmota}))
    await rig.hub.start([DeviceConfig("d", "Plug", "mqtt_tasmota", {"topic": "plug"})])
    yield rig.hub
    await rig.hub.stop()


def book_of(path, hub, keyring):
    secrets = Secrets("p", None, lambda _: None, environ={}, backend=lambda: keyring)
    book = BrokerBook(path / "broker.json", hub, secrets, lambda _: None, OwnBroker)
    book.load()
    return book, secrets


async def test_a_password_is_in_the_keyring_and_outlives_the_program(tmp_path, hub, keyring):
    book, _ = book_of(tmp_path, hub, keyring)
    await book.fit()
    password = await book.password("plug")
    again, _ = book_of(tmp_path, hub, keyring)
    await again.fit()
    assert await again.password("plug") == password
    assert [one.name for one in again.saved.accounts] == ["plug"]


async def test_what_cannot_be_read_now_is_not_thrown_away(tmp_path, hub, keyring):
    book, _ = book_of(tmp_path, hub, keyring)
    await book.fit()
    password = await book.password("plug")
    again, secrets = book_of(tmp_path, hub, keyring)
    keyring.locked = True
    await again.fit()
    asked = Door.asked
    with pytest.raises(RefusedError) as refused:
        await again.password("plug")
    assert refused.value.code == "keyring_locked"
    # Its owner is not asked for a password with every change.
    await again.fit()
    assert Door.asked == asked
    keyring.locked = False
    await secrets.ask_again()
    await again.fit()
    assert await again.password("plug") == password


async def test_while_it_is_off_there_is_no_way_in(tmp_path, hub, keyring):
    book, _ = book_of(tmp_path, hub, keyring)
    with pytest.raises(DriverError) as caught:
        await book.address()
    assert caught.value.cause is Cause.BROKER_OFF
    assert book.way() is None


async def test_what_cannot_be_saved_holds_all_the_same_and_is_said(tmp_path, hub, keyring):
    (tmp_path / "broker.json").mkdir()
    book, _ = book_of(tmp_path, hub, keyring)
    try:
        with pytest.raises(SaveError):
            await book.change(on=True, port=free_port())
        assert (await book.address(20.0))["host"] == "127.0.0.1"
    finally:
        await book.stop()


async def test_programs_that_come_at_once_get_names_of_their_own(tmp_path, hub, keyring):
    book, _ = book_of(tmp_path, hub, keyring)
    made = await asyncio.gather(*(book.let_in("Node-RED") for _ in range(3)))
    assert [one.name for one in made] == ["node-red", "node-red-2", "node-red-3"]
    for number in range(MOST_PROGRAMS - 3):
        await book.let_in(f"p{number}")
    with pytest.raises(RefusedError) as refused:
        await book.let_in("one more")
    assert refused.value.code == "too_many"
