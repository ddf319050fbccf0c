"""What makes a device safe without us. One rule: plain data that a stranger can send."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class SafeRecipe:
    """What the guardian sends when the core is gone.

    `kind` names the way: "serial" (`address` a port), "tcp" and "udp" (host:port; what speaks HTTP
    or MQTT is a "tcp" recipe with the bytes of its request), "ble" (the system's address), "hid"
    (the system's path), "obs" (host:port; requests of obs-websocket as JSON, option `password`).
    `frames` are sent in order. `expect` (if any) must appear in the answer
    within `answer_s` to count as confirmed. `options` are of the way, as `app.guardian` reads
    them: serial `parity`, `stop_bits`, `rts`, `break_ms` (before each frame); ble `characteristic`,
    `response`; hid `feature`; tcp `tls`, `any_certificate`, `apart` (a connection for each frame),
    `only_taken` (the answer is waited for, but it is not the device's and confirms nothing),
    `http` (each frame is a request: each answer's status must be 2xx, and `expect` in its body);
    all but hid and obs `answers` (how often `expect` must come, 1 if not said).
    """

    kind: str
    address: str
    frames: tuple[bytes, ...] = field(repr=False)  # a password may be among them
    speed_baud: int = 115200
    expect: bytes = b""
    answer_s: float = 0.5
    boot_wait_s: float = 0.0
    options: Mapping[str, str | int | float] = field(default_factory=dict)
