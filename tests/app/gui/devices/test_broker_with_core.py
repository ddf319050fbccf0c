"""A Tasmota added by hand from an empty program: our broker is switched on on the way, and it comes."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.app.gui.near_core import near_core
from tests.fakes.tasmota import Tasmota

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.e2e


class Plug(Tasmota):
    """A Tasmota into whose menu the lines of the sheet were typed."""

    def __init__(self, typed):
        self.typed = typed
        super().__init__(int(typed["Port"]), topic=typed["Topic"])

    def prepare(self, client):
        client.username_pw_set(self.typed["User"], self.typed["Password"])


async def test_a_wifi_plug_is_added_with_nothing_installed(profile, language):
    async with near_core(profile, language) as near:
        near.window.go("devices")
        page = near.window.pages["devices"]
        QTest.mouseClick(page.add, LEFT)
        sheet, login = page.sheet, page.login_sheet
        await near.until(lambda: "mqtt_tasmota" in sheet.drivers, "the families")
        sheet.open_driver("mqtt_tasmota")
        sheet.setting_up.form.lines["topic"].field.line.replace("fan")
        QTest.mouseClick(sheet.add, LEFT)
        await near.until(login.isVisible, "what comes next")
        QTest.mouseClick(login.here, LEFT)
        await near.until(lambda: near.bridge.state.broker.stage == "online", "the broker")
        await near.until(lambda: login.lines and login._shown.isVisibleTo(login), "what to type")
        await near.until(lambda: login.progress.words().startswith("Waiting for it"), "patience")
        typed = {line.word.words(): line.text for line in login.lines}
        plug = await asyncio.to_thread(Plug, typed)
        try:
            told = "Tasmota is here and answers."
            await near.until(lambda: login.progress.words() == told, told)
        finally:
            await asyncio.to_thread(plug.close)
