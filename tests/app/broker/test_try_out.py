"""The self-test's look at the broker."""

from __future__ import annotations

from app.broker.try_out import try_out


async def test_a_message_goes_through_and_the_figures_are_told():
    told = await try_out()
    assert told.startswith("amqtt 0.12.1")
    assert "ms" in told
