from hypothesis import given
from hypothesis import strategies as st

from govkg.text.script import simplify


def test_traditional_characters_become_simplified():
    assert simplify("業主委員會與里長") == "业主委员会与里长"


def test_text_without_han_is_returned_as_it_is():
    assert simplify("Owners' committee") == "Owners' committee"


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40))
def test_length_never_changes(text):
    assert len(simplify(text)) == len(text)
