"""Characters that were encoded twice are shown as meant, and what only looks like them stays."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_archives import page
from project import grows_linearly

from tellings.edge.readers import read_bytes
from tellings.edge.twice import encoded_once, twice_encoded
from tellings.model.text import Span

MEANT = "“The café’s roof fell — twice…” said José Łukasz Wałęsa of Žilina, naïve as ever; it cost €3m."
CYRILLIC = "И Иван Петров сказал, что мост закрыт."


def read_as(encoding: str, content: str) -> str:
    """What a program shows that takes UTF-8 for another encoding; bytes without a character are control characters."""
    return "".join(bytes((byte,)).decode(encoding, "ignore") or chr(byte) for byte in content.encode())


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp437", "cp850", "cp1251", "cp1250"])
@pytest.mark.parametrize("content", [MEANT, f"{MEANT} {CYRILLIC}", f"{MEANT} 橋は閉鎖された。"])
def test_what_was_read_in_another_encoding_is_shown_as_meant(encoding: str, content: str) -> None:
    wrong = read_as(encoding, content)
    (read,) = read_bytes("a.txt", wrong.encode()).tellings
    assert read.view.text == content
    assert encoded_once(wrong) == content
    place = content.index("José")
    assert read.view.to_source(Span(place, place + 4)).of(wrong) == read_as(encoding, "José")
    outcome = read_bytes("a.html", page("Alpha", body=f"<p>{wrong}</p>").encode())
    assert content in outcome.tellings[0].view.text
    assert any("encoded twice" in each.message for each in outcome.problems)


@pytest.mark.parametrize("times", [2, 3])
def test_what_was_encoded_more_often_is_undone_as_often(times: int) -> None:
    wrong = MEANT
    for _ in range(times):
        wrong = read_as("cp1252", wrong)
    (read,) = read_bytes("a.txt", wrong.encode()).tellings
    assert read.view.text == MEANT


@pytest.mark.parametrize(
    "content",
    [
        "SÃO PAULO: «NÃO», disse. É”, «À»… CAFÉ” — ‘É’ “Ñ” ESPAÑA, «BGÄ“",
        "„SCHÄ“ und „DÄ“ – ÄÖÜ… «Ä»",
        "√25 = 5, √© and ├─ a └─ b, ‘Ä’",
        "Г© and Ђ, «РФ» — «Ѓ», НАТО…",
        "Ð and Ñ alone, Ð¸ once",
        "Ã© seul",
        "橋は閉鎖された。",
    ],
)
def test_what_may_be_meant_stays(content: str) -> None:
    assert twice_encoded(content) == ()


@settings(max_examples=200)
@given(st.text(st.sampled_from("aé’—ÃÂâ€™Ð¸Ñ\x80\xa0Ł橋√©‚ÄôвЂ"), max_size=30), st.integers(1, 5))
def test_edits_lie_in_their_order_in_the_text(content: str, most: int) -> None:
    edits = twice_encoded(content)
    assert all(edit.start < edit.end <= len(content) and len(edit.shown) == 1 for edit in edits)
    assert all(before.end <= after.start for before, after in pairwise(edits))
    assert len(twice_encoded(content, most)) <= most
    encoded_once(content)


@pytest.mark.parametrize("piece", ["é", "â€™", "Ã", "Ã©", "ÃƒÂ©", "Â€", "‚Äô", "Ð¸Ð² "])
def test_time_grows_with_the_length(piece: str) -> None:
    assert grows_linearly(lambda times: twice_encoded(piece * len(times)), range(10_000), range(40_000))
