"""Speech, through the real library and its voice that says nothing."""

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
