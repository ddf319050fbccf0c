"""What passes between the core and the process that signs: one JSON object a line.

One rule: the key travels in a line, never in an argument anybody could list.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.links import LinkReason
from app.link import LinkError
from app.live.net import Addresses, Browser
from app.live.tiktok import SignedAddress

if TYPE_CHECKING:
    from collections.abc import Mapping


def line(content: Mapping[str, Any]) -> bytes:
    """Return an object as a line."""
    return json.dumps(content).encode() + b"\n"


def begin(addresses: Addresses, browser: Browser, key: str, ca_file: Path | None) -> dict[str, Any]:
    """Return the first line: where to sign, and as whom."""
    return {
        "addresses": [addresses.app, addresses.webcast, addresses.sign],
        "browser": [browser.user_agent, *browser.screen],
        "key": key,
        "ca_file": None if ca_file is None else str(ca_file),
    }


def begun(content: Mapping[str, Any]) -> tuple[Addresses, Browser, str, Path | None]:
    """Read what `begin` made."""
    user_agent, width, height = content["browser"]
    ca_file = content["ca_file"]
    return (
        Addresses(*content["addresses"]),
        Browser(user_agent, (width, height)),
        content["key"],
        None if ca_file is None else Path(ca_file),
    )


def signed(address: SignedAddress) -> dict[str, Any]:
    """Return the answer to a wish for an address."""
    return {
        "url": address.url,
        "cookie": address.cookie,
        "user_agent": address.user_agent,
        "first": base64.b64encode(address.first).decode(),
        "proxied": address.proxied,
    }


def read_signed(content: Mapping[str, Any]) -> SignedAddress:
    """Read what `signed` made."""
    return SignedAddress(
        url=content["url"],
        cookie=content["cookie"],
        user_agent=content["user_agent"],
        first=base64.b64decode(content["first"]),
        proxied=content["proxied"],
    )


def failed(error: LinkError) -> dict[str, Any]:
    """Return the answer where there is none."""
    return {
        "error": error.reason.value,
        "wait_s": error.wait_s,
        "blocked": error.blocked,
        "detail": error.detail,
    }


def read_failed(content: Mapping[str, Any]) -> LinkError:
    """Read what `failed` made."""
    return LinkError(
        LinkReason(content["error"]),
        content["wait_s"],
        blocked=content["blocked"],
        detail=content["detail"],
    )
