"""How we appear to TikTok and whom we trust: a browser, a certificate store, addresses.

One rule: certificates are checked on every connection, the sign server's included.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from app.core.links import LinkReason

if TYPE_CHECKING:
    import random
    from pathlib import Path

REQUEST_TIMEOUT_S = 10.0

# Current browsers; old ones are refused as DEVICE_BLOCKED sooner or later.
_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64"
_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7"
_CHROME = ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36"
_FIREFOX = "; rv:150.0) Gecko/20100101 Firefox/150.0"
_USER_AGENTS = (
    _WINDOWS + _CHROME,
    _MAC + _CHROME,
    _WINDOWS + _FIREFOX,
    _MAC.replace("10_15_7", "15.7") + _FIREFOX,
)
_SCREENS = ((1920, 1080), (2560, 1440), (3840, 2160))


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where TikTok and the sign server are; other values are for tests and own sign servers."""

    app: str = "https://www.tiktok.com"
    webcast: str = "https://webcast.tiktok.com/webcast"
    sign: str = "https://api.eulerstream.com"

    @classmethod
    def at(cls, base: str) -> Addresses:
        """Return everything on one server, as a loopback TikTok has it; "" is the real one."""
        base = base.rstrip("/")
        return cls(base, f"{base}/webcast", base) if base else cls()


@dataclass(frozen=True, slots=True)
class Browser:
    """The browser we say we are, the same one everywhere until TikTok refuses it."""

    user_agent: str
    screen: tuple[int, int]

    @classmethod
    def pick(cls, random_source: random.Random, *, other_than: Browser | None = None) -> Browser:
        """Choose one, never the one that was just refused."""
        avoid = other_than.user_agent if other_than else ""
        agents = [agent for agent in _USER_AGENTS if agent != avoid]
        return cls(random_source.choice(agents), random_source.choice(_SCREENS))

    def headers(self) -> dict[str, str]:
        """Return the headers of a page request."""
        return {
            "User-Agent": self.user_agent,
            "Accept": "text/html,application/json,application/protobuf",
            "Accept-Language": "en-US,en;q=0.9",
            "Referer": "https://www.tiktok.com/",
            "Origin": "https://www.tiktok.com",
            "Cache-Control": "max-age=0",
            "Sec-Fetch-Site": "same-site",
            "Sec-Fetch-Mode": "cors",
            "Sec-Fetch-Dest": "empty",
        }

    def params(self, *, quoted: bool = False) -> dict[str, str]:
        """Return what a page of TikTok says about its browser; `quoted` for raw URL building."""
        mac = "Macintosh" in self.user_agent
        name, _, version = self.user_agent.partition("/")
        return {
            "browser_name": name,
            "browser_version": quote(version, safe="") if quoted else version,
            "browser_platform": "MacIntel" if mac else "Win32",
            "os": "mac" if mac else "windows",
            "screen_width": str(self.screen[0]),
            "screen_height": str(self.screen[1]),
        }


def trust(ca_file: Path | None = None) -> ssl.SSLContext:
    """Return the certificate store: the system's, the bundled one, and `ca_file` if given.

    The system's lets companies and antiviruses in that the user trusts; frozen programs on macOS
    have none and live on the bundled one. Costs some 40 ms: make one and share it.
    """
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if ca_file is not None:
        context.load_verify_locations(str(ca_file))
    return context


def reason_of(error: Exception) -> LinkReason:
    """Say why a request or a connection failed below the protocol."""
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            break
        if isinstance(seen, ssl.SSLCertVerificationError):
            return LinkReason.TLS_REFUSED
        # httpcore and httpx keep the certificate error as text when they wrap it.
        if isinstance(seen, ssl.SSLError) or "CERTIFICATE_VERIFY_FAILED" in str(seen):
            return LinkReason.TLS_REFUSED
        seen = seen.__cause__ or seen.__context__
    return LinkReason.NO_NETWORK
