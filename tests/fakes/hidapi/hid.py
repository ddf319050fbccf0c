"""What `import hid` finds on Windows and macOS. One rule: nothing of its own."""

from __future__ import annotations

from hidraw import (  # type: ignore[import-not-found]  # beside it on the path
    device,
    enumerate,  # noqa: A004 - hidapi's own name
)

__all__ = ["device", "enumerate"]
