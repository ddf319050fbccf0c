"""Asks TikTok for its own list of gifts, in the background, at most once a day per region.

One rule: the list is a convenience. It delays nothing, a failure costs nothing and is told in the
log only, and a signature is spent on it at most once a day and only from a budget that is full.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlencode, urlsplit

from app.link import LinkError
from app.live.gift_answer import PACKED_LIMIT, read_gifts_of, unpacked
from app.live.lookup import PAGE_PARAMS
from app.live.net import REQUEST_TIMEOUT_S

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    import httpx

    from app.core.giftlist import GiftKind, GiftList
    from app.link import Clock
    from app.live.net import Addresses, Browser
    from app.live.patience import SignBudget

log = logging.getLogger(__name__)

DAY_MS: Final = 24 * 3600 * 1000
# Nobody answered: that is no reason to wait for tomorrow.
AGAIN_MS: Final = 3600 * 1000
SIGNED: Final = "signed"
_TIMEOUT_S: Final = 30.0
# So many gifts are learnt in less than a millisecond.
_AT_ONCE: Final = 100
_OK: Final = 200
_SIGNABLE: Final = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Region:
    """Where we say we are: TikTok translates names by full tags ("pl-PL", not "pl")."""

    language: str
    country: str

    @property
    def tag(self) -> str:
        """Return "vi-VN"."""
        return f"{self.language}-{self.country}"


_ENGLISH: Final = Region("en", "US")
_OTHERS: Final = {"vi": Region("vi", "VN")}


def regions_of(language: str) -> tuple[Region, ...]:
    """Return the regions whose names somebody of this language meets: the own one, and English."""
    own = _OTHERS.get(language)
    return (_ENGLISH,) if own is None else (own, _ENGLISH)


class AskedMemory(Protocol):
    """Keeps over a restart when which list was asked for."""

    def asked(self) -> Mapping[str, int]:
        """Return the times by region, UTC epoch ms."""

    def note_asked(self, region: str, at_ms: int) -> None:
        """Keep a time; called on the loop, so it must not block."""


class PageSigner(Protocol):
    """Signs addresses of TikTok's pages."""

    @property
    def browser(self) -> Browser:
        """Who we say we are."""

    async def sign_page(self, url: str) -> str:
        """Return the address with its signature; raises LinkError."""


class NoListError(Exception):
    """There is no list. `answered` says whether somebody said so, `sign` whether to ask signed."""

    def __init__(self, why: str, *, answered: bool = True, sign: bool = False) -> None:
        super().__init__(why)
        self.answered = answered
        self.sign = sign


class _ThisRun:
    """The memory of who has none: it lasts as long as the program."""

    def __init__(self) -> None:
        self._asked: dict[str, int] = {}

    def asked(self) -> Mapping[str, int]:
        return self._asked

    def note_asked(self, region: str, at_ms: int) -> None:
        self._asked[region] = at_ms


