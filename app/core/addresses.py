"""Web addresses that a rule may call.

One rule: http and https only, and no password in it; secrets are kept elsewhere, by name.
"""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from app.core.expressions import refused
from app.core.forms import Pick, hints
from drivers.contract import N_

_SCHEMES: Final = ("http", "https")


def checked(url: str) -> str:
    """Return an address as it is, "" too; raises ValueError if it is none that may be called."""
    if not url:
        return url
    if any(sign.isspace() or not sign.isprintable() for sign in url) or "\\" in url:
        raise refused("url_sign", N_("there are spaces or signs in it that no address has"))
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise _no_address(url) from None
    if parts.scheme.lower() not in _SCHEMES or not host or port == 0:
        raise _no_address(url)
    if "@" in parts.netloc:
        raise refused(
            "url_password", N_("leave name and password out of the address; use a secret")
        )
    return url


def _no_address(url: str) -> ValueError:
    return refused(
        "url", N_("“{url}” is no address. It begins with https:// or http://"), url=url[:100]
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
