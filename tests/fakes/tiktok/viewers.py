"""People of a stream, written as TikTok writes a user: avatars, badges, follow facts, identity."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from tests.fakes.tiktok.proto import encode

SCENE_MODERATOR = 1
SCENE_SUBSCRIBER = 4
SCENE_GIFTER_GRADE = 8
SCENE_FANS = 10

_CDN = "https://p{host}-sign-va.tiktokcdn.com/"


def image(*urls: str, uri: str = "", color: str = "") -> bytes:
    """Return an ImageModel: 1 url_list, 2 uri, 5 avg_color."""
    return encode((1, list(urls)), (2, uri), (5, color))


def badge(scene: int, level: int = 0, *, label: str = "") -> bytes:
    """Return a BadgeStruct: 3 scene_type, 12 privilege_log_extra{5 level}, 23 combine."""
    shown = label or str(level)
    icon = image(
        "https://p16-webcast.tiktokcdn.com/webcast-va/"
        f"grade_badge_icon_lite_lv{level}_v1.png~tplv-obj.image",
        uri=f"webcast-va/grade_badge_icon_lite_lv{level}_v1.png",
    )
    log_extra = encode(
        (1, "2"), (2, f"7138381{scene:03d}176787524"), (3, "0"), (5, str(level) if level else "")
    )
    combine = encode((1, 4), (2, icon), (4, shown), (15, 14), (16, 15))
    return encode((1, 4), (2, 20), (3, scene), (4, 1), (11, True), (12, log_extra), (23, combine))


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person. `rich` writes what captured rooms write (about 1.5 KB), else only names and ids."""

    id: int
    handle: str
    nickname: str = ""
    gifter_level: int = 0
    fan_level: int = 0
    is_follower: bool = False
    is_friend: bool = False
    is_moderator: bool = False
    is_subscriber: bool = False
    is_anchor: bool = False
    rich: bool = True

    def encode(self) -> bytes:
        """Return the base.user.User message; the same viewer costs the encoding only once."""
        return _encode_viewer(self)

    def identity(self, *, gives_gift: bool = False) -> bytes:
        """Return the UserIdentity of a chat or gift: 1 giver, 2 subscriber, .. 5 moderator."""
        return encode(
            (1, gives_gift),
            (2, self.is_subscriber),
            (3, self.is_friend),
            (4, self.is_follower or self.is_friend),
            (5, self.is_moderator),
            (6, self.is_anchor),
        )

    def badges(self) -> list[bytes]:
        """Return the badges the levels and roles of this viewer call for."""
        found = []
        if self.is_moderator:
            found.append(badge(SCENE_MODERATOR, label="Moderator"))
        if self.is_subscriber:
            found.append(badge(SCENE_SUBSCRIBER, 1, label="Sub"))
        if self.gifter_level:
            found.append(badge(SCENE_GIFTER_GRADE, self.gifter_level))
        if self.fan_level:
            found.append(badge(SCENE_FANS, self.fan_level))
        return found


def _avatar(viewer_id: int, size: int) -> bytes:
    name = f"{viewer_id:032x}"
    path = f"tos-maliva-avt-0068/{name}~tplv-tiktokx-cropcenter:{size}:{size}"
    signature = "x-expires=1793260800&x-signature=" + name[-28:] + "%3D"
    kinds = ((16, "webp"), (19, "webp"), (16, "jpeg"))
    urls = (f"{_CDN.format(host=host)}{path}.{kind}?{signature}" for host, kind in kinds)
    return image(*urls, uri=f"tos-maliva-avt-0068/{name}")


@functools.lru_cache(maxsize=4096)
def _encode_viewer(viewer: Viewer) -> bytes:
    names = ((1, viewer.id), (3, viewer.nickname or viewer.handle))
    ids = ((38, viewer.handle), (1028, str(viewer.id)), (1090, viewer.is_subscriber))
    if not viewer.rich:
        return encode(*names, *ids)
    follow_status = 2 if viewer.is_friend else int(viewer.is_follower)
    return encode(
        *names,
        (9, _avatar(viewer.id, 100)),
        (22, encode((1, viewer.id % 900), (2, viewer.id % 5000), (3, follow_status))),
        (23, b""),
        (32, b""),
        (38, viewer.handle),
        (46, "MS4wLjABAAAA" + f"{viewer.id:064x}"),
        (64, viewer.badges()),
        *ids[1:],
    )


def numbered(number: int, *, rich: bool = True) -> Viewer:
    """Return the n-th of an endless supply of different viewers."""
    return Viewer(
        id=6_800_000_000_000_000_000 + number,
        handle=f"viewer_{number}",
        nickname=f"Viewer {number}",
        gifter_level=number % 40,
        fan_level=number % 15,
        is_follower=number % 3 == 0,
        rich=rich,
    )


ALICE = Viewer(1001, "alice", "Alice", gifter_level=12, fan_level=7, is_follower=True)
BOB = Viewer(1002, "bob", "Bob", gifter_level=3)
CAROL = Viewer(1003, "carol", "Carol", fan_level=2, is_friend=True)
MODERATOR = Viewer(1004, "dave.mod", "Dave", is_moderator=True, is_follower=True)
SUBSCRIBER = Viewer(1005, "erin", "Erin", is_subscriber=True, gifter_level=21)
STREAMER = Viewer(9000, "creator", "Creator", is_anchor=True)
GUEST = Viewer(9001, "guest", "Guest", is_follower=True)
