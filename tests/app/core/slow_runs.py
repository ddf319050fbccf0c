"""A slow interpreter of rules that last: it looks at everything for everything, in plain lists."""

from __future__ import annotations

from app.core.events import Source, StreamStarted

DEVICES = {("motor", "motor"): ("m1", "turn"), ("fan", "motor"): ("m2", "turn")}


class Slow:
    """Looks at everything for everything, and keeps all it ever saw in lists."""

    def __init__(self, rules, *, group_on):
        self.rules, self.group_on = rules, group_on
        self.ran, self.driven, self.live, self.waiting = [], [], [], []
        self.values, self.switched, self.rooms = {}, {}, {}
        self.order, self.epoch = 0, 0
        self.variables_of = 0
        self.out = []

    # ------------------------------------------------------------------ from outside

    def replace(self, rules, *, group_on):
        old = {rule["id"]: rule["on"] for rule in self.rules}
        new = {rule["id"]: rule["on"] for rule in rules}
        self.rules, self.group_on = rules, group_on
        self.switched = {k: v for k, v in self.switched.items() if new.get(k) == old[k]}
        self.ran = [one for one in self.ran if one["rule"] in new]
        self.live = [run for run in self.live if self._stays(run["rule"]["id"])]
        self.waiting = [entry for entry in self.waiting if self._stays(entry["rule"]["id"])]

    def _stays(self, rule_id):
        rule = self._find(rule_id)
        if rule is None or not (rule["on"] or self.switched.get(rule_id)):
            return False
        return self.group_on or not rule["group"]

    def handle(self, event, now, gate):
        self.out = []
        if gate.stopped or not gate.running:
            self.live, self.waiting = [], []
        if isinstance(event, StreamStarted):
            self._begin(event)
            return self.out
        wanted = "gift" if hasattr(event, "gift_id") else "follow"
        served = [r for r in self.rules if not r["group"]] + [r for r in self.rules if r["group"]]
        for rule in served:
            if rule["when"] == wanted:
                count = getattr(event, "count", 1)
                self._start(rule, event, count, now, gate, 0, [10_000])
        return self.out

    def advance(self, now, gate):
        self.out = []
        if gate.stopped or not gate.running:
            self.live, self.waiting = [], []
        self._turns(now, gate)
        while due := self._due(now):
            _, _, thread = min(due, key=lambda one: one[:2])
            thread["wake"] = None
            run = thread["run"]
            if thread["cut"] or now > run["started"] + 3600:
                self._over(run)
            else:
                self._go(thread, now, gate)
            self._turns(now, gate)
        return self.out

    def next_wake(self):
        return min((one[0] for one in self._due(float("inf"))), default=None)

    def counts(self):
        ids = [run["rule"]["id"] for run in self.live]
        return {rule_id: ids.count(rule_id) for rule_id in ids}

    # ------------------------------------------------------------------ gates

    def _find(self, rule_id):
        return next((rule for rule in self.rules if rule["id"] == rule_id), None)

    def _begin(self, event):
        if event.source is Source.LIVE and self.variables_of != event.room_id:
            self.variables_of = event.room_id
            self.values = {}
        if self.rooms.get(event.source) == event.room_id:
            return
        self.rooms[event.source] = event.room_id
        for one in self.ran:
            if event.source is Source.LIVE or one["source"] is event.source:
                one["this_stream"] = False

    def _may(self, rule, event, now, gate):
        on = self.switched.get(rule["id"], rule["on"])
        if not on or (rule["group"] and not self.group_on):
            return False
        if gate.stopped or not gate.running or event.backlog:
            return False
        limits, own = rule["limits"], [r for r in self.ran if r["rule"] == rule["id"]]
        if limits["cooldown_s"] and any(r["at"] + limits["cooldown_s"] > now for r in own):
            return False
        rest = limits["viewer_cooldown_s"]
        if rest and any(r["at"] + rest > now and r["who"] == event.viewer.id for r in own):
            return False
        mine = [r for r in own if r["source"] is event.source]
        most = limits["max_per_stream"]
        if most and sum(r["this_stream"] for r in mine) >= most:
            return False
        most = limits["max_per_hour"]
        return not most or sum(r["at"] > now - 3600 for r in mine) < most

    def _start(self, rule, event, count, now, gate, depth, left):
        if not self._may(rule, event, now, gate):
            return
        if rule["limits"]["ceiling"]:
            count = min(count, rule["limits"]["ceiling"])
        beside = [run for run in self.live if run["rule"]["id"] == rule["id"]]
        entry = {
            "rule": rule, "event": event, "count": count, "since": now, "depth": depth, "left": left
        }  # fmt: skip
        if beside and rule["mode"] == "single":
            return
        if beside and rule["mode"] == "restart":
            for run in beside:
                self._over(run)
        line = [one for one in self.waiting if one["rule"]["id"] == rule["id"]]
        if (beside or line) and rule["mode"] == "queued":
            if len(line) < rule["limits"]["max_queued"]:
                self.waiting.append(entry)
                self._ran(rule, event, now)
            return
        if beside and rule["mode"] == "parallel" and len(beside) >= 64:
            return
        self._run(entry, now, gate, noted=False)

    def _run(self, entry, now, gate, *, noted):
        run = {**entry, "started": now, "made": 0, "over": False, "noted": noted, "used": set()}
        thread = self._thread(run, entry["rule"]["do"], None)
        self.live.append(run)
        run["threads"] = [thread]
        self._go(thread, now, gate)

    def _turns(self, now, gate):
        while True:
            busy = {run["rule"]["id"] for run in self.live}
            free = [one for one in self.waiting if one["rule"]["id"] not in busy]
            if not free:
                return
            entry = free[0]
            self.waiting.remove(entry)
            rule = entry["rule"]
            on = self.switched.get(rule["id"], rule["on"])
            if now - entry["since"] <= rule["ttl"] and on:
                self._run(entry, now, gate, noted=True)

    def _ran(self, rule, event, now):
        self.ran.append(
            {
                "rule": rule["id"],
                "at": now,
                "who": event.viewer.id,
                "source": event.source,
                "this_stream": True,
            }
        )

    # ------------------------------------------------------------------ steps

    def _thread(self, run, nodes, parent):
        return {
            "run": run, "todo": list(nodes), "wake": None, "cut": False, "parent": parent,
            "open": 0, "busy": False,
        }  # fmt: skip

    def _due(self, now):
        return [
            (thread["wake"], thread["order"], thread)
            for run in self.live
            for thread in run["threads"]
            if thread["wake"] is not None and thread["wake"] <= now
        ]

    def _over(self, run):
        run["over"] = True
        self.live = [one for one in self.live if one is not run]

    def _go(self, thread, now, gate):
        run = thread["run"]
        thread["busy"] = True
        while not run["over"] and thread["todo"]:
            if self._step(thread, thread["todo"].pop(0), now, gate) == "wait":
                thread["busy"] = False
                return
        thread["busy"] = False
        if run["over"]:
            return
        parent = thread["parent"]
        if parent is None:
            self._over(run)
            return
        parent["open"] -= 1
        if not parent["open"] and not parent["busy"]:
            self._go(parent, now, gate)

    def _step(self, thread, node, now, gate):
        run = thread["run"]
        try:
            match node:
                case ("row", nodes):
                    thread["todo"][:0] = nodes
                case ("again", times, gap, nodes):
                    turns = int(self._value(run, times))
                    more = [("gap", gap, nodes, turns - 1)] if turns > 1 else []
                    thread["todo"][:0] = [*nodes, *more] if turns > 0 else []
                case ("gap", seconds, nodes, turns):
                    seconds = self._value(run, seconds)
                    more = [("gap", node[1], nodes, turns - 1)] if turns > 1 else []
                    thread["todo"][:0] = [*nodes, *more]
                    return self._wait(thread, seconds, now)
                case ("both", nodes):
                    return self._both(thread, nodes, now, gate)
                case ("wait", seconds):
                    return self._wait(thread, self._value(run, seconds), now)
                case ("finish",):
                    self._over(run)
                case _:
                    self._deed(run, node, now, gate)
        except NameError:
            # A variable that nothing has set: the step falls away, with what it would repeat.
            pass
        return None

    def _both(self, thread, nodes, now, gate):
        children = [self._thread(thread["run"], [node], thread) for node in nodes]
        thread["open"] = len(children)
        for child in children:
            thread["run"]["threads"].append(child)
            self._go(child, now, gate)
        return "wait" if thread["open"] or thread["run"]["over"] else None

    def _wait(self, thread, seconds, now):
        if not seconds > 0:
            return None
        run = thread["run"]
        self._note(run, now)
        thread["wake"] = min(now + seconds, run["started"] + 3600)
        thread["cut"] = now + seconds > run["started"] + 3600
        self.order += 1
        thread["order"] = self.order
        return "wait"

    def _note(self, run, now):
        if not run["noted"]:
            run["noted"] = True
            self._ran(run["rule"], run["event"], now)

    def _value(self, run, text):
        coins = getattr(run["event"], "coins", 0)
        return eval(
            text,
            {"__builtins__": {"min": min}},
            {**self.values, "count": run["count"], "coins": coins},
        )

    def _deed(self, run, node, now, gate):  # noqa: C901 - a line or two for each step there is
        match node:
            case ("turn", device, rounds):
                amount = self._value(run, rounds)
                place = DEVICES.get((device, "motor"))
                if amount <= 0 or place is None or self._rests(run, place[0], now):
                    return
                run["used"].add(place[0])
                self._say(run, (*place, float(amount)), now)
                self.driven.append((place[0], now))
            case ("halt", device):
                place = DEVICES.get((device, "motor"))
                if place is not None:
                    self._say(run, (*place, "off"), now)
                    self.driven.append((place[0], now))
            case ("log", value):
                self._say(run, ("log", f"{self._value(run, value):g}"), now)
            case ("put", name, value, add):
                value = float(self._value(run, value))
                self.values[name] = self.values.get(name, 0.0) + value if add else value
                self._note(run, now)
            case ("switch", rule_id, to):
                if self._find(rule_id):
                    self.switched[rule_id] = to
                    self._note(run, now)
            case ("call", rule_id):
                rule = self._find(rule_id)
                if rule and run["depth"] < 8:
                    self._note(run, now)
                    self._start(
                        rule, run["event"], run["count"], now, gate, run["depth"] + 1, run["left"]
                    )

    def _rests(self, run, device, now):
        rest = run["rule"]["limits"]["device_cooldown_s"]
        if not rest or device in run["used"]:
            return False
        return any(one == device and at + rest > now for one, at in self.driven)

    def _say(self, run, what, now):
        self._note(run, now)
        rule = run["rule"]
        said = (run["event"].id, rule["id"], run["made"], *what, now + rule["ttl"])
        run["made"] += 1
        self.out.append(said)
