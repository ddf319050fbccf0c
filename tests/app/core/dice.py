"""Rules and events thrown by dice that fall the same way for the same seed."""

from __future__ import annotations

import random

from app.core.engine import EngineGate
from app.core.events import (
    Chat,
    Follow,
    Gift,
    Join,
    Like,
    Share,
    Source,
    StreamStarted,
    Subscribe,
    Viewer,
)
from app.core.rules import Rule

GIFTS = [(5655, "Rose"), (0, "rose "), (777, "Rose"), (5269, "TikTok"), (6369, "Lion"), (1, "")]


class Dice:
    """Rules and events that meet often: the same few gifts, words, viewers and devices."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.pick = self.random.choice
        self.number = self.random.randint

    def rarely(self):
        return self.random.random() < 0.06

    def rule(self, place):
        on = not self.rarely()
        formulas = [*["count", "coins * count", "3", "total"] * 3, "0", "10 / (count - 2)"]
        limits = {
            "cooldown_s": self.pick([0, 0, 0.5, 4]),
            "viewer_cooldown_s": self.pick([0, 0, 3, 9]),
            "max_per_stream": self.pick([None, None, 2, 4]),
            "ceiling": self.pick([None, None, 2]),
        }
        steps = [self.step(formulas) for _ in range(self.number(1, 2))]
        return Rule.model_validate(
            {
                "id": f"r{place}",
                "on": on,
                "when": self.trigger(),
                "only_if": [self.condition(2) for _ in range(self.pick([0, 0, 0, 1, 2]))],
                "do": steps,
                "limits": limits if self.number(0, 1) else {},
                "react": self.pick(["each", "total"]),
                "time_to_live_s": self.pick([5, 30]),
            }
        )

    def step(self, formulas):
        kinds = [*["motor", "light", "relay", "effect"] * 6, "nowhere", ""]
        made = {
            "rotate": {"rounds": self.pick(formulas)},
            "flash": {"times": self.pick(formulas)},
            "color": {"percent": self.pick(formulas)},
            "pulse": {"seconds": self.pick(formulas)},
            "switch_on": {},
            "set_level": {},
            "play_effect": {},
        }
        key = self.pick(list(made))
        device = {"device": self.pick(kinds)} if self.rarely() else {}
        return {"key": key, **made[key], **device}

    def trigger(self):
        gift_id, name = self.pick(GIFTS)
        other_id, other = self.pick(GIFTS)
        choices = [{"id": gift_id, "name": name}, {"id": other_id, "name": other}]
        by_gift = {"key": "gift", "gifts": choices[: self.number(1, 2)]}
        others = [
            {"key": "gift_any", "least": self.number(0, 5), "most": self.pick([None, 9])},
            {"key": "likes", "likes": self.number(3, 30), "again": self.pick([True, False])},
            {"key": self.pick(["follow", "share", "join"])},
            {"key": "subscribe", "months": self.number(1, 3)},
            {"key": "chat_contains", "texts": [self.pick(["spin", "xoay", "X"])]},
            {"key": "chat_command", "command": self.pick(["!spin", "xoay"])},
        ]
        return self.pick([by_gift, by_gift, by_gift, *others])

    def condition(self, deep):
        plain = [
            {"key": "coins_at_least", "coins": self.number(0, 12)},
            {
                "key": "count_compare",
                "comparison": self.pick([">=", ">", "=", "!=", "<=", "<"]),
                "number": 2,
            },
            {"key": self.pick(["sender_is_follower", "sender_is_moderator"])},
            {"key": "sender_is_subscriber"},
        ]
        if deep and self.number(0, 2) == 0:
            of = [self.condition(deep - 1) for _ in range(self.number(0, 3))]
            group = {"key": self.pick(["all", "any"]), "of": of}
            return self.pick([group, {"key": "not", "of": self.condition(deep - 1)}])
        return self.pick(plain)

    def event(self, place):
        usual = {
            "id": f"e{place}",
            "at_ms": 0,
            "viewer": Viewer(
                self.number(0, 2),
                self.pick("ab"),
                is_follower=self.pick([True, False]),
                is_moderator=self.pick([True, False]),
                is_subscriber=self.pick([True, False]),
            ),
            "source": self.pick([*[Source.LIVE] * 4, Source.REPLAY, Source.PRETEND]),
            "backlog": self.rarely(),
        }
        if self.rarely():
            del usual["viewer"], usual["backlog"]
            return StreamStarted(**usual, room_id=self.number(1, 2))
        kind = self.pick([Gift, Gift, Gift, Like, Follow, Share, Join, Subscribe, Chat])
        return kind(**usual, **self.fields(kind))

    def fields(self, kind):
        gift_id, name = self.pick(GIFTS)
        count = self.pick([0, 1, 1, 2, 3])
        text = self.pick(["!spin now", "!SPIN", "please Xoay!", "xoay", "", " ", "hi !spin"])
        return {
            Gift: {
                "gift_id": gift_id,
                "name": name,
                "coins": self.number(0, 9),
                "count": count,
                "total": count + self.number(0, 3),
                "final": self.pick([True, False]),
                "late": self.rarely(),
                "streak": "s",
            },
            Like: {"count": self.number(1, 15), "total": self.number(0, 100)},
            Subscribe: {"months": self.number(1, 4)},
            Chat: {"text": text},
        }.get(kind, {})

    def moments(self, many):
        now = 0.0
        for place in range(many):
            now += self.pick([0.0, 0.1, 0.5, 2.0, 4.0])
            gate = EngineGate(running=not self.rarely(), stopped=self.rarely())
            yield now, self.event(place), gate
