"""Sounds, played by the real library into its backend without a sound card."""

import asyncio
import math
import struct
import wave

import miniaudio
import pytest

from app import paths
from app.core.effects import PlaySound
from app.core.outcome import Drop
from app.outlets.outlet import OutletError
from app.outlets.sound import SoundOutlet, sounds

NOWHERE = [miniaudio.Backend.NULL]


def tone(path, seconds):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22_050)
        count = round(22_050 * seconds)
        waves = (round(9000 * math.sin(n / 8)) for n in range(count))
        file.writeframes(b"".join(struct.pack("<h", one) for one in waves))


@pytest.fixture
def folder(tmp_path):
    tone(tmp_path / "ding.wav", 0.3)
    tone(tmp_path / "long.wav", 60)
    (tmp_path / "broken.mp3").write_bytes(b"no sound at all" * 100)
    (tmp_path / "notes.txt").write_text("no sound")
    return tmp_path


def outlet(folder, level=1.0):
    return SoundOutlet([folder], lambda: level, backends=NOWHERE)


@pytest.mark.parametrize("level", [1.0, 0.4])
async def test_a_sound_is_done_when_it_was_heard(folder, level):
    one = outlet(folder)
    async with asyncio.timeout(10):
        assert await one.carry_out(PlaySound("ding", level)) == "ding.wav"


async def test_stop_makes_silence_before_the_end(folder):
    one = outlet(folder)
    playing = asyncio.gather(one.carry_out(PlaySound("long")))
    await asyncio.sleep(0.3)
    await asyncio.to_thread(one.stop_now)
    async with asyncio.timeout(10):
        await playing


async def test_a_sound_that_is_given_up_lets_go_of_the_sound_card(folder):
    one = outlet(folder)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await one.carry_out(PlaySound("long"))
    async with asyncio.timeout(10):
        await one.carry_out(PlaySound("ding"))


@pytest.mark.parametrize(
    ("name", "drop"),
    [("whale", Drop.NOT_FOUND), ("../ding", Drop.NOT_FOUND), ("broken", Drop.REFUSED)],
)
async def test_what_cannot_be_played_is_told(folder, name, drop):
    with pytest.raises(OutletError) as told:
        await outlet(folder).carry_out(PlaySound(name))
    assert told.value.drop is drop


async def test_sounds_that_are_off_are_told(folder):
    with pytest.raises(OutletError) as told:
        await outlet(folder, level=0.0).carry_out(PlaySound("ding"))
    assert told.value.drop is Drop.NOT_SET_UP


def test_the_users_sound_stands_before_ours_of_the_same_name(folder, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    tone(own / "ding.wav", 0.1)
    found = sounds([folder, own, tmp_path / "missing"])
    assert found["ding"] == own / "ding.wav"
    assert set(found) == {"ding", "long", "broken"}


def test_the_sounds_that_come_with_the_program_can_be_read():
    ours = sounds([paths.resources() / "sounds"])
    assert len(ours) >= 4
    for path in ours.values():
        assert 0 < miniaudio.get_file_info(str(path)).duration < 5
