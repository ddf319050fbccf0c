"""Speech, through the real library and its voice that says nothing."""

import asyncio
import threading

import pytest
import pyttsx3

from app.core.effects import Speak
from app.core.outcome import Drop
from app.outlets.outlet import NotSetUpError, OutletError
from app.outlets.speech import SpeechOutlet


def silent():
    return pyttsx3.init("dummy")


async def test_texts_are_spoken_one_after_the_other():
    outlet = SpeechOutlet(lambda: 0.5, silent)
    assert await outlet.carry_out(Speak("xin chào")) == ""
    assert await outlet.carry_out(Speak("thanks for the rose", rate=1.5)) == ""
    await outlet.close()


async def test_speech_is_off_until_it_is_turned_on():
    outlet = SpeechOutlet(lambda: 0.0, silent)
    with pytest.raises(NotSetUpError):
        await outlet.carry_out(Speak("hello"))
    await outlet.close()


async def test_a_voice_that_is_not_there_is_told():
    outlet = SpeechOutlet(lambda: 1.0, silent)
    with pytest.raises(OutletError) as told:
        await outlet.carry_out(Speak("hello", voice="klingon"))
    assert told.value.drop is Drop.NOT_FOUND
    await outlet.carry_out(Speak("hello"))
    await outlet.close()


async def test_a_computer_without_voices_is_told():
    def none():
        raise NotSetUpError("no voices")

    outlet = SpeechOutlet(lambda: 1.0, none)
    with pytest.raises(OutletError) as told:
        await outlet.carry_out(Speak("hello"))
    assert told.value.drop is Drop.NOT_SET_UP
    outlet.stop_now()
    await outlet.close()


class Voice:
    """A voice of somebody else's: takes its time to be made, and keeps what it was to say."""

    def __init__(self, words, made=None, go=None):
        self._words = words
        self._texts = []
        if made is not None:
            made.set()
            assert go.wait(10)

    def setProperty(self, name, value):
        pass

    def say(self, text):
        self._texts.append(text)

    def runAndWait(self):
        self._words.extend(self._texts)

    def stop(self):
        self._texts.clear()


async def test_a_text_whose_voice_is_still_being_made_is_not_spoken_after_stop():
    words, made, go = [], threading.Event(), threading.Event()
    outlet = SpeechOutlet(lambda: 1.0, lambda: Voice(words, made, go))
    speaking = asyncio.ensure_future(outlet.carry_out(Speak("hello")))  # noqa: TID251 - awaited below
    assert await asyncio.to_thread(made.wait, 10)
    outlet.stop_now()
    go.set()
    assert await speaking == ""
    assert words == []
    await outlet.carry_out(Speak("again"))
    assert words == ["again"]
    await outlet.close()


async def test_names_of_strangers_are_read_and_give_the_voice_no_orders():
    words = []
    outlet = SpeechOutlet(lambda: 1.0, lambda: Voice(words))
    await outlet.carry_out(Speak('<volume level="100"/>[[slnc 60000]] thanks, mai'))
    assert not any(sign in words[0] for sign in ("<", ">", "[[", "]]"))
    assert "thanks, mai" in words[0]
    await outlet.close()
