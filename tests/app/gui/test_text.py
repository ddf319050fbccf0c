"""Catalogues are complete and compiled, numbers and plurals follow the language."""

import re
import tempfile
import time
from pathlib import Path

import pytest

from app.gui import text
from tests.app.gui import catalogues

RENEW = "then run: python -m tests.app.gui.catalogues"


@pytest.mark.parametrize("code", catalogues.LANGUAGES)
def test_the_catalogue_holds_exactly_the_texts_of_the_source(code):
    path = catalogues.FOLDER / f"giftwire_{code}.ts"
    assert path.read_text("utf-8") == catalogues.render(code), RENEW


@pytest.mark.parametrize("code", catalogues.LANGUAGES)
def test_nothing_is_left_untranslated(code):
    missing = catalogues.unfinished(code)
    assert not missing, f"fill in their <translation> in resources/i18n/giftwire_{code}.ts; {RENEW}"


@pytest.mark.parametrize("code", catalogues.LANGUAGES)
def test_the_compiled_catalogue_is_current(code):
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.qm"
        catalogues.compile_to(code, fresh)
        compiled = catalogues.FOLDER / f"giftwire_{code}.qm"
        assert compiled.read_bytes() == fresh.read_bytes(), RENEW


@pytest.mark.parametrize("code", catalogues.LANGUAGES)
def test_a_translation_keeps_every_slot(code):
    slots = re.compile(r"\{(\w+)\}|%Ln")
    bad = {
        source: forms
        for source, forms in catalogues.read(code).items()
        for form in forms
        if set(slots.findall(source)) != set(slots.findall(form))
    }
    assert not bad


def test_plurals_and_numbers_follow_the_language(language):
    assert text.trn("%Ln coin(s)", 1) == "1 coin"
    assert text.trn("%Ln coin(s)", 8940) == "8,940 coins"
    assert text.number(1.2, 1) == "1.2"
    language.choose("vi")
    assert text.trn("%Ln coin(s)", 8940) == "8.940 xu"
    assert text.number(1.2, 1) == "1,2"
    assert text.number(3.0, 1) == "3"


def test_lengths_of_time_are_short(language):
    assert [text.span(s) for s in (12, 75, 4320)] == ["12 s", "1 min", "1 h 12 min"]
    assert [text.seconds(s) for s in (1.24, 12.6)] == ["1.2 s", "13 s"]
    assert [text.seconds(s) for s in (0.0, 0.0003, 0.042)] == ["0 s", "1 ms", "42 ms"]
    language.choose("vi")
    assert text.span(4320) == "1 giờ 12 phút"


def test_an_unknown_language_means_english(language):
    language.choose("xx")
    assert language.code == "en"
    assert text.tr("Devices") == "Devices"


def test_a_catalogue_rewritten_meanwhile_changes_nothing_that_was_read(qapp, tmp_path):
    file = tmp_path / "giftwire_vi.qm"
    file.write_bytes((catalogues.FOLDER / file.name).read_bytes())
    language = text.Language(tmp_path)
    language.choose("vi")
    with file.open("r+b") as rewritten:
        rewritten.write(bytes(file.stat().st_size))
    assert text.tr("Undo") == "Hoàn tác"
    language.choose("en")
    assert text.tr("Undo") == "Undo"


def test_a_moment_tells_the_day_only_when_it_is_another_one(language):
    now_ms = round(time.time() * 1000)
    assert text.moment(now_ms) == text.clock(now_ms)
    long_ago = 1_760_000_000_000
    assert "25 " in text.moment(long_ago)
    assert text.moment(long_ago).endswith(text.clock_short(long_ago))
