"""What waits to be sent to one client: replies in order, changes merged into one.

One rule: its size is bounded, however long the client does not read.
"""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING, Any

from app.gateway.message import Message
from app.gateway.messages import Changed, Reply

if TYPE_CHECKING:
    from app.gateway.views import DeviceView, FeedRow, RuleView

MAX_FEED = 200
MAX_REPLIES = 256
# Parts that only a visible window shows.
_WATCHED = ("running", "waiting", "feed", "feed_skipped", "rule_changes")
# Sent always, though these are defaults.
_ALWAYS = {"type", "protocol"}
_LATEST = (
    *("stream", "running", "waiting", "stats", "stop", "rules", "rules_running", "notices"),
    *("rules_revision", "profiles", "variables", "goals", "owed", "new_gifts"),
)


class Written(Message):
    """A message that is in its wire form already."""

    text: str


def to_json(message: Message) -> str:
    """Return the wire form: defaults are left out, the receiver's model puts them back.

    Except `type`, which it chooses the model by, and `protocol`, whose default differs there if
    the other side is of another version.
    """
    if isinstance(message, Written):
        return message.text
    if isinstance(message, Reply) and message.rules is not None:
        return _rules_json(message, message.rules.content)
    must = {name: getattr(message, name) for name in _ALWAYS if hasattr(message, name)}
    head = json.dumps(must, separators=(",", ":"))
    body = message.model_dump_json(exclude_defaults=True, exclude=_ALWAYS)
    if not must or body == "{}":
        return head if must else body
    return f"{head[:-1]},{body[1:]}"


def _rules_json(reply: Reply, content: dict[str, Any]) -> str:
    """Return the wire form of a reply with a whole document, made of many small steps.

    It is made in a thread: thousands of rules at once would keep everybody else waiting.
    """
    rest = reply.model_dump(mode="json", exclude={"rules": {"content"}}, exclude_none=True)
    rules = json.dumps({**rest.pop("rules"), "content": None}, separators=(",", ":"))
    listed = {
        name: f"[{','.join(_compact(one) for one in value)}]"
        if isinstance(value, list)
        else _compact(value)
        for name, value in content.items()
    }
    inside = ",".join(f"{_compact(name)}:{text}" for name, text in listed.items())
    rules = rules.removesuffix("null}") + f"{{{inside}}}}}"
    return f'{_compact(rest)[:-1]},"rules":{rules}}}'


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Merged:
    """Several Changed made one: the latest state wins, rows and devices go by their key."""

    def __init__(self, first: Changed) -> None:
        self._latest: dict[str, Any] = {}
        self._settings: dict[str, Any] | None = None
        self._devices: dict[str, DeviceView] = {}
        self._gone: dict[str, None] = {}
        self._rules: dict[str, RuleView] = {}
        self._feed: dict[str, FeedRow] = {}
        self._skipped = 0
        self.add(first)

    def add(self, changed: Changed) -> None:
        """Take one more, newer than all before."""
        for name in _LATEST:
            value = getattr(changed, name)
            if value is not None:
                self._latest[name] = value
        if changed.settings is not None:
            self._settings = changed.settings
        if changed.rules is not None:
            self._rules.clear()
        self._rules.update((rule.id, rule) for rule in changed.rule_changes)
        for device_id in changed.gone:
            self._devices.pop(device_id, None)
            self._gone[device_id] = None
        for device in changed.devices:
            self._gone.pop(device.id, None)
            self._devices[device.id] = device
        self._skipped += changed.feed_skipped
        for row in changed.feed:
            self._feed.pop(row.key, None)
            self._feed[row.key] = row
        while len(self._feed) > MAX_FEED:
            del self._feed[next(iter(self._feed))]
            self._skipped += 1

    def result(self) -> Changed:
        """Return the one message."""
        return Changed(
            **self._latest,
            settings=self._settings,
            rule_changes=tuple(self._rules.values()),
            devices=tuple(self._devices.values()),
            gone=tuple(self._gone),
            feed=tuple(self._feed.values()),
            feed_skipped=self._skipped,
        )


class Outbox:
    """The waiting messages of one client."""

    def __init__(self) -> None:
        self._first: deque[Message] = deque()
        self._single: Changed | None = None
        self._merged: Merged | None = None

    def __bool__(self) -> bool:
        return bool(self._first) or self._single is not None

    def say(self, message: Message) -> bool:
        """Queue a reply, before all changes; False if the client does not fetch its replies."""
        if len(self._first) >= MAX_REPLIES:
            return False
        self._first.append(message)
        return True

    def forget_changes(self) -> None:
        """Drop the waiting changes: a snapshot just queued holds them."""
        self._single = self._merged = None

    def change(self, changed: Changed) -> None:
        """Queue a change; one that still waits is merged with it."""
        if self._single is None:
            self._single = changed
        elif self._merged is None:
            self._merged = Merged(self._single)
            self._merged.add(changed)
        else:
            self._merged.add(changed)

    def take(self) -> Message | None:
        """Return the next message to send, or None."""
        if self._first:
            return self._first.popleft()
        changed = self._merged.result() if self._merged is not None else self._single
        self.forget_changes()
        return changed


def unwatched(changed: Changed) -> Changed | None:
    """Return what a hidden window still wants of a change, or None if that is nothing."""
    fields = changed.model_fields_set - {*_WATCHED, "type"}
    if not fields:
        return None
    return Changed(**{name: getattr(changed, name) for name in fields})
