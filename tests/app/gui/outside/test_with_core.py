"""Settings of what is outside, before a whole core: what is chosen holds, what is tried is told."""

import json
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.gateway.views import HomeAssistantView
from app.gui.outside.controls import SecretControl
from app.gui.outside.home_assistant import SAYS
from app.store.values import SECRET_KEYS, Values
from tests.app.gateway.play import put, rule
from tests.app.gui.near_core import near_core
from tests.app.outlets.test_mqtt import MOSQUITTO, Broker
from tests.ports import free_port

LEFT = Qt.MouseButton.LeftButton


def write(line, text):
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def holds_focus(control, page):
    at = page.focusWidget()
    return at is not None and (at is control or control.isAncestorOf(at))


async def opened(near):
    page = near.page("settings")
    await near.until(lambda: page.outside.controls, "the settings")
    await near.until(page.outside.controls["sound_level"].isEnabled, "the core")
    return page


def kept(near, key):
    return near.bridge.state.settings[key]


async def test_every_setting_of_the_group_has_its_control(profile, language):
    async with near_core(profile, language) as near:
        page = await opened(near)
        wanted = {
            key
            for key, field in Values.model_fields.items()
            if (field.json_schema_extra or {}).get("group") == "outside"
        }
        assert set(page.outside.controls) == wanted
        secret = {k for k, c in page.outside.controls.items() if isinstance(c, SecretControl)}
        assert secret == wanted & SECRET_KEYS


async def test_what_is_chosen_holds_in_the_core(profile, language):
    async with near_core(profile, language) as near:
        controls = (await opened(near)).outside.controls
        controls["sound_level"].slider.setFocus()
        QTest.keyClick(controls["sound_level"].slider, Qt.Key.Key_Right)
        await near.until(lambda: kept(near, "sound_level") == 0.85, "the loudness")
        assert controls["sound_level"].words.text() == "85 %"
        write(controls["mqtt_host"].line, "broker.local")
        await near.until(lambda: kept(near, "mqtt_host") == "broker.local", "the broker")
        write(controls["obs_port"].box.lineEdit(), "4455")
        await near.until(lambda: kept(near, "obs_port") == 4455, "the port")
        QTest.mouseClick(controls["mqtt_tls"].switch, LEFT)
        await near.until(lambda: kept(near, "mqtt_tls") is False, "no encryption")
        # What does not fit cannot be typed.
        write(controls["mqtt_host"].line, "a b/c")
        await near.until(lambda: kept(near, "mqtt_host") == "abc", "letters that fit")


async def test_a_password_goes_in_and_is_never_seen_again(profile, language):
    async with near_core(profile, language) as near:
        control = (await opened(near)).outside.controls["obs_password"]
        assert control.line.placeholderText() == "Not set"
        write(control.line, "s3cret-word")
        await near.until(lambda: kept(near, "obs_password") == "set", "that it is set")
        await near.until(lambda: "Set." in control.line.placeholderText(), "that it is told")
        assert control.line.text() == ""
        assert "s3cret-word" not in json.dumps(near.bridge.state.settings)
        QTest.mouseClick(control.drop, LEFT)
        await near.until(lambda: kept(near, "obs_password") == "", "its end")


async def test_a_try_says_what_is_missing(profile, language):
    async with near_core(profile, language) as near:
        outside = (await opened(near)).outside
        for outlet, words in (
            ("speech", "Speech is off. Raise its loudness first."),
            ("obs", "Enter the port of OBS first."),
            ("mqtt", "Enter the name or address of your broker first."),
        ):
            QTest.mouseClick(outside.tries[outlet], LEFT)
            answer = outside.answers[outlet]
            await near.until(lambda a=answer, w=words: a.words() == w, words)
        write(outside.controls["obs_port"].box.lineEdit(), str(free_port()))
        await near.until(lambda: kept(near, "obs_port"), "the port")
        QTest.mouseClick(outside.tries["obs"], LEFT)
        await near.until(lambda: "does not answer" in outside.answers["obs"].words(), "nobody")


@pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed here")
async def test_a_broker_that_is_there_answers(profile, language, tmp_path):
    broker = Broker(tmp_path)
    await broker.start()
    try:
        async with near_core(profile, language) as near:
            outside = (await opened(near)).outside
            QTest.mouseClick(outside.controls["mqtt_tls"].switch, LEFT)
            write(outside.controls["mqtt_port"].box.lineEdit(), str(broker.port))
            write(outside.controls["mqtt_host"].line, "127.0.0.1")
            await near.until(lambda: kept(near, "mqtt_host") == "127.0.0.1", "the address")
            QTest.mouseClick(outside.tries["mqtt"], LEFT)
            answer = outside.answers["mqtt"]
            await near.until(lambda: answer.words() == "The broker answers.", "the broker")
    finally:
        broker.stop()


@pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed here")
async def test_how_devices_are_shown_in_home_assistant_is_said(profile, language, tmp_path):
    broker = Broker(tmp_path)
    await broker.start()
    try:
        async with near_core(profile, language) as near:
            outside = (await opened(near)).outside
            line, shown = outside.home_assistant, outside.controls["home_assistant_show"]
            line.window().show()
            line._timer.setInterval(50)
            line.show()

            async def says(words):
                await near.until(lambda: line.words.words() == words, words)

            await says("Off: Home Assistant sees nothing of Giftwire.")
            QTest.mouseClick(shown.switch, LEFT)
            await says("Set up the MQTT broker above first.")
            QTest.mouseClick(outside.controls["mqtt_tls"].switch, LEFT)
            write(outside.controls["mqtt_port"].box.lineEdit(), str(broker.port))
            write(outside.controls["mqtt_host"].line, "127.0.0.1")
            await says("4 devices are shown in Home Assistant.")
    finally:
        broker.stop()


async def test_giftwires_own_broker_asks_for_nothing_else(profile, language):
    async with near_core(profile, language) as near:
        outside = (await opened(near)).outside
        QTest.mouseClick(outside.controls["mqtt_own"].switch, LEFT)
        await near.until(lambda: kept(near, "mqtt_own") is True, "the choice")
        await near.until(outside.lines["mqtt_host"].isHidden, "what is not asked")
        assert not outside.lines["mqtt_own"].isHidden()
        QTest.mouseClick(outside.tries["mqtt"], LEFT)
        answer = outside.answers["mqtt"]
        told = "Giftwire's own broker is not running. Switch it on: Devices, Wi-Fi devices."
        await near.until(lambda: answer.words() == told, told)


def test_every_way_it_can_be_has_its_words():
    stages = set(get_args(HomeAssistantView.model_fields["stage"].annotation))
    assert set(SAYS) | {"online"} == stages


async def test_secrets_that_rules_name_are_kept_changed_and_removed(profile, language):
    async with near_core(profile, language) as near:
        call = {"key": "webhook", "url": "https://example.org/", "secret": "shop"}
        await put(near.line, rule(do=[call]))
        secrets = (await opened(near)).secrets
        await near.until(lambda: "shop" in secrets.controls, "the name")
        assert secrets.lines["shop"].words.words() == "Used by R"
        write(secrets.controls["shop"].line, "k3y")
        await near.until(lambda: secrets.controls["shop"]._is_set, "that it is set")
        write(secrets.name, "bot")
        assert secrets.value.hasFocus()
        write(secrets.value, "other")
        await near.until(lambda: "bot" in secrets.controls, "a second one")
        assert secrets.lines["bot"].words.words() == "No rule uses it"
        QTest.mouseClick(secrets.controls["bot"].drop, LEFT)
        await near.until(lambda: "bot" not in secrets.controls, "its end")


async def test_the_token_of_the_door_is_copied(profile, language):
    async with near_core(profile, language) as near:
        page = await opened(near)
        port = free_port()
        write(page.outside.controls["door_port"].box.lineEdit(), str(port))
        door = page.outside.door
        await near.until(door.token.isEnabled, "an open door")
        QTest.mouseClick(door.token, LEFT)
        await near.until(lambda: "token is copied" in near.window.toast.words.words(), "a copy")
        token = QGuiApplication.clipboard().text()
        assert len(token) > 20
        QTest.mouseClick(door.overlay, LEFT)
        await near.until(lambda: "address is copied" in near.window.toast.words.words(), "a copy")
        assert QGuiApplication.clipboard().text() == f"http://127.0.0.1:{port}/overlay"


@pytest.mark.parametrize(
    ("about", "key"),
    [("outside", "sound_level"), ("outside:obs", "obs_host"), ("outside:overlay", "door_port")],
)
async def test_a_rule_leads_to_the_setting_it_needs_also_on_the_first_visit(
    profile, language, about, key
):
    async with near_core(profile, language) as near:
        near.window.go("settings", about)
        page = near.window.pages["settings"]
        await near.until(lambda: page.outside.controls, "the settings")
        wanted = page.outside.controls[key]
        await near.until(lambda: holds_focus(wanted, page), "the field in focus")
        await near.until(lambda: not wanted.visibleRegion().isEmpty(), "the field in sight")
