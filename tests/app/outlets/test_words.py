"""Notes, alarms, the overlay's texts and the user's own log."""

import pytest

from app.core.effects import Notify, PlaySound, RaiseAlarm, ShowText, WriteLog
from app.core.outcome import Drop
from app.outlets.outlet import OutletError
from app.outlets.words import AlarmOutlet, LogOutlet, NotifyOutlet, OverlayOutlet


async def test_notes_and_alarms_are_handed_on():
    told = []
    await NotifyOutlet(told.append).carry_out(Notify("hello"))
    await AlarmOutlet(lambda *what: told.append(what)).carry_out(RaiseAlarm("hot", "error"))
    assert told == ["hello", ("hot", "error")]


async def test_a_text_without_an_overlay_is_told():
    shown = []

    def show(text, seconds):
        shown.append((text, seconds))
        return len(shown) > 1

    outlet = OverlayOutlet(show)
    with pytest.raises(OutletError) as told:
        await outlet.carry_out(ShowText("hi", 3))
    assert told.value.drop is Drop.NOT_SET_UP
    await outlet.carry_out(ShowText("hi", 3))
    assert shown == [("hi", 3), ("hi", 3)]


async def test_the_log_holds_one_line_for_each_text(tmp_path):
    outlet = LogOutlet(tmp_path / "rules.log")
    await outlet.carry_out(WriteLog("hoa hồng\nfrom ann"))
    await outlet.carry_out(WriteLog("100 %s"))
    await outlet.close()
    lines = (tmp_path / "rules.log").read_text("utf-8").splitlines()
    assert [line.split("  ", 1)[1] for line in lines] == ["hoa hồng from ann", "100 %s"]


async def test_a_log_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    outlet = LogOutlet(tmp_path / "file" / "rules.log")
    with pytest.raises(OutletError) as told:
        await outlet.carry_out(WriteLog("hello"))
    assert told.value.drop is Drop.REFUSED
    await outlet.close()


@pytest.mark.parametrize("outlet", [NotifyOutlet(print), AlarmOutlet(print), OverlayOutlet(print)])
async def test_an_effect_of_another_outlet_is_refused(outlet):
    with pytest.raises(OutletError):
        await outlet.carry_out(PlaySound("ding"))
