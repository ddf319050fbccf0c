"""What a relay board says of a gift's command reads the same in feed, receipt and history."""

import sys

import pytest
from PySide6.QtCore import Qt

from app.gateway import plain
from app.gateway.messages import AddDevice, GetReceipt, PastGifts
from app.gui.widgets.basic import Label
from tests.app.gateway.play import begin, gift, rule
from tests.app.gui.near_core import near_core
from tests.fakes.relay_board import RelayBoard

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals need POSIX")
TOLD = {
    "en": "Relay 2 did not switch. Unplug the board and plug it in again.",
    "vi": "Rơ-le 2 không đóng ngắt. Hãy rút bo ra rồi cắm lại.",
}


@pytest.fixture
def relays():
    made = RelayBoard(tells="lines")
    made.stuck = {2}
    yield made
    made.close()


async def refused(near, relays):
    """Let a gift ask for the relay that is stuck; return its row on the Live page."""
    settings = {"port": relays.path, "model": "asked", "channels": 4}
    reply = await near.line.ask(AddDevice(driver="lcus_relay", name="Board", settings=settings))
    await near.until(lambda: near.bridge.state.ready == 5, "the board")
    do = {"key": "switch_on", "device": reply.device_id, "capability": "relay2", "seconds": "1"}
    await near.rules(rule("bell", do=[do]))
    begin(near.core)
    gift(near.core, 1)
    page = near.page("live")
    model = page.activity.model

    def failed():
        entries = (model.entry(model.index(place, 0)) for place in range(model.rowCount()))
        return next((one for one in entries if one.row.result == "failed"), None)

    return page, await near.until(failed, "the row of the gift")


def spoken(model):
    """Return what is read out of the newest row; where it is cut off its tip has it all."""
    index = model.index(0, 0)
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    text = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert tip in text
    return tip


async def test_a_streamer_reads_what_to_do_wherever_the_gift_is_told(profile, language, relays):
    async with near_core(profile, language) as near:
        page, entry = await refused(near, relays)
        assert entry.worded().result == f"BELL could not run: {TOLD['en']}"
        page.explaining.open_entry(entry)
        sheet = page.sheet
        await near.until(lambda: sheet._receipt is not None, "the receipt")
        past = near.page("history")
        await near.until(lambda: past.model.rowCount() == 1 and not past.model.reading, "the past")
        for code, told in TOLD.items():
            language.choose(code)
            await near.until(lambda told=told: told in spoken(past.model), "the row of the past")
            await near.until(lambda told=told: told in spoken(page.activity.model), "the row")
            lines = [label.words() for label in sheet.findChildren(Label)]
            assert [one for one in lines if one.endswith(f": {told}")]


async def test_the_terminal_says_the_same(profile, language, relays):
    async with near_core(profile, language) as near:
        _, entry = await refused(near, relays)
        assert plain.gift_line(entry.row).endswith(f"BELL could not run: {TOLD['en']}")
        reply = await near.line.ask(GetReceipt(event_id=entry.row.event_id))
        assert plain.receipt_lines(reply.receipt)[-1].endswith(f"failed: {TOLD['en']}")
        (row,) = (await near.line.ask(PastGifts())).past.gifts
        assert (row.reason, row.values) == ("refused", {"n": "2"})
