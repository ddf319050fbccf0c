"""Sounds, scenes and secrets are chosen from what the core knows; any name may be written."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.gateway.messages import SetSecret
from tests.app.gateway.play import rule
from tests.app.gui.near_core import near_core

ENTER = Qt.Key.Key_Return


async def fields_of(near, *steps):
    page = await near.rules(rule(do=list(steps)))
    page.show_about("r")
    await near.until(lambda: ("do", 0) in page.editor.kit.rows, "the steps")
    return page, [page.editor.kit.rows["do", n].block.fields for n in range(len(steps))]


def titles(field):
    return [one.title for one in field.popup.model.shown]


async def test_a_sound_is_chosen_from_the_list(profile, language):
    (profile / "sounds").mkdir(parents=True)
    (profile / "sounds" / "Airhorn.wav").write_bytes(b"")
    async with near_core(profile, language) as near:
        page, (fields,) = await fields_of(near, {"key": "play_sound", "sound": "mine"})
        field = fields["sound"]
        field.open_list()
        assert titles(field) == ["mine"]
        await near.until(lambda: "Airhorn" in titles(field), "the list")
        assert {"chime", "mine"} <= set(titles(field))
        QTest.keyClicks(field.popup.field, "airh")
        QTest.keyClick(field.popup.field, ENTER)
        await near.until(lambda: page.rules.rule("r").do[0].sound == "Airhorn", "the choice")


async def test_any_name_of_a_sound_may_be_written(profile, language):
    async with near_core(profile, language) as near:
        page, (fields,) = await fields_of(near, {"key": "play_sound"})
        fields["sound"].open_list()
        QTest.keyClicks(fields["sound"].popup.field, "not here yet")
        QTest.keyClick(fields["sound"].popup.field, ENTER)
        await near.until(lambda: page.rules.rule("r").do[0].sound == "not here yet", "the name")


async def test_without_obs_the_list_says_why(profile, language):
    async with near_core(profile, language) as near:
        steps = {"key": "obs_source", "source": "Cat"}, {"key": "obs_scene", "scene": "Party"}
        _, (source, scene) = await fields_of(near, *steps)
        assert source["scene"].button.words() == "The scene that is shown"
        scene["scene"].open_list()
        await near.until(lambda: len(titles(scene["scene"])) == 2, "why")
        assert titles(scene["scene"]) == ["Enter the port of OBS in Settings first.", "Party"]
        scene["scene"].popup.hide()


async def test_a_secret_tells_whether_it_is_kept(profile, language):
    async with near_core(profile, language) as near:
        call = {"key": "webhook", "url": "https://example.org/", "secret": "shop"}
        await near.line.ask(SetSecret(name="bot", value="x"))
        page, (fields,) = await fields_of(near, call)
        field = fields["secret"]
        field.open_list()
        await near.until(lambda: "bot" in titles(field), "the list")
        notes = {one.title: one.note for one in field.popup.model.shown}
        assert notes == {
            "No secret": "",
            "bot": "kept",
            "shop": "not kept yet: enter it in Settings",
        }
        QTest.keyClick(field.popup.field, ENTER)
        await near.until(lambda: page.rules.rule("r").do[0].secret == "", "no secret")
