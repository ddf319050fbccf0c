"""The window's own file never costs a start."""

import json

import pytest

from app.gui.options import FILE_NAME, OptionsFile


def test_what_is_saved_is_there_next_time(tmp_path):
    assert OptionsFile(tmp_path / "new").save(theme="light", size=(1000, 640))
    values = OptionsFile(tmp_path / "new").values
    assert (values.theme, values.size) == ("light", (1000, 640))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"theme": "pink"}', b"\xff\xfe"])
def test_a_damaged_file_means_the_usual_values(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    assert OptionsFile(tmp_path).values.theme == "dark"


def test_keys_of_a_newer_version_are_left_out(tmp_path):
    (tmp_path / FILE_NAME).write_text('{"theme": "light", "hologram": true}', "utf-8")
    assert OptionsFile(tmp_path).values.theme == "light"


@pytest.mark.parametrize("keys", ["", "X", "Ctrl+K, X", "Strg+Q"])
def test_stop_always_has_keys_that_can_be_pressed(tmp_path, keys):
    (tmp_path / FILE_NAME).write_text(json.dumps({"theme": "light", "stop_keys": keys}), "utf-8")
    values = OptionsFile(tmp_path).values
    assert (values.theme, values.stop_keys) == ("light", "Ctrl+Alt+X")


def test_an_unwritable_place_is_told(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    options = OptionsFile(tmp_path / "file")
    assert not options.save(theme="light")
    assert options.values.theme == "light"
