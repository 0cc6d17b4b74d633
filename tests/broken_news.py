"""Plausible, broken news text for the laws: names, dates, quotations, residue and whatever else a page can hold."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from tellings.model.records import Document, DocumentDate
from tellings.model.text import View

#: Long enough to be shared passages, with every kind of finding in them.
SENTENCES = (
    "The footbridge at Merrin Lock was closed on 9 March 2015 after 14 people were hurt, the harbour office said.",
    "“It moved like a swing, and then it stopped, and nobody on it said one word,” Ada Brook, 41, told reporters.",
    '"It moved like a swing … and nobody on it said a word," Brook wrote in a post on Sunday.',
    "At least two dozen people were treated on the towpath, and nearly seven months later the lock is still shut.",
    "Her brother Tam Brook said that the planks had been replaced three weeks earlier; she disagreed.",
    "‘We checked every bolt,’ Mr. Okoro-Lund said. ‘We’d checked ’em twice,’ he added, ‘since Halloween.’",
    "She said the bridge would reopen next Monday, on the tenth anniversary of its opening in late September 2005.",
    "Twelve people were hurt at Merrin Lock on 9 March 2015, said Ada Brook, 42, a lock keeper.",
    "The inquiry, which began in 2014, found that several bolts were missing and that a couple had rusted through.",
)
WORDS = (
    "said", "told reporters that", "added", "wrote on Instagram:", "according to", "she", "his sister", "the captain",
    "and", "of the", "a dozen", "31", "£2.5m", "41-year-old", "two days", "second", "hurt", "was admitted to hospital",
    "Ada Brook", "Brook", "Mrs. Brook", "Tam Brook", "J. T. Okoro-Lund", "Órla Nic Dhonnchadha", "ADA BROOK",
    "on Monday", "yesterday", "last week", "3 May 2015", "Sept. 28", "2015-03-09", "31 February", "in the 1990s",
    "nearly seven months", "every other Tuesday", "99/99/9999", "a month ago", "Christmas Eve", "1.e9", "18.42", "0000",
)  # fmt: skip
MARKS = (
    '"',
    "“",
    "”",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "''",
    "``",
    "(",
    ")",
    "[…]",
    "…",
    "...",
    "—",
    " - ",
    ". ",
    "? ",
    ", ",
    ": ",
)
RESIDUE = (
    "View gallery", "(Photo: Tam Brook/Lockside Pictures)", "pic.twitter.com/x1", "View this post on Instagram",
    "A post shared by Ada (@ada)", "Updated 3 May 2015", "READ MORE: Bridge closes", "By ADA BROOK", "date 2015-03-09",
    "MERRIN LOCK (HNS) —", "You Might Also Like", "- Ada (@ada) March 9, 2015", "Copyright 2015 Lockside", "https://x.example/?q=“",
)  # fmt: skip
STRANGE = (
    "\u200b", "\u202eabc\u202c", "\ufeff", "\xa0", "\u2028", "\x0b", "\x1c", "\r", "\t", "👩‍👩‍👧", "🇮🇪", "İ", "ß",
    "ﬁ", "e\u0301", "שלום", "مرحبا", "漢字。", "\U0001d538", "\x00", "<b>", "&amp;", "</script>", "𝟙𝟚", "½", "٣",
)  # fmt: skip

_piece = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.sampled_from(MARKS),
    st.sampled_from(SENTENCES),
    st.sampled_from(RESIDUE),
    st.sampled_from(STRANGE),
    st.text(max_size=8),
)
_gap = st.sampled_from((" ", " ", " ", "", "\n", "\n\n", "\r\n"))
#: Text as it can stand on a broken page.
texts = st.one_of(
    st.lists(st.tuples(_piece, _gap), max_size=30).map(lambda pieces: "".join(map("".join, pieces))),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join),
    st.text(max_size=200),
)
dates = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.dates(date(2015, 3, 1), date(2015, 4, 1)))


def document(text: str, day: date | None = None, name: str = "a.txt") -> Document:
    """A document of exactly these characters."""
    given = DocumentDate(day, "given", "given") if day else DocumentDate(None, "no date found", "none")
    return Document(f"id-{name}", name, name, "text/plain", View.plain(text), given)


documents = st.builds(document, texts, dates)


def named(found: list[tuple[str, date | None]]) -> list[Document]:
    """Documents of these texts and dates, each with a name of its own."""
    return [document(text, day, f"{index}.txt") for index, (text, day) in enumerate(found)]


#: A few tellings that share sentences often enough to be related.
piles = st.lists(st.tuples(texts, dates), min_size=1, max_size=4).map(named)
