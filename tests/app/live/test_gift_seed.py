"""The gifts known before any stream told them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.giftlist import GiftKind, GiftList
from app.live.gift_seed import read_gifts

SEED = Path(__file__).parents[3] / "resources" / "gifts" / "starter.json"


def test_the_seed_knows_the_common_gifts():
    gifts = GiftList(read_gifts(SEED))
    assert gifts.get(5655) == GiftKind(5655, "Rose", 1, True, ("Hoa hồng",))
    assert gifts.get(7934).name == "Heart Me"
    assert gifts.named("TikTok Universe").coins > 30_000
    assert len(gifts.all()) > 600
    assert all(kind.name and kind.coins > 0 for kind in gifts.all())


@pytest.mark.expect_log("no gifts from", level="WARNING")
@pytest.mark.parametrize("content", [None, "", "{", '{"gifts": [{"id": "x"}]}'])
def test_a_broken_seed_costs_names_only(tmp_path, content):
    path = tmp_path / "seed.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert read_gifts(path) == ()


def test_gifts_are_found_by_their_vietnamese_names_too():
    gifts = GiftList(read_gifts(SEED))
    assert gifts.named("hoa hồng") == gifts.named("Rose")
    assert gifts.named("Bánh donut") == gifts.named("Doughnut")
    assert sum(bool(kind.also) for kind in gifts.all()) > 300


@pytest.mark.expect_log("no names from", level="WARNING")
def test_broken_names_cost_themselves_only(tmp_path):
    (tmp_path / "names.vi.json").write_text('{"names": {"x": 1}}', encoding="utf-8")
    (tmp_path / "names.fr.json").write_text(
        '{"language": "fr", "names": {"5655": "Rose rouge"}}', encoding="utf-8"
    )
    path = tmp_path / "seed.json"
    path.write_bytes(SEED.read_bytes())
    assert GiftList(read_gifts(path)).get(5655).also == ("Rose rouge",)
