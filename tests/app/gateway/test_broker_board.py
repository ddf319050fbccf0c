"""All brokers that are known: who is behind them, and that a password goes to its own broker only."""

import pytest

from app.broker.own_broker import OwnBroker
from app.core.catalog import Catalog
from app.devices.config import DeviceConfig
from app.gateway.broker_board import Brokers
from app.store.secrets import Secrets
from app.store.settings import Settings
from drivers.mqtt_shelly import MqttShelly
from drivers.mqtt_tasmota import MqttTasmota
from drivers.simulated import Simulated
from tests.app.devices.rig import Rig
from tests.app.store.test_secrets import MemoryKeyring

AT = {"host": "there", "port": 1883, "user": "me", "tls": False, "any_certificate": False}
NAMED = {"secret": "device/a/password"}
KINDS = {"mqtt_tasmota": MqttTasmota, "mqtt_shelly": MqttShelly, "simulated": Simulated}


@pytest.fixture
async def brokers(tmp_path):
    """Two devices at one broker, what rules publish at another, one at our own, which is off."""
    rig, keyring = Rig(Catalog(found=KINDS)), MemoryKeyring()
    settings = Settings(None, lambda _: None, environ={})
    for key, value in {"mqtt_host": "cloud", "mqtt_password": "kept"}.items():
        settings.change(key, value)
    secrets = Secrets("p", None, lambda _: None, environ={}, backend=lambda: keyring)
    await secrets.put("device/a/password", "of-there")
    await secrets.put("mqtt_password", "of-cloud")
    path = tmp_path / "broker.json"
    made = Brokers(path, rig.hub, settings, secrets, lambda _: None, OwnBroker)
    rig.hub.secrets = secrets.get
    for config in (
        DeviceConfig("a", "Fan", "mqtt_tasmota", {**AT, "topic": "fan", "password": NAMED}),
        DeviceConfig("b", "Lamp", "mqtt_shelly", {**AT, "topic": "lamp"}),
        DeviceConfig("c", "Own", "mqtt_tasmota", {"topic": "own"}),
        DeviceConfig("d", "Pretend", "simulated", {"machine": "light"}),
    ):
        rig.hub.add_config(config)
    yield made
    await rig.hub.stop()


async def test_each_broker_is_told_once_with_who_is_behind_it_and_without_a_secret(brokers):
    view = brokers.view()
    assert [(one.host, one.names) for one in view.known] == [
        ("there", ("Fan", "Lamp")),
        ("cloud", ()),
    ]
    assert "of-" not in view.model_dump_json()


async def test_each_is_asked_with_its_own_password_and_ours_only_while_it_runs(brokers):
    there, cloud = await brokers.known()
    assert (there.name, there.whole["password"]) == ("there", "of-there")
    assert (cloud.name, cloud.whole["password"], cloud.whole["tls"]) == ("cloud", "of-cloud", True)
    assert "password" not in {**there.settings, **cloud.settings}


async def test_a_device_found_at_a_broker_gets_the_password_for_that_broker(brokers):
    found = {**AT, "topic": "new"}
    assert (await brokers.completed(MqttTasmota, found))["password"] == "of-there"


@pytest.mark.parametrize(
    "other",
    [
        {"host": "elsewhere"},
        {"port": 1884},
        {"user": "somebody"},
        # What is said in the open to this name may be heard by another.
        {"any_certificate": True},
        {"password": ""},
        {"host": ""},
    ],
)
async def test_a_password_goes_to_no_other_place_and_replaces_none_that_was_given(brokers, other):
    given = {**AT, "topic": "new", **other}
    assert await brokers.completed(MqttTasmota, given) == given


async def test_what_is_behind_no_broker_is_left_alone(brokers):
    given = {"machine": "light", "host": "there"}
    assert await brokers.completed(Simulated, given) == given
