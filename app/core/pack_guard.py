"""What a file from a stranger may not do: exhaust the reader, or call into the own network.

One rule: whatever is refused is refused with one sentence, before anything of it is believed.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from app.core.pack_words import PROBLEMS
from app.core.problems import Problem
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.rules import RulesError

MAX_PACK_CHARS: Final = 2_000_000
# A rule takes ten layers; Python's own reader would break at about a thousand.
MAX_DEPTH: Final = 60
MAX_URL: Final = 2_000

# Control, format, line and paragraph signs; the joiners build emoji and letters.
_UNWANTED: Final = ("Cc", "Cf", "Zl", "Zp")
_JOINERS: Final = "\u200c\u200d"
# Vietnamese puts two upon one letter.
_MOST_MARKS: Final = 4
# Fields of several lines.
_LINES: Final = ("note", "body", "text")

_TRANSLATED: Final = ipaddress.IPv6Network("64:ff9b::/96")
# A text that nobody closes is taken whole, so that no quote in it is looked at again.
_BRACKETS: Final = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
_AUTHORITY: Final = re.compile(
    r"(?P<host>\[[0-9A-Za-z:.%]+\]|[^:\[\]]+)(?::(?P<port>[0-9]{0,5}))?\Z"
)
_MOST_PORT: Final = 65_535
_HOST: Final = re.compile(
    r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?$"
)
# Names that never leave the house, and services whose names answer with any address asked for.
_AT_HOME: Final = (
    "localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private",
    "home.arpa", "nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me", "vcap.me", "traefik.me",
    "ts.net",
)  # fmt: skip


class PackError(ValueError):
    """The file cannot be used as a pack; `problem` says why, `rule` in which rule if in one."""

    def __init__(self, problem: Problem, rule: str = "") -> None:
        self.problem = problem
        self.rule = rule
        super().__init__(self.sentence())

    def sentence(self, language: str = "en") -> str:
        """Say it in one sentence."""
        say = PROBLEMS.get(self.problem.code)
        if say is None:
            text = self.problem.sentence(language)
        else:
            template = say.vi if language == "vi" else say.en
            text = template.format_map(dict(self.problem.values))
        if not self.rule:
            return text
        where = "Trong quy tắc “{rule}”: {text}" if language == "vi" else N_("In “{rule}”: {text}")
        return where.format(rule=self.rule, text=text)


def refused(code: str, rule: str = "", **values: str | float) -> PackError:
    """Return the error with this code and these values for its sentence."""
    return PackError(Problem((), code, tuple(values.items())), rule)


def from_rules(error: RulesError) -> PackError:
    """Return what the rules say as a problem of the pack."""
    return PackError(error.problem)


def check_text(text: str) -> None:
    """Refuse a file that is too large or too deep to be read; raises PackError."""
    if len(text) > MAX_PACK_CHARS:
        raise refused("pack_large", most=MAX_PACK_CHARS // 1_000_000)
    depth = 0
    for found in _BRACKETS.finditer(text):
        sign = found.group()[0]
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise refused("pack_deep")
        elif sign != '"':
            depth -= 1


def no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build what stands in braces; refuse a name that stands there twice (`object_pairs_hook`)."""
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise refused("pack_twice", name=name[:60])
            seen.add(name)
    return made


def cleaned(raw: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return JSON without signs that make a text look like another one.

    Control and direction signs go, and marks piled upon one letter; lines stay where several may
    be written. Names of fields stay as they are, but for those of translations.
    """
    if not isinstance(raw, dict):
        return _cleaned(raw, "")
    made = {name: _cleaned(value, name) for name, value in raw.items()}
    words = made.get("words")
    if isinstance(words, dict):
        made["words"] = {
            language: {_clean(name): said for name, said in table.items()}
            if isinstance(table, dict)
            else table
            for language, table in words.items()
        }
    return made


def _cleaned(value: Any, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str):
        return _clean(value, lines=name in _LINES)
    if isinstance(value, list):
        return [_cleaned(one, name) for one in value]
    if isinstance(value, dict):
        lines = name if name in _LINES else ""
        return {key: _cleaned(one, lines or key) for key, one in value.items()}
    return value


def _clean(text: str, *, lines: bool = False) -> str:
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for sign in text:
        category = unicodedata.category(sign)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if sign in "\n\t":
            kept.append(sign if lines else " ")
        elif sign in _JOINERS or not (category in _UNWANTED or marks > _MOST_MARKS):
            kept.append(sign)
    return "".join(kept)


def check_url(url: str) -> str:
    """Return the host that a webhook of a stranger would call; raises PackError.

    Only http and https to a public name or address are let through. A name may still lead home
    when it is looked up: whoever sends the request must check the address once more.
    """
    host = _host(url)
    bare = host.rstrip(".")
    if bare in _AT_HOME or bare.endswith(tuple(f".{name}" for name in _AT_HOME)):
        raise refused("url_local", host=bare)
    try:
        address = ipaddress.ip_address(bare.strip("[]"))
    except ValueError:
        if not _HOST.match(bare):
            # Numbers in odd forms (0x7f.1, 2130706433), single words and other alphabets.
            raise refused("url_odd", url=_short(url)) from None
        return bare
    if not is_public(address):
        raise refused("url_local", host=bare)
    return bare


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Say whether an address belongs to a computer somewhere on the internet."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        # Tunnels and translators, which carry an address of the old kind inside.
        if address.sixtofour is not None or address.teredo is not None or address in _TRANSLATED:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _host(url: str) -> str:
    plain = unicodedata.normalize("NFKC", url)
    if plain != url or len(url) > MAX_URL or re.search(r"[\s\\\x00-\x1f\x7f]", url):
        raise refused("url_odd", url=_short(url))
    scheme, mark, _ = url.partition("://")
    if scheme.lower() not in ("http", "https") or not mark:
        raise refused("url_scheme", url=_short(url))
    authority = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]
    if "@" in authority:
        raise refused("url_login", host=_short(authority.rpartition("@")[2]))
    host = host_of(url)
    if not host or not host.isascii():
        raise refused("url_odd", url=_short(url))
    return host


def host_of(url: str) -> str:
    """Return the host in an address, in small letters; empty if there is none to be seen."""
    authority = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]
    found = _AUTHORITY.match(authority.rpartition("@")[2])
    if found is None or int(found["port"] or 0) > _MOST_PORT:
        return ""
    return found["host"].lower()


def _short(url: str) -> str:
    return "".join(sign for sign in url[:80] if sign.isprintable())
