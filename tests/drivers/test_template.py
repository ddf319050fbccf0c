"""Devices of one's own: golden bytes, each way to them, faults, and sentences about mistakes."""

from __future__ import annotations

import asyncio
import os

import pytest
from pydantic import ValidationError

from drivers.contract import (
    Ack,
    Cause,
    DriverError,
    Flash,
    Hazard,
    Off,
    Pulse,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
)
from drivers.template import Template
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.benches.template import OUTPUTS
from tests.drivers.transports.far import sent_by_the_guardian
from tests.fakes.own_device import OwnNetDevice

posix = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")
PATHS = {"REL": "/REL/1", "off": "/REL/0"}
REQUESTS = [
    {"name": "Relay", "on": "/REL/1", "off": "GET /REL/0"},
    {
        "name": "Fan",
        "kind": "level",
        "on": 'POST /do {"do": "FAN {level:255}"}',
        "off": 'POST /do {"do":"FAN 0"}',
        "load": "motor",
    },
]


@pytest.fixture
def device():
    made = []

    def make(carrier):
        made.append(OwnNetDevice(carrier))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def board():
    from tests.fakes.own_device import OwnBoard

    made = OwnBoard()
    yield made
    made.close()


async def opened(**settings):
    heard = Heard()
    driver = Template(Template.settings_for(**settings), heard.events())
    try:
        return driver, await driver.open()
    except DriverError:
        await driver.close()
        raise


async def over(far, carrier, **settings):
    if carrier == "http":
        where = {"way": "http", "url": f"http://127.0.0.1:{far.port}", "outputs": REQUESTS}
    else:
        where = {"way": carrier, "host": "127.0.0.1", "host_port": far.port, "outputs": OUTPUTS}
    return await opened(**{**where, **settings})


@posix
@pytest.mark.parametrize("case", golden.read("template"), ids=str)
async def test_golden_bytes(board, case):
    driver, _ = await opened(port=board.path, **case.settings)
    off = driver._offs[0]
    assert board.wait_for(lambda: board.heard == off)
    await driver.apply(case.output, case.instruction, case.duration_s)
    wanted = off + b"".join(case.frames)
    assert board.wait_for(lambda: board.heard == wanted)
    await driver.close()


@posix
async def test_numbers_go_where_the_braces_are(board):
    driver, _ = await opened(port=board.path, outputs=OUTPUTS, answer="OK")
    assert await driver.apply("output2", SetColor(255, 128, 0, 0.5), 1.0) is Ack.CONFIRMED
    await driver.apply("output3", SetLevel(0.5), 1.0)
    await driver.apply("output4", Rotate(2.5, 30.0, reverse=True), 10.0)
    await driver.apply("output4", Run(40.0), 2.0)
    await driver.apply("output5", Pulse(), 0.05)
    assert board.words.said[-5:] == [
        "LED 804000", "FAN 128", "MOT -2.5 30", "MOT 40 2000", "SHOT 50"
    ]  # fmt: skip
    assert board.wait_for(lambda: "SHOT" not in board.words.on)
    await driver.close()


async def test_what_was_not_said_how_to_do_is_refused(device):
    far = device("tcp")
    outputs = [{"name": "Motor", "kind": "motor", "on": "MOT {rounds}", "off": "MOT 0"}]
    driver, _ = await over(far, "tcp", outputs=outputs)
    with pytest.raises(DriverError) as raised:
        await driver.apply("output1", Run(10), 1.0)
    assert raised.value.cause is Cause.UNSUPPORTED
    await driver.close()


@pytest.mark.parametrize("carrier", ["tcp", "udp", "http"])
async def test_each_way_switches_and_stops_and_leaves_it_off(device, carrier):
    far = device(carrier)
    driver, capabilities = await over(far, carrier, answer="OK")
    assert [one.id for one in capabilities[:2]] == ["output1", "output2"]
    fan = "output2" if carrier == "http" else "output3"
    for output, instruction in (("output1", Switch(on=True)), (fan, SetLevel(1.0))):
        assert await driver.apply(output, instruction, 5.0) is Ack.CONFIRMED
    assert far.words.on == {"REL": "1", "FAN": "255"}
    driver.stop_now()
    assert far.wait_for(lambda: far.resting)  # and the loop stands still in this very line
    with pytest.raises(DriverError) as raised:
        await driver.apply(fan, SetLevel(1.0), 5.0)
    assert raised.value.cause is Cause.REFUSED
    assert await driver.make_safe()
    await driver.apply(fan, SetLevel(1.0), 5.0)
    await driver.close()
    assert far.wait_for(lambda: far.resting)
    await driver.close()


@pytest.mark.parametrize("carrier", ["tcp", "udp", "http"])
async def test_a_stranger_switches_it_off_with_the_recipe(device, carrier):
    far = device(carrier)
    driver, _ = await over(far, carrier, answer="OK")
    fan = "output2" if carrier == "http" else "output3"
    await driver.apply("output1", Switch(on=True), 5.0)
    await driver.apply(fan, SetLevel(1.0), 5.0)
    recipe = driver.safe_recipe()
    assert await asyncio.to_thread(sent_by_the_guardian, recipe)
    assert far.wait_for(lambda: far.resting)
    await driver.close()


@posix
async def test_one_command_for_all_is_what_stop_says(board):
    driver, _ = await opened(port=board.path, outputs=OUTPUTS, all_off="ALL OFF", answer="OK")
    assert board.words.said == ["ALL OFF"]
    assert driver.safe_recipe().frames == (b"ALL OFF\n",)
    await driver.apply("output1", Switch(on=True), 5.0)
    await driver.apply("output1", Off(), None)
    assert board.words.said[-1] == "REL 0"
    await driver.close()


