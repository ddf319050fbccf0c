"""A result as a table for spreadsheets. Rule: plain numbers; no cell is ever read as a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from app.gui.backtest import wording
from app.gui.cells import plain
from app.gui.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.backtests import Finished, OutputTotals, RuleTotals, Totals

Figures = dict[tuple[str, str, str], float]


def as_csv(result: Finished) -> str:
    """Return a line a figure: part, name, figure, value now, value before (if compared)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    now = _figures(result.now)
    before = None if result.before is None else _figures(result.before)
    head = [tr("Part"), tr("Name"), tr("Figure"), tr("Now")]
    writer.writerow(head if before is None else [*head, tr("Before")])
    for key in [*now, *(key for key in before or {} if key not in now)]:
        line = [*map(plain, key), _number(now.get(key))]
        writer.writerow(line if before is None else [*line, _number(before.get(key))])
    return text.getvalue()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")


def _figures(totals: Totals) -> Figures:
    found: Figures = {}
    stream = tr("Stream")
    for name, value in (
        (tr("Length in seconds"), totals.length_s),
        (tr("Events"), totals.events),
        (tr("Gifts"), totals.gifts),
        (tr("Coins"), totals.coins),
        (tr("Most waiting"), totals.longest_queue),
    ):
        found[stream, "", name] = value
    for outlet, count in totals.requests.items():
        found[stream, tr(wording.OUTLETS.get(outlet, outlet)), tr("Not sent")] = count
    for rule in totals.rules:
        found |= {(tr("Rule"), *key): value for key, value in _of_rule(rule)}
    for output in totals.outputs:
        found |= {(tr("Output"), *key): value for key, value in _of_output(output)}
    return found | _times(totals)


def _of_rule(rule: RuleTotals) -> Iterator[tuple[tuple[str, str], float]]:
    name = rule.name or rule.rule_id
    yield (name, tr("Considered")), rule.considered
    yield (name, tr("Ran")), rule.ran
    for code, count in rule.held.items():
        yield (name, f"{tr('Held back')}: {wording.held(code)}"), count


def _of_output(output: OutputTotals) -> Iterator[tuple[tuple[str, str], float]]:
    name = " · ".join(filter(None, (output.device, tr(output.output))))
    for figure, value in (
        (tr("Actions"), output.commands),
        (tr("Done"), output.done),
        (tr("Seconds on"), output.on_s),
        (tr("Longest on, in seconds"), output.longest_on_s),
        (tr("Most waiting"), output.longest_queue),
        (tr("Longest wait, in seconds"), output.longest_wait_s),
        (tr("Cut down"), output.limited),
        (tr("Coins"), output.coins),
    ):
        yield (name, figure), value
    for code, count in output.drops.items():
        yield (name, f"{tr('Not done')}: {wording.dropped(code)}"), count


def _times(totals: Totals) -> Figures:
    bins = totals.bins
    columns = (
        (tr("Gifts"), bins.gifts),
        (tr("Coins"), bins.coins),
        (tr("Actions"), bins.commands),
        (tr("Most waiting"), bins.waiting),
        (tr("Not done"), bins.drops),
        (tr("Seconds on"), bins.on_s),
    )
    return {
        (tr("Time"), wording.place(at * bins.every_s), name): value
        for name, values in columns
        for at, value in enumerate(values)
        if value
    }