class Catalogue:
    """TikTok's list of gifts. Call everything from the loop's thread."""

    def __init__(  # noqa: PLR0913 - one collaborator each
        self,
        addresses: Addresses,
        gifts: GiftList,
        clock: Clock,
        *,
        language: Callable[[], str],
        trusted: Callable[[], ssl.SSLContext],
        signer: PageSigner,
        budget: SignBudget,
        memory: AskedMemory | None = None,
    ) -> None:
        """Take where to ask, as whom, and what is to learn from it; nothing is sent yet."""
        self._url = f"{addresses.webcast}/gift/list/"
        self._gifts = gifts
        self._clock = clock
        self._language = language
        self._trusted = trusted
        self._signer = signer
        self._budget = budget
        self._memory: AskedMemory = memory if memory is not None else _ThisRun()
        self._not_before_ms: dict[str, int] = {}

    async def look(self, room_id: int) -> None:
        """Ask for the lists that are due, for a running stream; never raises."""
        try:
            for region in regions_of(self._language()):
                if self._due(region.tag):
                    await self._look(room_id, region)
        except Exception as error:  # noqa: BLE001 - the stream must not end for a list
            log.info("no list of gifts: %s", type(error).__name__)

    async def _look(self, room_id: int, region: Region) -> None:
        try:
            await self._learn(room_id, region)
        except NoListError as error:
            log.info("no list of gifts from TikTok (%s): %s", region.tag, error)
            if not error.answered:
                self._not_before_ms[region.tag] = self._clock.wall_ms() + AGAIN_MS
                return
        self._memory.note_asked(region.tag, self._clock.wall_ms())

    def _due(self, key: str) -> bool:
        now_ms = self._clock.wall_ms()
        asked_ms = self._memory.asked().get(key, 0)
        # A time yet to come is from a clock that was set back.
        lately = now_ms - DAY_MS < asked_ms <= now_ms
        return not lately and now_ms >= self._not_before_ms.get(key, 0)

    async def _learn(self, room_id: int, region: Region) -> None:
        url = f"{self._url}?{urlencode(self._params(room_id, region))}"
        try:
            kinds = await self._ask(url)
        except NoListError as error:
            if not error.sign or not self._may_sign():
                raise
            kinds = await self._ask(await self._signed(url))
        news = 0
        for start in range(0, len(kinds), _AT_ONCE):
            news += self._gifts.take_list(kinds[start : start + _AT_ONCE], region.language)
            # Gifts that are sent meanwhile come first.
            await asyncio.sleep(0)
        log.info("TikTok's list of gifts (%s): %d, news %d", region.tag, len(kinds), news)

    def _params(self, room_id: int, region: Region) -> dict[str, str]:
        told = {
            "room_id": str(room_id),
            "app_language": region.tag,
            "browser_language": region.tag,
            "webcast_language": region.tag,
            "priority_region": region.country,
            "region": region.country,
        }
        return {**PAGE_PARAMS, **self._signer.browser.params(), **told}

    # ------------------------------------------------------------ asking

    def _may_sign(self) -> bool:
        if not self._due(SIGNED) or not self._budget.take_spare():
            return False
        self._memory.note_asked(SIGNED, self._clock.wall_ms())
        return True

    async def _signed(self, url: str) -> str:
        try:
            signed = await self._signer.sign_page(url)
        except LinkError as error:
            raise NoListError(f"not signed, {error}") from error
        wanted, got = urlsplit(url), urlsplit(signed)
        if (got.scheme, got.netloc, got.path) != (wanted.scheme, wanted.netloc, wanted.path):
            raise NoListError("signed for another place")
        return signed

    async def _ask(self, url: str) -> list[GiftKind]:
        import httpx

        try:
            async with asyncio.timeout(_TIMEOUT_S):
                client = await asyncio.to_thread(self._make_client)
                async with client, client.stream("GET", url) as response:
                    body, encoding = await self._body(response)
            return await asyncio.to_thread(_read, body, encoding)
        except (httpx.TransportError, OSError, TimeoutError) as error:
            raise NoListError(type(error).__name__, answered=False) from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise NoListError(str(error)[:80] or type(error).__name__) from error

    async def _body(self, response: httpx.Response) -> tuple[bytes, str]:
        """Return the packed body; it is unpacked by us, who stop where it becomes too much."""
        status = response.status_code
        if status != _OK:
            raise NoListError(f"HTTP {status}", sign=status in _SIGNABLE)
        body = bytearray()
        async for piece in response.aiter_raw():
            body += piece
            if len(body) > PACKED_LIMIT:
                raise NoListError("too large")
        if not body:
            raise NoListError("empty answer", sign=True)
        return bytes(body), response.headers.get("Content-Encoding", "").strip().lower()

    def _make_client(self) -> httpx.AsyncClient:
        import httpx

        logging.getLogger("httpx").setLevel(logging.WARNING)
        return httpx.AsyncClient(
            headers={**self._signer.browser.headers(), "Accept-Encoding": "gzip, deflate"},
            timeout=REQUEST_TIMEOUT_S,
            verify=self._trusted(),
        )


def _read(body: bytes, encoding: str) -> list[GiftKind]:
    return read_gifts_of(unpacked(body, encoding))
