"""Where the words of a search stand in a text."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tellings.edge.store.search import Query, folded

WORDS = st.sampled_from(
    [
        "Osk",
        "osk",
        "ÓSK",
        "o\u0301sk",
        "oska",
        "pier",
        "Piér",
        "straße",
        "STRASSE",
        "ﬁre",
        "fire",
        "4",
        "İnci",
        "—",
        ".",
    ]
)


def _as_defined(query: Query, text: str) -> dict[int, list[tuple[int, int]]]:
    """Each term at each of its places, word by word."""
    tokens = [(match.start(), match.end(), _plain(match.group())) for match in re.finditer(r"[^\W_]+", text)]
    found: dict[int, list[tuple[int, int]]] = {}
    for number, term in enumerate(query.terms):
        for at in range(len(tokens) - len(term) + 1):
            here = tokens[at : at + len(term)]
            fits = [word == wanted for (_, _, word), wanted in zip(here, term, strict=True)]
            if number in query.beginnings:
                fits[-1] = here[-1][2].startswith(term[-1])
            if all(fits):
                found.setdefault(number, []).append((here[0][0], here[-1][1]))
    return found


def _plain(word: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(each))


@given(
    st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
    st.sampled_from(["osk", "Osk pier", '"osk pier"', "os*", "pi* fire", '"straße 4"', "inci", "Ósk"]),
)
def test_words_are_found_where_they_stand_whatever_their_case_and_marks(text: str, told: str) -> None:
    query = Query.of(told)
    found = {number: [(span.start, span.end) for span in spans] for number, spans in query.places(text).items()}
    assert found == _as_defined(query, text)


@given(st.text())
def test_words_are_folded_as_the_index_has_them(word: str) -> None:
    assert folded(word) == _plain(word)
