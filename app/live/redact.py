"""Takes people out of recorded frames: what remains plays the same and tells nothing of anybody.

One rule: only fields that we know and need are kept; everything else of a message is dropped,
since names hide in places nobody listed. Avatars, bios and display texts go that way.
"""

from __future__ import annotations

import json
import re
import zlib
from typing import TYPE_CHECKING

from google.protobuf.message import DecodeError

from app.live.schema import MESSAGES, FetchResult, PushFrame
from app.live.wire import unpack

if TYPE_CHECKING:
    from app.live.schema import Proto

_MENTION = re.compile(rb"@[\w.\x80-\xff]{2,}")
_FIRST_PERSON = 1000


def strip_secrets(body: bytes) -> bytes:
    """Return a sign answer without the address and the tokens it carries; b"" if it is broken."""
    try:
        result = FetchResult.FromString(body)
    except DecodeError:
        return b""
    result.ClearField("push_server")
    result.ClearField("route_params")
    result.ClearField("internal_ext")
    data: bytes = result.SerializeToString()
    return data


class Redactor:
    """Gives every person of one recording a number, the same one each time."""

    def __init__(self) -> None:
        """Start with nobody known."""
        self._people: dict[int, int] = {}
        self._handles: dict[bytes, int] = {}
        self._orders: dict[bytes, int] = {}

    def person(self, real_id: int) -> int:
        """Return the number that stands for a person; 0 stays 0."""
        if not real_id:
            return 0
        return self._people.setdefault(real_id, _FIRST_PERSON + 1 + len(self._people))

    def frame(self, data: bytes) -> bytes:
        """Return a push frame without people; b"" if it cannot be read."""
        try:
            frame = PushFrame.FromString(data)
            if frame.payload_type == b"msg":
                frame.payload = self.fetch_result(unpack(frame.payload))
        except (DecodeError, ValueError, zlib.error):
            return b""
        frame.ClearField("headers")
        frame.DiscardUnknownFields()
        return _bytes(frame)

    def fetch_result(self, body: bytes) -> bytes:
        """Return a fetch result without people; raises DecodeError if it cannot be read."""
        result = FetchResult.FromString(body)
        for base in result.messages:
            cls = MESSAGES.get(base.method)
            base.payload = b"" if cls is None else self._message(cls, base.payload)
        result.ClearField("internal_ext")
        result.ClearField("cursor")
        result.DiscardUnknownFields()
        return _bytes(result)

    def note(self, data: bytes) -> bytes:
        """Return a note with the streamer's own number replaced too."""
        facts = json.loads(data)
        if isinstance(facts.get("host_id"), int):
            facts["host_id"] = self.person(facts["host_id"])
        return json.dumps(facts, ensure_ascii=False).encode()

    # ------------------------------------------------------------ inside

    def _message(self, cls: Proto, payload: bytes) -> bytes:
        try:
            message = cls.FromString(payload)
        except DecodeError:
            return b""
        message.DiscardUnknownFields()
        names = message.DESCRIPTOR.fields_by_name
        for name in ("user", "to_user"):
            if name in names and message.HasField(name):
                self._user(getattr(message, name))
        if "to_member_id" in names:
            self._receiver(message)
        if "content" in names:
            message.content = _MENTION.sub(self._mention, message.content)
        for name in ("battle_result", "armies"):
            for entry in getattr(message, name) if name in names else ():
                entry.key = self.person(entry.key)
        return _bytes(message)

    def _user(self, user: Proto) -> None:
        number = self.person(user.id)
        if user.display_id:
            self._handles[bytes(user.display_id).lower()] = number
        user.id = number
        user.nickname = b"Viewer %d" % number
        user.display_id = b"viewer%d" % number

    def _receiver(self, message: Proto) -> None:
        message.to_member_id_int = self.person(message.to_member_id_int)
        text = bytes(message.to_member_id)
        message.to_member_id = b"%d" % self.person(int(text)) if text.isdigit() else b""
        if message.HasField("monitor_info"):
            message.monitor_info.to_user_id = self.person(message.monitor_info.to_user_id)
        # An order number leads back to an account at TikTok; only being the same one matters.
        if message.order_id:
            message.order_id = b"order%d" % self._orders.setdefault(
                bytes(message.order_id), 1 + len(self._orders)
            )

    def _mention(self, match: re.Match[bytes]) -> bytes:
        number = self._handles.get(match[0][1:].lower(), 0)
        return b"@viewer%d" % number


def _bytes(message: Proto) -> bytes:
    data: bytes = message.SerializeToString()
    return data
