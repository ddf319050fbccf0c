"""The pure room: events in, outcomes out; no I/O, no asyncio, no Qt, no clock of its own."""
