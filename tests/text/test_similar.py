"""Keys of words: whatever is like a word shares one with it."""

from hypothesis import given
from hypothesis import strategies as st

from blogkit.search.spelling import edit_distance
from blogkit.text.similar import keys_of, keys_of_near, keys_of_spelling, sound_key


@st.composite
def words_and_changed(draw: st.DrawFn) -> tuple[str, str, int]:
    """A word, the same with letters inserted, deleted, replaced or swapped, and how many."""
    word = draw(st.text("abc", min_size=5, max_size=12))
    most = draw(st.sampled_from((1, 2)))
    changed = word
    for _ in range(most):
        at = draw(st.integers(0, len(changed) - 2))
        letter = draw(
            st.sampled_from(("", *"abc", changed[at + 1] + changed[at], "a" + changed[at]))
        )
        changed = changed[:at] + letter + changed[at + (2 if len(letter) == 2 else 1) :]
    return word, changed, most


@given(words_and_changed())
def test_a_word_shares_a_key_with_each_that_few_changes_make_of_it(
    drawn: tuple[str, str, int],
) -> None:
    word, changed, most = drawn
    if len(changed) >= 3 and edit_distance(word, changed, most) <= most:
        assert not keys_of_near(word, most).isdisjoint(keys_of_spelling(changed))


def test_a_word_with_one_character_exchanged_shares_two_keys() -> None:
    shared = set(keys_of_spelling("梯度裁剪")) & set(keys_of_spelling("梯度采剪"))
    assert len(shared) == 2


def test_words_of_one_sound_share_a_key() -> None:
    assert sound_key("tidu") in set(keys_of("梯度")) & set(keys_of("梯渡"))
    assert keys_of("as") == []
