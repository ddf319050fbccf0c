"""The accounts of our broker and a keyring that is locked for a while."""

import pytest

from app.broker.own_broker import OwnBroker
from app.core.catalog import Catalog
from app.devices.config import DeviceConfig
from app.gateway.brokerbook import BrokerBook
from app.gateway.refusal import RefusedError
from app.store.secrets import Secrets
from drivers.contract import Cause, DriverError
from drivers.mqtt_tasmota import MqttTasmota
from tests.app.devices.rig import Rig
from tests.app.store.test_secrets import MemoryKeyring


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
