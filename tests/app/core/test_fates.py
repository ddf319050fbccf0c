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


@pytest.mark.parametrize(
    "detail", ["", "confirmed", "parts", "parts ", "parts {}x", 'parts [["a"]]', "parts [1]",
               'parts [["d","o","melted",""]]'],
)  # fmt: skip
def test_other_details_have_no_parts(detail):
    assert read(detail) == ()
