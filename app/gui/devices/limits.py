"""What one output may do and use up, as the user sets it. Rule: it shows what holds beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal

from app.gateway.messages import Refill, Reply, SetBudget, SetDeviceLimits
from app.gateway.views import LimitsView
from app.gui import words
from app.gui.devices.delay import DelayLine
from app.gui.devices.fields import Finds
from app.gui.devices.form import SettingsForm
from app.gui.devices.wording import HAZARD_WORDS, output_words
from app.gui.rule_editor.specs import FieldSpec
from app.gui.text import number, span, tr
from app.gui.widgets.basic import Button, Card, Label, Tile, column, hairline, holder, row
from app.gui.widgets.picture import KIND_ICONS
from app.gui.widgets.spark import Bar
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.gateway.views import BudgetView, CapabilityView, DeviceView
    from app.gui.page import Desk
    from app.gui.rule_editor.draft import Json, Raw

_HUNDRED: Final = 100
_RISKY: Final = ("heat", "mains", "body", "pain", "motion")
# Name, kind of field, title, unit, and the kinds of outputs it is for; none: for all.
_FIELDS: Final[tuple[tuple[str, str, str, str, tuple[str, ...]], ...]] = (
    ("max_level", "percent", N_("Highest level"), "percent", ("level", "light", "position")),
    ("max_rpm", "number", N_("Fastest"), "rpm", ("motor",)),
    ("max_rounds", "number", N_("Most rounds at once"), "rounds", ("motor",)),
    ("max_on_s", "duration", N_("Longest run"), "s", ()),
    ("cooldown_s", "duration", N_("Rest after each run"), "s", ()),
    ("duty", "percent", N_("On for at most this part of a minute"), "percent", ()),
    ("max_flash_hz", "number", N_("Most flashes a second"), "", ("light",)),
)
_SHARES: Final = ("max_level", "duty")
_BUDGET: Final = (
    FieldSpec("on_s_per_day", "duration", N_("Most time on a day"), unit="s", nullable=True),
    FieldSpec("shots", "number", N_("Shots when full"), low=1, whole=True, nullable=True),
    FieldSpec("service_after_s", "duration", N_("Service after"), unit="s", nullable=True),
)


class LimitsCard(Card):
    """The limits, budgets and delay of one output. `consent_asked` carries limits that wait."""

    consent_asked = Signal(object)

    def __init__(self, desk: Desk, device: DeviceView, output: CapabilityView) -> None:
        self.desk, self.device_id, self.output = desk, device.id, output
        self._sent = LimitsView()
        risky = output.hazard in _RISKY
        icon = KIND_ICONS.get(output.kind, "device")
        title = Label(kind="strong")
        title.show_text(output_words(output))
        hazard = Label(HAZARD_WORDS.get(output.hazard, ""), "small", wrap=True)
        head = row(Tile(icon, "limit" if risky else "none", 36, 20), column(title, hazard, gap=0),
                   gap=12)  # fmt: skip
        head.setStretch(1, 1)
        self.form = SettingsForm(_specs(output), Finds())
        self.bars = BudgetBars(desk, device.id, output.id)
        self.budget = SettingsForm(_BUDGET, Finds(), compact=True)
        self.using = Button(N_("What it uses up"), "link", "down")
        self.using.setCheckable(True)
        self.delay = DelayLine(desk, device.id, output.id)
        parts: list[QWidget] = [holder(head), self.form, hairline(), self.bars]
        parts += [holder(row(self.using, None)), self.budget, hairline(), self.delay]
        super().__init__(column(*parts, gap=10, pad=(16, 14, 16, 14)), "inset")
        self.budget.hide()
        self.form.changed.connect(self._on_limits)
        self.budget.changed.connect(self._on_budget)
        self.using.toggled.connect(self.budget.setVisible)
        self.setAccessibleName(title.words())
        self.show_output(output)
        self._fill()

    def show_output(self, output: CapabilityView) -> None:
        """Show what it used up and how late it is; what is being written stays."""
        before, self.output = self.output, output
        self.bars.show_budget(output.budget, worn=output.kind != "pulse")
        self.delay.show_delay(output.delay_ms)
        if (before.own, before.budget.shots_full) != (output.own, output.budget.shots_full):
            self._fill()

    def send(self, limits: LimitsView, phrase: str = "") -> None:
        """Set limits; those that hurt more than before need the words of the consent."""
        self._sent = limits
        request = SetDeviceLimits(
            device_id=self.device_id, capability=self.output.id, limits=limits, phrase=phrase
        )
        self.desk.bridge.ask(request, self._on_set)

    def _fill(self) -> None:
        self.form.show_values(_shown(self.output))
        budget = self.output.budget
        self.budget.show_values(
            {
                "on_s_per_day": budget.on_s_per_day,
                "shots": budget.shots_full,
                "service_after_s": budget.service_after_s,
            }
        )

    def _on_limits(self) -> None:
        if self.form.check():
            own = self.output.own.model_dump()
            self.send(LimitsView.model_validate(own | _sent(self.form.values())))

    def _on_set(self, reply: Reply) -> None:
        if reply.code == "consent_needed":
            self._fill()
            self.consent_asked.emit((self, self._sent))
        elif not reply.ok:
            self._fill()
            self.desk.tell(words.failure(reply.code, reply.values))

    def _on_budget(self) -> None:
        if not self.budget.check():
            return
        given = {"device_id": self.device_id, "capability": self.output.id}
        request = SetBudget.model_validate(given | self.budget.values())
        self.desk.bridge.ask(request)


class BudgetBars(Card):
    """What an output has used up, each with a bar and the way to begin anew."""

    def __init__(self, desk: Desk, device_id: str, capability: str) -> None:
        self._desk, self._device, self._capability = desk, device_id, capability
        self.lines: dict[str, tuple[QWidget, Label, Bar, Button]] = {}
        layout = column(gap=10)
        super().__init__(layout, "none")
        for what, source in (
            ("heat", ""),
            ("day", N_("Begin the day anew")),
            ("shots", N_("Refilled")),
            ("service", N_("Serviced")),
        ):
            text, bar = Label(kind="small", tone="text"), Bar()
            button = Button(source, "link")
            button.setProperty("what", what)
            button.clicked.connect(self._on_refill)
            head = row(text, None, button, gap=8)
            line = holder(column(head, bar, gap=4))
            button.setVisible(bool(source))
            self.lines[what] = (line, text, bar, button)
            layout.addWidget(line)

    def show_budget(self, budget: BudgetView, *, worn: bool) -> None:
        """Show the bars that count something."""
        heat = tr("Warmth: {percent} %", percent=number(budget.heat * _HUNDRED))
        if budget.heat >= 1:
            heat = tr("It must rest now")
        self._show("heat", heat, budget.heat if budget.heat > 0 else None)
        per_day = budget.on_s_per_day
        today = tr("Today {used} of {most}", used=span(budget.on_s_today), most=span(per_day or 0))
        self._show("day", today, budget.on_s_today / per_day if per_day else None)
        full, left = budget.shots_full, budget.shots_left or 0
        shots = tr("{left} of {full} shots left", left=left, full=full or 0)
        self._show("shots", shots, left / full if full else None)
        after = budget.service_after_s
        wear = tr("{used} of {most} until a service", used=span(budget.worn_s),
                  most=span(after or 0))  # fmt: skip
        self._show("service", wear, budget.worn_s / after if after and worn else None)
        self.setVisible(any(not line[0].isHidden() for line in self.lines.values()))

    def _show(self, what: str, text: str, share: float | None) -> None:
        line, words_, bar, _ = self.lines[what]
        line.setVisible(share is not None)
        if share is not None:
            words_.show_text(text)
            bar.show_share(share)
            bar.setAccessibleName(text)

    def _on_refill(self) -> None:
        what: Any = self.sender().property("what")
        request = Refill(device_id=self._device, capability=self._capability, what=what)
        self._desk.bridge.ask(request)


def _specs(output: CapabilityView) -> tuple[FieldSpec, ...]:
    """Return the fields that mean something for an output, each with what it cannot exceed."""
    specs: list[FieldSpec] = []
    for name, kind, title, unit, kinds in _FIELDS:
        if kinds and output.kind not in kinds:
            continue
        share = name in _SHARES
        most = getattr(output.ceiling, name)
        rest = name == "cooldown_s"
        high = most * _HUNDRED if share else None if rest or most is None else float(most)
        specs.append(
            FieldSpec(
                name,
                kind,
                title,
                description=_holds(name, most),
                unit=unit,
                low=1 if share else float(most) if rest else 0,
                high=high,
                low_open=not share and not rest,
                nullable=not share and not rest,
                default=high if share else 0 if rest else None,
                schema={"x-placeholder": N_("as far as it may")},
            )
        )
    return tuple(specs)


def _holds(name: str, most: float | None) -> str:
    """Say what holds whatever is written."""
    if most is None or (name in _SHARES and most >= 1) or (name == "cooldown_s" and not most):
        return ""
    if name in _SHARES:
        return tr("Never more than {most} %.", most=number(most * _HUNDRED))
    if name == "cooldown_s":
        return tr("Never less than {least} s.", least=number(most, 1))
    if name == "max_on_s":
        return tr("Never longer than {most}.", most=span(most))
    return tr("Never more than {most}.", most=number(most, 1))


def _shown(output: CapabilityView) -> Raw:
    """Return what the user set, as far as it may go."""
    own, ceiling = output.own.model_dump(), output.ceiling
    for name in _SHARES:
        own[name] = round(min(own[name], getattr(ceiling, name)) * _HUNDRED, 1)
    own["cooldown_s"] = max(own["cooldown_s"], ceiling.cooldown_s)
    for name in ("max_on_s", "max_rpm", "max_rounds", "max_flash_hz"):
        most = getattr(ceiling, name)
        if own[name] is not None and most is not None:
            own[name] = min(own[name], most)
    return own


def _sent(raw: Raw) -> Raw:
    def value(name: str, one: Json) -> Json:
        return one / _HUNDRED if name in _SHARES and one is not None else one

    return {name: value(name, one) for name, one in raw.items()}
