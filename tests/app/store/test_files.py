"""A whole file is the old one or the new one, never a part of either."""

import os
import stat
import threading

import pytest

from app.store.files import set_aside, write_whole
from tests.app.store.rig import files_no_longer_than


def test_the_folder_is_made_and_the_file_written(tmp_path):
    path = tmp_path / "a" / "b.json"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [file.name for file in path.parent.iterdir()] == ["b.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_the_file_is_for_this_user_only(tmp_path):
    write_whole(tmp_path / "a.json", b"one")
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file sizes")
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.json"
    write_whole(path, b"old")
    with files_no_longer_than(5), pytest.raises(OSError, match=r".*"):
        write_whole(path, b"x" * 100)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_a_reader_never_sees_a_part(tmp_path):
    path = tmp_path / "a.json"
    write_whole(path, b"0" * 100_000)
    wrong: list[int] = []
    done = threading.Event()

    def read():
        while not done.is_set():
            data = path.read_bytes()
            if len(data) != 100_000 or len(set(data)) != 1:
                wrong.append(len(data))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(50):
        write_whole(path, str(number % 10).encode() * 100_000)
    done.set()
    reader.join()
    assert wrong == []


def test_what_is_set_aside_takes_nobodys_place(tmp_path):
    names = []
    for text in ("one", "two", "three"):
        (tmp_path / "a.json").write_text(text)
        names.append(set_aside(tmp_path / "a.json", "broken").name)
    assert names == ["a.json.broken", "a.json.broken-2", "a.json.broken-3"]
    assert (tmp_path / "a.json.broken-2").read_text() == "two"
