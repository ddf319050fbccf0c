"""A Rules page whose core adds devices too, and packs as strangers write them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.gateway.messages import Reply
from app.gateway.views import CapabilityView, DeviceView
from tests.app.gui import sample, sample_rules
from tests.app.gui.rules.driving import Driving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class PackCore(sample_rules.RuleCore):
    """A core that adds practice devices, as many as it is asked for, and keeps variables."""

    def _reply(self, request: Any) -> Reply:
        if request.type == "add_device":
            device_id = f"new{len(self.bridge.state.devices)}"
            kind = {"relay": "switch", "effects": "effect"}
            machine = str(request.settings["machine"])
            output = CapabilityView(id="out", kind=kind.get(machine, machine), title="Out")
            self.bridge.state.devices[device_id] = DeviceView(
                id=device_id, name=request.name, driver=request.driver, link=sample.ONLINE,
                capabilities=(output,),
            )  # fmt: skip
            return Reply(id=request.id, device_id=device_id)
        return super()._reply(request)


class Hands(Driving):
    """Hands in the rooms over the rules."""

    @property
    def rooms(self):
        return self.page.rooms

    @property
    def preview(self):
        return self.page.rooms.preview

    def told_words(self):
        """Return all that the left side of the preview says."""
        from app.gui.widgets.basic import Label

        QApplication.processEvents()
        inner = self.preview.left_area.widget()
        return [one.words() for one in inner.findChildren(Label) if one.isVisibleTo(inner)]

    def open_dialog(self, path, name="open_pack"):
        """Choose a file in the dialog that is open, as somebody would."""
        dialog = self.window.findChild(QFileDialog, name)
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(str(path))
        dialog.accept()

    def wait_for(self, room):
        self.qtbot.waitUntil(lambda: self.rooms.currentWidget() is room, timeout=15_000)


@pytest.fixture
def packs(show, bridge, qtbot) -> Callable[..., Hands]:
    """Return a maker of Rules pages."""

    def make(content: dict[str, Any] | None = None, size=(1280, 800), **changes: Any) -> Hands:
        core = PackCore(bridge, content)
        views = sample_rules.views(core.document)
        snapshot = sample.snapshot(
            rules=views, rules_revision=1, profiles=sample_rules.PROFILES, **changes
        )
        window = show(snapshot, size)
        window.go("rules")
        return Hands(window, core, qtbot)

    return make


def raw_pack(**changes: Any) -> dict[str, Any]:
    """Return a pack of two rules: one turns a motor, one calls an address and counts."""
    spin = {"key": "rotate", "device": "spinner", "rounds": "count * 3", "rpm": "90"}
    calls = {"key": "webhook", "url": "https://example.com/hook", "secret": "", "body": ""}
    made: dict[str, Any] = {
        "giftwire": "pack",
        "version": 2,
        "name": {"en": "Spin and call", "vi": "Xoay và gọi"},
        "author": "Anna",
        "note": "Fasten the wheel first.",
        "needs": [
            {"role": "spinner", "kinds": ["motor"], "title": "The wheel", "hazard": "motion"}
        ],
        "variables": [{"name": "spins", "value": 3, "lasting": True}],
        "rules": [
            sample_rules.rule("spin", "Spin it", do=[spin], limits={"cooldown_s": 2.0}),
            sample_rules.rule(
                "call",
                "Call out",
                when={"key": "follow"},
                do=[calls, {"key": "add_variable", "name": "spins", "amount": "1"}],
                limits={},
            ),
        ],
    }
    return made | changes


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of files."""

    def write(content: Any, name: str = "pack.json") -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, encoding="utf-8")
        return path

    return write


def opened(
    at: Hands, file: Callable[..., Path], content: Any = None, name: str = "pack.json"
) -> Path:
    """Open a file and wait for its preview."""
    path = file(raw_pack() if content is None else content, name)
    at.rooms.open_file(path)
    at.wait_for(at.preview)
    return path
