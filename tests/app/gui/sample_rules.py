"""Believable rules for pictures and tests: plain content of a rule file, as a core would send it."""

from __future__ import annotations

from typing import Any

from app.core.rules import RuleDocument, from_content, to_content
from app.gateway.messages import Reply
from app.gateway.views import NewGiftView, ProfilesView, RulesResult, RuleView, Snapshot
from tests.app.gui import sample

ROSE = {"id": 5655, "name": "Rose"}


def rule(rule_id: str, name: str, **more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": rule_id,
        "name": name,
        "on": True,
        "when": {"key": "gift", "gifts": [ROSE]},
        "do": [{"key": "rotate", "device": "motor", "rounds": "count", "rpm": "100"}],
        "limits": {"ceiling": 20, "cooldown_s": 2.0},
    }
    return base | more


def gift(gift_id: int, name: str) -> dict[str, Any]:
    return {"key": "gift", "gifts": [{"id": gift_id, "name": name}]}


def rules() -> list[dict[str, Any]]:
    flash = {"key": "flash", "device": "light", "times": "5"}
    return [
        rule("r1", "Spin for roses"),
        rule("r2", "Party lights", when={"key": "gift_any", "least": 500}, do=[flash],
             limits={"policy": "queue"}, group="evening"),
        rule("r3", "Bubbles for hearts", when=gift(5327, "Heart Me"), group="evening",
             do=[{"key": "switch_on", "device": "pump", "seconds": "3"}], limits={"cooldown_s": 5.0}),
        rule("r4", "Confetti shot", when=gift(5585, "Confetti"), group="evening",
             only_if=[{"key": "sender_is_follower"}],
             do=[{"key": "pulse", "device": "relay"}], limits={"cooldown_s": 30.0, "max_per_stream": 6}),
        rule("r5", "Thank new followers", when={"key": "follow"}, do=[flash], limits={},
             group="thanks"),
        rule("r6", "Coffee wave", on=False, when=gift(5333, "Coffee"), group="thanks",
             do=[{"key": "rotate", "device": "motor", "rounds": "2", "rpm": "40", "reverse": True}]),
    ]  # fmt: skip


GROUPS = [{"id": "evening", "name": "Evening show"}, {"id": "thanks", "name": "Thanks"}]


def content(*, aside: bool = False, **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"version": 2, "groups": GROUPS, "rules": rules()}
    if aside:
        broken = rule("r9", "Galaxy party", do=[{"key": "levitate", "device": "motor"}])
        made["rules"] = [*made["rules"], broken]
    return made | changes


def many(count: int) -> dict[str, Any]:
    """A long list: as many rules as asked for, in ten groups."""
    base = rules()
    made = []
    for n in range(count):
        one = dict(base[n % len(base)])
        # Most people name a gift once; every tenth rule here shares its own with others.
        if one["when"]["key"] == "gift" and n % 10:
            one["when"] = gift(100_000 + n, f"Gift {n}")
        one |= {"id": f"n{n}", "name": f"Rule {n} {one['name']}", "group": f"g{n % 10}"}
        made.append(one)
    groups = [{"id": f"g{n}", "name": f"Group {n}"} for n in range(10)]
    return {"version": 2, "groups": groups, "rules": made}


def document(made: dict[str, Any] | None = None) -> RuleDocument:
    return from_content(content() if made is None else made)


def result(
    made: dict[str, Any] | None = None, revision: int = 1, profile: str = "Evening"
) -> RulesResult:
    return RulesResult(
        revision=revision, profile=profile, content=content() if made is None else made
    )


def reply(made: dict[str, Any] | None = None, revision: int = 1) -> Reply:
    return Reply(id=1, rules=result(made, revision))


def views(doc: RuleDocument) -> tuple[RuleView, ...]:
    counts = {"r1": (48, 52), "r2": (6, 6), "r4": (3, 9), "r5": (31, 31)}
    return tuple(
        RuleView(
            id=one.id, name=one.name, on=one.on, group=one.group,
            ran=counts.get(one.id, (0, 0))[0], considered=counts.get(one.id, (0, 0))[1],
        )
        for one in doc.rules.rules
    )  # fmt: skip


