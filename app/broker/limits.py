"""How much one client, one address and all together may ask of the broker.

One rule: every number that bounds something stands here; time is passed in.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

_MOST_ADDRESSES: Final = 1000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, seconds and counts; the numbers are those measured to hold under attack."""

    connect_s: float = 5.0
    connect_bytes: int = 4 * 1024
    packet_bytes: int = 256 * 1024
    connections: int = 256
    connections_each: int = 64  # of one address
    waiting: int = 32  # connected, not logged in
    rate: float = 100.0  # packets a second of one client
    burst: float = 200.0
    rate_account: float = 200.0  # of all clients of one account together
    burst_account: float = 400.0
    rate_all: float = 700.0
    burst_all: float = 700.0
    slowed_s: float = 5.0  # who is slowed down for so long is told of
    bytes_for_one: int = 4096  # so many bytes weigh as much as one packet more
    soft_bytes: int = 64 * 1024  # not yet taken by a client: QoS 0 is left out from here on
    hard_bytes: int = 512 * 1024  # shown out
    stalled_s: float = 10.0
    # Most clients name a keep-alive themselves, those that do not are heard at least so often.
    silence_s: float = 3600.0
    look_s: float = 0.5
    tries: float = 20.0  # failed logins of one address
    tries_rate: float = 1.0  # and how many more every second
    subscriptions: int = 64  # of one client
    retained: int = 2000
    retained_bytes: int = 4 * 1024 * 1024
    sessions: int = 256  # kept for clients that are away
    sessions_each: int = 16  # of one account
    session_s: float = 24 * 3600.0
    in_flight: int = 32
    queued: int = 200
    queued_bytes: int = 512 * 1024


class Bucket:
    """Holds up to `burst` and refills by `rate` a second."""

    __slots__ = ("_at", "_burst", "_level", "_rate")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._level = burst
        self._at = now

    def take(self, amount: float, now: float) -> float:
        """Take `amount`, also what is not there yet; return the seconds until it would be."""
        self._fill(now)
        self._level -= amount
        return max(0.0, -self._level / self._rate)

    def holds(self, amount: float, now: float) -> bool:
        """Say whether `amount` could be taken at once."""
        self._fill(now)
        return self._level >= amount

    def _fill(self, now: float) -> None:
        self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now


class Tries:
    """Counts failed logins of each address; remembers a bounded number of them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def failed(self, who: str, now: float) -> None:
        """Count one failure."""
        bucket = self._buckets.pop(who, None)
        self._buckets[who] = bucket or Bucket(self._limits.tries_rate, self._limits.tries, now)
        self._buckets[who].take(1.0, now)
        if len(self._buckets) > _MOST_ADDRESSES:
            self._buckets.popitem(last=False)

    def allowed(self, who: str, now: float) -> bool:
        """Say whether one more try is heard at all."""
        bucket = self._buckets.get(who)
        return bucket is None or bucket.holds(1.0, now)
