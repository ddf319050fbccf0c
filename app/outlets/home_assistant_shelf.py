"""What a broker keeps for Home Assistant of our devices, and how to have it keep what is so now.

One rule: whatever is left there is written down first, so that a later run can take it back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.outlets.home_assistant_parts import announcement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from app.outlets.home_assistant_parts import Announcing, Part


@dataclass(frozen=True, slots=True)
class Trail:
    """What was left at a broker for one device; `parts` are platforms by key."""

    config: str
    topics: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Trail | None:
        """Return what was kept; None if that is no trail."""
        config, topics, parts = (kept.get(name) for name in ("config", "topics", "parts"))
        if not (isinstance(config, str) and isinstance(topics, list) and isinstance(parts, dict)):
            return None
        texts = {str(key): str(platform) for key, platform in parts.items()}
        return cls(config, tuple(map(str, topics)), texts)

    def written(self) -> dict[str, Any]:
        """Return what is to be kept."""
        return {"config": self.config, "topics": list(self.topics), "parts": dict(self.parts)}


class Shelf:
    """Says what is news, and only that. Loop's thread only."""

    def __init__(
        self, say: Callable[[str, str], bool], keep: Callable[[str, Trail | None], None]
    ) -> None:
        """`say(topic, text)` is False while the broker is away; `keep` outlives the program."""
        self._say_now = say
        self._keep = keep
        self._told: dict[str, str] = {}
        self.trails: dict[str, Trail] = {}

    def renew(self) -> None:
        """Take nothing for told: there is another connection, or another listener."""
        self._told.clear()

    def put(
        self,
        key: str,
        about: Mapping[str, Any],
        parts: Iterable[Part],
        states: Mapping[str, str],
        to: Announcing,
    ) -> None:
        """Have the broker keep a device: what its parts and `states` tell, then who it is."""
        parts = tuple(parts)
        config, before = to.tree.config(key), self.trails.get(key)
        told = {**states, **{part.topic: part.text for part in parts if part.topic}}
        trail = Trail(config, tuple(told), {part.key: part.platform for part in parts})
        gone: dict[str, str] = {}
        if before is not None:
            if before.config == config:
                gone = {name: of for name, of in before.parts.items() if name not in trail.parts}
            for topic in {before.config, *before.topics} - {config, *told}:
                self._say(topic, "")
        if trail != before:
            self.trails[key] = trail
            self._keep(key, trail)
        for topic, text in told.items():
            if text:
                self._say(topic, text)
        if gone:
            # First told that they are gone, then left out.
            self._say(config, announcement(about, parts, to, gone))
        self._say(config, announcement(about, parts, to, {}))

    def take_back(self, key: str) -> None:
        """Have the broker keep nothing of a device; if it is away, that waits."""
        trail = self.trails.get(key)
        if trail is None:
            return
        # Who it is goes first: then nobody misses what it told.
        said = [self._say(topic, "") for topic in (trail.config, *trail.topics)]
        if all(said):
            del self.trails[key]
            self._keep(key, None)

    def _say(self, topic: str, text: str) -> bool:
        if self._told.get(topic) == text:
            return True
        if not self._say_now(topic, text):
            return False
        self._told[topic] = text
        return True
