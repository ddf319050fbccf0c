"""What lamps behind a network are asked for, and what may be an address there.

One rule: an address is checked where it is typed, not where it fails.
"""

from __future__ import annotations

import ipaddress


def is_broadcast(host: str) -> bool:
    """Say whether an address means everybody on a network (as home networks are cut)."""
    try:
        address = ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return address.packed[-1] == 0xFF  # noqa: PLR2004 - the last number of all hosts
