"""Web addresses that a rule may call.

One rule: http and https only, and no password in it; secrets are kept elsewhere, by name.
"""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field, StringConstraints

from app.core.expressions import refused
from app.core.forms import Pick, hints
from drivers.contract import N_

# http or https, the host with perhaps a port, and whatever follows (RFC 3986, without user names).
_PARTS: Final = re.compile(r"(?i:https?)://([^/?#]*)(?:[/?#].*)?")
_HOST: Final = re.compile(r"(?:\[[0-9A-Fa-f:.]{2,}\]|[^\[\]:@<>\"'%^`{|}]+)(?::([0-9]{1,5}))?")
_MOST_PORT: Final = 65_535


def checked(url: str) -> str:
    """Return an address as it is, "" too; raises ValueError if it is none that may be called."""
    if not url:
        return url
    if any(sign.isspace() or not sign.isprintable() for sign in url) or "\\" in url:
        raise refused("url_sign", N_("there are spaces or signs in it that no address has"))
    parts = _PARTS.fullmatch(url)
    if parts is None:
        raise _no_address(url)
    if "@" in parts[1]:
        raise refused(
            "url_password", N_("leave name and password out of the address; use a secret")
        )
    host = _HOST.fullmatch(parts[1])
    if host is None or not 0 < int(host[1] or 80) <= _MOST_PORT:
        raise _no_address(url)
    return url


def _no_address(url: str) -> ValueError:
    return refused(
        "url",
        N_("“{url}” is not an address. An address begins with https:// or http://"),
        url=url[:100],
    )


Url = Annotated[
    str,
    StringConstraints(max_length=2_000, strip_whitespace=True),
    AfterValidator(checked),
    Field(
        title=N_("Address"),
        json_schema_extra=hints(Pick.URL, placeholder="https://example.com/hook"),
    ),
]
