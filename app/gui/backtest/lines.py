"""What two sets of rules made of one stream, as lines side by side. Rule: pure; words only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.gui.backtest import wording
from app.gui.text import number, tr
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.core.backtests import Bins, OutputTotals, RuleTotals, Totals

RULE_COLUMNS: Final = (N_("Considered"), N_("Ran"), N_("Held back"))
OUTPUT_COLUMNS: Final = (
    N_("Actions"),
    N_("Time on"),
    N_("Longest on"),
    N_("Most waiting"),
    N_("Longest wait"),
    N_("Not done"),
    N_("Cut down"),
    N_("Coins"),
)
TIME_COLUMNS: Final = (
    N_("Gifts"),
    N_("Coins"),
    N_("Actions"),
    N_("Time on"),
    N_("Most waiting"),
    N_("Not done"),
)
# Below this nobody sees a difference; the same play may differ by rounding.
_SAME_S: Final = 0.05

Say = "Callable[[float], str]"


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure; `before` is None where nothing is compared. `change` is -1, 0 or 1."""

    now: str
    before: str | None = None
    change: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One rule, output or stretch of time: a title, what is said under it, its figures."""

    title: str
    under: str
    cells: tuple[Cell, ...]
    # Whether anything happened at all.
    busy: bool = True

    @property
    def differs(self) -> bool:
        """Whether any figure is another one than before."""
        return any(cell.change for cell in self.cells)


def cell(now: float, before: float | None, say: Callable[[float], str] = number) -> Cell:
    """Return a figure in words beside what it was."""
    if before is None:
        return Cell(say(now))
    change = 0 if abs(now - before) < _SAME_S else 1 if now > before else -1
    return Cell(say(now), say(before), change)


def rule_lines(now: Totals, before: Totals | None) -> list[Line]:
    """Return a line for each rule, in their order; rules that only were there before come last."""
    was = {one.rule_id: one for one in before.rules} if before is not None else {}
    lines = [_rule(one, was.pop(one.rule_id, None), before is not None) for one in now.rules]
    gone = [_rule(_nothing(one), one, compared=True) for one in was.values()]
    return lines + gone


def _nothing(one: RuleTotals) -> RuleTotals:
    return one.model_copy(update={"considered": 0, "ran": 0, "held": {}})


def _rule(one: RuleTotals, was: RuleTotals | None, compared: bool) -> Line:
    old = was if was is not None else _nothing(one) if compared else None
    figures = [
        (one.considered, old and old.considered),
        (one.ran, old and old.ran),
        (sum(one.held.values()), old and sum(old.held.values())),
    ]
    under = wording.counted(one.held, wording.held)
    if compared and was is None:
        under = " · ".join(filter(None, (tr("Not among the other rules"), under)))
    return Line(
        title=one.name or tr("Rule without a name"),
        under=under,
        cells=tuple(cell(new, _old(previous, old)) for new, previous in figures),
        busy=any(new or previous for new, previous in figures),
    )


def _old(previous: object, old: object) -> float | None:
    return None if old is None else float(str(previous or 0))


def output_lines(now: Totals, before: Totals | None) -> list[Line]:
    """Return a line for each output that was used, in the order in which that began."""
    was = {_place(one): one for one in before.outputs} if before is not None else {}
    devices = [one.device_id for one in _unique((*now.outputs, *was.values()))]
    several = {one for one in devices if devices.count(one) > 1}

    def line(one: OutputTotals, old: OutputTotals | None) -> Line:
        name = f"{one.device} · {tr(one.output)}" if one.device_id in several else one.device
        return _output(name, one, old)

    lines = [
        line(one, was.pop(_place(one), None if before is None else _idle(one)))
        for one in now.outputs
    ]
    return lines + [line(_idle(one), one) for one in was.values()]


def _unique(outputs: Iterable[OutputTotals]) -> list[OutputTotals]:
    return list({_place(one): one for one in outputs}.values())


def _place(one: OutputTotals) -> tuple[str, str]:
    return one.device_id, one.capability


def _idle(one: OutputTotals) -> OutputTotals:
    return type(one)(
        device_id=one.device_id, device=one.device, capability=one.capability, output=one.output
    )


def _output(name: str, one: OutputTotals, old: OutputTotals | None) -> Line:
    def figure(of: Callable[[OutputTotals], float], say: Callable[[float], str] = number) -> Cell:
        return cell(of(one), None if old is None else of(old), say)

    return Line(
        title=name,
        under=wording.counted(one.drops, wording.dropped),
        cells=(
            figure(lambda it: it.commands),
            figure(lambda it: it.on_s, wording.length),
            figure(lambda it: it.longest_on_s, wording.length),
            figure(lambda it: it.longest_queue),
            figure(lambda it: it.longest_wait_s, wording.length),
            figure(lambda it: sum(it.drops.values())),
            figure(lambda it: it.limited),
            figure(lambda it: it.coins),
        ),
    )


def time_lines(now: Bins, before: Bins | None) -> list[Line]:
    """Return a line for each stretch of time in which anything happened."""
    lines = []
    for at in range(len(now.gifts)):
        figures: list[tuple[tuple[float, ...], tuple[float, ...], Callable[[float], str]]] = [
            (now.gifts, (), number),
            (now.coins, (), number),
            (now.commands, before.commands if before else (), number),
            (now.on_s, before.on_s if before else (), wording.length),
            (now.waiting, before.waiting if before else (), number),
            (now.drops, before.drops if before else (), number),
        ]
        cells = tuple(
            cell(new[at], old[at] if at < len(old) else None, say) for new, old, say in figures
        )
        if any(new[at] or (at < len(old) and old[at]) for new, old, _ in figures):
            lines.append(Line(stretch(now, at), "", cells))
    return lines


def stretch(bins: Bins, at: int) -> str:
    """Say which time a column stands for: "12:30 to 12:32"."""
    begin = at * bins.every_s
    return tr("{begin} to {end}", begin=wording.place(begin),
              end=wording.place(begin + bins.every_s))  # fmt: skip