@posix
async def test_a_board_that_does_not_answer_is_told_and_switched_off_all_the_same(board):
    driver, _ = await opened(port=board.path, outputs=OUTPUTS, answer="OK")
    await driver.apply("output1", Switch(on=True), 5.0)
    board.words.mute = True
    with pytest.raises(DriverError) as raised:
        await driver.apply("output3", SetLevel(0.5), 5.0)
    assert raised.value.cause is Cause.NO_ANSWER
    assert board.words.said.count("FAN 128") == 1
    assert not await driver.make_safe()
    assert board.wait_for(lambda: board.resting)
    await driver.close()


@posix
async def test_a_flash_blinks_and_ends_dark(board):
    driver, _ = await opened(port=board.path, outputs=OUTPUTS)
    assert board.wait_for(lambda: "MOT 0" in board.words.said)
    board.words.said.clear()
    await driver.apply("output2", Flash(3, 255, 0, 0, rate_hz=50.0), 1.0)
    wanted = ["LED FF0000", "LED 0"] * 3
    assert await asyncio.to_thread(board.wait_for, lambda: board.words.said == wanted)
    await driver.close()


@posix
async def test_stop_and_off_end_a_flash(board):
    driver, _ = await opened(port=board.path, outputs=OUTPUTS)
    await driver.apply("output2", Flash(1000, rate_hz=50.0), 20.0)
    driver.stop_now()
    assert await driver.make_safe()
    assert not driver._blinking.outputs
    await driver.apply("output2", Flash(1000, rate_hz=50.0), 20.0)
    await driver.apply("output2", Off(), None)
    assert not driver._blinking.outputs
    assert board.wait_for(lambda: board.resting)
    await driver.close()


@posix
async def test_a_heartbeat_is_sent_while_we_live(board):
    driver, _ = await opened(port=board.path, outputs=OUTPUTS, heartbeat="ALIVE")

    def two_beats():
        return board.words.said.count("ALIVE") >= 2

    assert await asyncio.to_thread(board.wait_for, two_beats)
    await driver.close()


async def test_a_form_is_sent_as_one_and_a_password_as_basic(device):
    far = device("http")
    outputs = [{"name": "Relay", "on": "POST /do do=REL+1", "off": "POST /do do=REL+0"}]
    driver, _ = await over(far, "http", outputs=outputs, user="ann", password="open sesame")
    await driver.apply("output1", Switch(on=True), 5.0)
    assert far.words.said[-1] == "REL 1"
    assert far.heads[-1]["content-type"] == "application/x-www-form-urlencoded"
    assert far.heads[-1]["authorization"].startswith("Basic ")
    assert "sesame" not in repr(driver._settings)
    await driver.close()


async def test_json_is_sent_as_json(device):
    far = device("http")
    driver, _ = await over(far, "http")
    await driver.apply("output2", SetLevel(0.5), 5.0)
    assert far.words.said[-1] == "FAN 128"
    assert far.heads[-1]["content-type"] == "application/json"
    await driver.close()


async def test_a_web_device_that_answers_something_else_or_no_is_told(device):
    far = device("http")
    driver, _ = await over(far, "http", answer="OK")
    far.words.mute = True
    with pytest.raises(DriverError) as raised:
        await driver.apply("output1", Switch(on=True), 5.0)
    assert raised.value.cause is Cause.REFUSED
    await driver.close()
    wrong = [{"name": "Relay", "on": "/NO/1", "off": "/NO/0"}]
    with pytest.raises(DriverError) as raised:
        await over(far, "http", outputs=wrong)
    assert raised.value.cause is Cause.REFUSED


async def test_a_web_device_that_is_not_there_does_not_open():
    with pytest.raises(DriverError) as raised:
        await opened(way="http", url="http://127.0.0.1:1", outputs=REQUESTS)
    assert raised.value.cause is Cause.NO_ANSWER


async def test_what_hurts_nobody_may_have_no_off(device):
    far = device("udp")
    outputs = [{"name": "Bell", "kind": "pulse", "on": "SHOT 10", "load": "harmless"}]
    driver, (bell,) = await over(far, "udp", outputs=outputs)
    assert bell.hazard is Hazard.NONE
    assert driver.safe_recipe() is None
    driver.stop_now()
    assert await driver.make_safe()
    await driver.apply("output1", Pulse(), 0.1)
    assert far.wait_for(lambda: "SHOT 10" in far.words.said)
    await driver.apply("output1", Off(), None)
    await driver.close()
    assert far.words.said == ["SHOT 10"]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"port": ""}, "Say where the device is"),
        ({"way": "tcp"}, "Say where the device is"),
        ({"outputs": [{"name": "Pump", "on": "P 1"}]}, "Pump needs a command that switches it"),
        ({"outputs": [{"name": "P", "on": "{level}", "off": "0"}]}, "{level|level in braces"),
        ({"writing": "hex", "outputs": [{"name": "P", "on": "A0 0", "off": "0"}]}, "no bytes"),
        (
            {"outputs": [{"name": "P", "on": "1", "off": "0", "self_timed": True}]},
            "only end by itself if",
        ),
        (
            {"way": "http", "url": "http://a", "outputs": [{"name": "P", "on": "x", "off": "/0"}]},
            "A web request looks like",
        ),
    ],
)
def test_a_mistake_is_told_in_a_sentence(settings, sentence):
    whole = {"port": "COM3", "outputs": [{"name": "P", "on": "1", "off": "0"}], **settings}
    with pytest.raises(ValidationError, match=sentence):
        Template.settings_for(**whole)
