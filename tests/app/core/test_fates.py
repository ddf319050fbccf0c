"""What became of the parts of a command survives as text, and other texts have no parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.fates import Fate, read, told
from app.core.outcome import Drop, Stage

FATES = st.builds(Fate, st.text(), st.text(), st.sampled_from(Stage), st.sampled_from(Drop))


@given(st.lists(FATES).map(tuple))
def test_what_is_told_is_read(fates):
    assert read(told(fates)) == fates


def test_parts_that_an_older_version_told_are_read():
    assert read('parts [["d","o","done",""]]') == (Fate("d", "o", Stage.DONE),)


@pytest.mark.parametrize(
    "detail", ["", "confirmed", "parts", "parts ", "parts {}x", 'parts [["a"]]', "parts [1]",
               'parts [["d","o","melted",""]]',
               'parts [["d","o","done","",1]]', 'parts [["d","o","done","","a",[2]]]'],
)  # fmt: skip
def test_other_details_have_no_parts(detail):
    assert read(detail) == ()
