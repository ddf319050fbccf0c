"""Receipts as messages: parts of groups are told apart from other details."""

from app.core.events import Chat, Source, Viewer
from app.core.fates import Fate, told
from app.core.outcome import Drop, Stage
from app.gateway.receipt_view import receipt_view
from app.store.receipts import Receipt, ReceiptStep
from drivers.contract import Said


def view(detail):
    event = Chat(id="e", at_ms=1, viewer=Viewer(1, "anna"), source=Source.PRETEND, text="hi")
    step = ReceiptStep("c", "g", Stage.DONE, 1.0, 1, detail=detail)
    return receipt_view(Receipt(event, 0, (), (), (step,)), lambda key: {"a": "Lamp"}.get(key, key))


def test_parts_are_told_by_the_names_of_their_devices():
    parts = told([Fate("a", "light", Stage.FAILED, Drop.NO_ANSWER)])
    (delivery,) = view(parts).deliveries
    assert delivery.detail == ""
    (part,) = delivery.parts
    assert (part.device, part.output, part.stage, part.drop) == (
        "Lamp", "light", "failed", "no_answer",
    )  # fmt: skip


def test_each_part_is_told_in_its_drivers_words():
    said = Said("Tube {n} is empty.", (("n", "2"),))
    kept = told([Fate("a", "light", Stage.FAILED, Drop.REFUSED, said), Fate("a", "b", Stage.DONE)])
    (delivery,) = view(kept).deliveries
    assert [(one.said, one.values) for one in delivery.parts] == [
        (said.source, {"n": "2"}),
        ("", {}),
    ]


def test_other_details_stay():
    (delivery,) = view("confirmed").deliveries
    assert (delivery.detail, delivery.parts) == ("confirmed", ())
