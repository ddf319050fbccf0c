"""How each HTTP endpoint and the handshake of a stream misbehave; one word or one word per call.

One rule: a word that does not exist is refused at once, so a typo never tests the happy path.
"""

from __future__ import annotations

from collections.abc import Sequence

MODES: dict[str, frozenset[str]] = {
    "page": frozenset(
        {"ok", "captcha", "no_state", "broken", "never_live", "no_room", "blocked_ip", "empty"}
        | {"500", "hang"}
    ),
    "api": frozenset({"ok", "not_found", "no_room", "broken", "empty", "500", "hang"}),
    "alive": frozenset({"ok", "dead", "broken", "empty", "500", "hang"}),
    "info": frozenset({"ok", "age_restricted", "wrong_params", "broken", "empty", "500", "hang"}),
    "gift_list": frozenset(
        {"ok", "empty", "403", "429", "500", "broken", "html", "refused", "moved", "hang"}
        | {"unsigned_403", "unsigned_empty", "huge", "bomb", "hostile"}
    ),
    "sign_url": frozenset(
        {"ok", "401", "403", "premium", "429", "500", "empty", "elsewhere", "hang"}
    ),
    "sign": frozenset(
        {"ok", "401", "403", "500", "503", "empty", "garbage", "hang", "reset"}
        | {"429", "429_retry_after", "429_seconds", "429_epoch", "429_x_reset", "429_bare"}
        | {"no_cookie", "no_cursor", "no_push_server", "not_first", "fallback"}
    ),
    "rate_limits": frozenset({"ok", "spent", "empty", "500", "hang"}),
    "handshake": frozenset(
        {"ok", "device_blocked", "illegal_key", "400", "403", "502", "hang", "reset", "no_options"}
    ),
}


class Switches:
    """The behaviour of one stream's endpoints; every one starts as "ok".

    Set a word, or a list of words: the n-th call takes the n-th and the last one stays.
    """

    page: str | Sequence[str]
    api: str | Sequence[str]
    alive: str | Sequence[str]
    info: str | Sequence[str]
    gift_list: str | Sequence[str]
    sign: str | Sequence[str]
    sign_url: str | Sequence[str]
    rate_limits: str | Sequence[str]
    handshake: str | Sequence[str]

    def __init__(self) -> None:
        """Set everything to "ok"."""
        self._words: dict[str, tuple[str, ...]] = {}
        self._calls: dict[str, int] = {}
        for name in MODES:
            setattr(self, name, "ok")

    def __setattr__(self, name: str, value: object) -> None:
        """Check the word or words, and count calls from zero again."""
        if name in MODES:
            words = (value,) if isinstance(value, str) else tuple(_as_words(value))
            strange = [word for word in words if word not in MODES[name]]
            if strange or not words:
                raise ValueError(f"{name} knows {sorted(MODES[name])}, not {strange}")
            self._words[name], self._calls[name] = words, 0
        elif not name.startswith("_"):
            raise AttributeError(f"there is no switch {name}")
        object.__setattr__(self, name, value)

    def take(self, name: str) -> str:
        """Return the word for this call and step on to the next."""
        words = self._words[name]
        turn = min(self._calls[name], len(words) - 1)
        self._calls[name] += 1
        return words[turn]


def _as_words(value: object) -> list[str]:
    if not isinstance(value, Sequence):
        raise TypeError(f"a word or a list of words, not {value!r}")
    return [str(word) for word in value]
