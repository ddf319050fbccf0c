"""Fields that pick what the core knows by name: sounds, OBS scenes and sources, secrets.

Rule: the list is asked for when it is opened; any name may still be written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.gateway.messages import GetUses, ListScenes, ListSounds, Reply
from app.gui import words
from app.gui.rule_editor.entries import Entry
from app.gui.rule_editor.pick_fields import NameField
from app.gui.text import tr
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.messages import Request
    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.draft import Json
    from app.gui.rule_editor.search_popup import SearchPopup
    from app.gui.rule_editor.specs import FieldSpec


class ListedField(NameField):
    """A name from a list of the core's. The list opens at once and fills when the answer comes."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.listed: dict[str, str] = {}
        self.why = ""

    def request(self) -> Request:
        """Return what asks for the list."""
        raise NotImplementedError

    def take_reply(self, reply: Reply) -> dict[str, str]:
        """Return the names of an answer, each with a note."""
        raise NotImplementedError

    def refused(self, reply: Reply) -> str:
        """Say why there is no list."""
        return words.failure(reply.code, reply.values)

    def usual(self) -> list[Entry]:
        """Return what may be chosen beside names."""
        return []

    def prepare(self, popup: SearchPopup) -> None:
        popup.nothing.show_source(N_("Nothing of that name is known. Enter takes it as written."))
        popup.field.setPlaceholderText(tr("Search, or write any name"))

    def open_list(self) -> None:
        super().open_list()
        self.around.desk.bridge.ask(self.request(), self._on_reply)

    def entries(self) -> list[Entry]:
        names = dict.fromkeys(self._names(), "") | self.listed
        found = [Entry(name, name, names[name]) for name in sorted(names, key=str.casefold)]
        head = [Entry(None, self.why)] if self.why else []
        return [*head, *self.usual(), *found]

    def _on_reply(self, reply: Reply) -> None:
        self.why = "" if reply.ok else self.refused(reply)
        if reply.ok:
            self.listed = self.take_reply(reply)
        popup = self.popup
        if popup is None or not popup.isVisible():
            return
        if popup.field.text():
            popup.refill(self.entries(), set())
        else:
            popup.open_below(self.button, self.entries())


class SoundField(ListedField):
    """A sound: those that come with the program, and the user's own."""

    nothing = N_("Choose a sound")

    def request(self) -> Request:
        return ListSounds()

    def take_reply(self, reply: Reply) -> dict[str, str]:
        return dict.fromkeys(reply.names, "")


class SceneField(ListedField):
    """A scene of OBS; beside a source, no scene means the one that is shown."""

    nothing = N_("Choose a scene")

    def request(self) -> Request:
        return ListScenes()

    def take_reply(self, reply: Reply) -> dict[str, str]:
        return dict.fromkeys(reply.scenes, "")

    def refused(self, reply: Reply) -> str:
        if reply.code == "not_set_up":
            return tr("Enter the port of OBS in Settings first.")
        return tr("OBS does not answer. Is it open, and its WebSocket server turned on?")

    def usual(self) -> list[Entry]:
        beside = "source" in self.raw
        return [Entry("", tr("The scene that is shown"))] if beside else []

    def show_value(self, value: Json) -> None:
        super().show_value(value)
        if not value and "source" in self.raw:
            shown = tr("The scene that is shown")
            self.button.show_words(shown)
            self.button.setAccessibleName(f"{self.title()}: {shown}")


class SourceField(SceneField):
    """A source of the scene beside it, or of any."""

    nothing = N_("Choose a source")

    def take_reply(self, reply: Reply) -> dict[str, str]:
        scene = str(self.raw.get("scene") or "")
        scenes = {scene: reply.scenes[scene]} if scene in reply.scenes else reply.scenes
        found: dict[str, str] = {}
        for name, sources in scenes.items():
            for source in sources:
                found.setdefault(source, name)
        return found

    def usual(self) -> list[Entry]:
        return []

    def show_value(self, value: Json) -> None:
        # The scene's own words are not those of a source.
        ListedField.show_value(self, value)


class SecretField(ListedField):
    """A secret by its name; whether it is kept is told, never what it is."""

    nothing = N_("No secret")

    def request(self) -> Request:
        return GetUses()

    def take_reply(self, reply: Reply) -> dict[str, str]:
        uses = reply.uses
        if uses is None:
            return {}
        names = {*uses.secrets, *uses.kept}
        missing = tr("not kept yet: enter it in Settings")
        return {name: tr("kept") if name in uses.kept else missing for name in names}

    def usual(self) -> list[Entry]:
        return [Entry("", tr("No secret"))]