PROFILES = ProfilesView(current="Evening", names=("Evening", "Morning", "Sunday games"))


def snapshot() -> Snapshot:
    """A good stream with these rules."""
    return sample.snapshot(rules=views(document()), rules_revision=1, profiles=PROFILES)


NEW_GIFTS = (
    NewGiftView(gift_id=91234, name="Galaxy Whale", coins=2150, combo=False, who="linh.dance"),
    NewGiftView(gift_id=6652, name="Lightning Bolt", coins=1, combo=True, who="minh_02", times=14),
)


def two_roles() -> dict[str, Any]:
    """A pack as somebody may send it: a short shot, an effect machine, a call to the outside."""
    shot = {"key": "pulse", "device": "shot", "seconds": "min(count * 0.2, 2)"}
    effect = {"key": "play_effect", "device": "machine", "seconds": "5"}
    call = {"key": "webhook", "url": "https://hooks.example.com/stream", "body": "{user}"}
    return {
        "giftwire": "pack",
        "version": 2,
        "name": {"en": "Birthday stream", "vi": "Buổi LIVE sinh nhật"},
        "author": "anna.live",
        "note": {"en": "A puff for roses, the big effect for lions.",
                 "vi": "Phụt khói cho hoa hồng, hiệu ứng lớn cho sư tử."},
        "needs": [
            {"role": "shot", "kinds": ["pulse", "switch"], "hazard": "motion",
             "title": {"en": "Something for a short shot", "vi": "Thiết bị bắn ngắn"}},
            {"role": "machine", "kinds": ["effect"],
             "title": {"en": "An effect machine", "vi": "Máy hiệu ứng"}},
        ],
        "rules": [
            rule("puff", "Puff for roses", do=[shot], limits={"cooldown_s": 1.0}),
            rule("lion", "Lion party", when=gift(6369, "Lion"), do=[effect, call], limits={}),
        ],
        "words": {"vi": {"Puff for roses": "Phụt khói cho hoa hồng", "Lion party": "Tiệc sư tử"}},
    }  # fmt: skip


class RuleCore:
    """A core as the page's bridge sees it: holds a document, answers at once or when told to."""

    def __init__(self, bridge: Any, made: dict[str, Any] | None = None) -> None:
        self.bridge = bridge
        self.document = document(made)
        self.revision = 1
        self.profile = "Evening"
        self.asked: list[Any] = []
        self.held: list[tuple[Any, Any]] | None = None
        self.refuse = ""
        bridge.ask = self.ask

    def ask(self, request: Any, then: Any = None) -> None:
        self.asked.append(request)
        if self.held is not None:
            self.held.append((request, then))
            return
        self.answer(request, then)

    def kinds(self) -> list[str]:
        return [one.type for one in self.asked]

    def hold(self) -> None:
        self.held = []

    def let_go(self) -> None:
        held, self.held = self.held or [], None
        for request, then in held:
            self.answer(request, then)

    def lose(self) -> None:
        """What was held is answered as by a core that is gone."""
        held, self.held = self.held or [], None
        for request, then in held:
            if then is not None:
                then(Reply(id=request.id, ok=False, code="not_connected"))

    def answer(self, request: Any, then: Any) -> None:
        reply = self._reply(request)
        if then is not None:
            then(reply)

    def _reply(self, request: Any) -> Reply:
        from app.core.edits import from_wire

        if request.type == "get_rules":
            got = result(to_content(self.document), self.revision, self.profile)
            return Reply(id=request.id, rules=got)
        if request.type == "edit_rules":
            if self.refuse:
                return Reply(id=request.id, ok=False, code=self.refuse)
            if request.revision != self.revision:
                return Reply(id=request.id, ok=False, code="stale")
            self.document = from_wire(request.edit).apply(self.document)
            self.revision += 1
            return Reply(id=request.id, revision=self.revision)
        return Reply(id=request.id)
