"""What one core is made of, in one place, for those who show it and those who steer it.

One rule: the runtime builds it once; nobody replaces a part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from app.core.giftlist import GiftList
    from app.devices.hub import Hub
    from app.gateway.broker_board import Brokers
    from app.gateway.counters import Counters
    from app.gateway.devicebook import DeviceBook
    from app.gateway.feed import Feed
    from app.gateway.line import Line
    from app.gateway.noticeboard import NoticeBoard
    from app.gateway.rulebook import RuleBook
    from app.gateway.stats import Stats
    from app.link import Clock
    from app.live.stream import Stream
    from app.store.journal import Journal
    from app.store.secrets import Secrets
    from app.store.settings import Settings
    from app.tasks import Tasks


@dataclass(slots=True, kw_only=True)
class House:
    """The rooms of one core. `end(why)` asks the core to end in order."""

    profile: Path
    recordings: Path
    clock: Clock
    tasks: Tasks
    gifts: GiftList
    stream: Stream
    hub: Hub
    rules: RuleBook
    counters: Counters
    devices: DeviceBook
    brokers: Brokers
    line: Line
    feed: Feed
    stats: Stats
    journal: Journal
    settings: Settings
    secrets: Secrets
    notices: NoticeBoard
    broken: Mapping[str, str]
    end: Callable[[str], None]
    started_ms: int = 0
    viewers: int = 0
