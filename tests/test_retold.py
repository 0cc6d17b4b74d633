"""One utterance that a telling prints in part, or tells in its own words; and what only resembles it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_record import small_record
from test_families import assembled, told

from tellings.across.families import families
from tellings.across.families.assembly import Token
from tellings.across.families.assembly import _held as is_held
from tellings.edge.exports import quotes as export
from tellings.edge.writers import wording
from tellings.library.records import tell
from tellings.model.records import DocumentDate, Family, Telling
from tellings.pipeline import relate

KNOWN = "Nora Quill and Paul Brandt kept the light at Merrin.\n\n"
WHOLE = "“We hauled the trawl aboard by lantern, and I swear the winch was screaming at us,” Quill said."


def on(day: int, telling: Telling) -> Telling:
    return replace(telling, document=replace(telling.document, date=DocumentDate(date(2019, 3, day), "test", "test")))


def one(first: str, second: str, days: tuple[int, int] = (6, 6)) -> bool:
    """Whether the first quotations of two tellings are one utterance."""
    tellings = on(days[0], told("a", KNOWN + first)), on(days[1], told("b", KNOWN + second))
    assert all(telling.quotes for telling in tellings)
    return any(_holds(family, "a") and _holds(family, "b") for family in families(tellings))


def _holds(family: Family, telling: str) -> bool:
    return any(variant.telling == telling and 0 in variant.quotes for variant in family.variants)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        # A fragment, in whatever marks.
        ("Quill said that “the winch was screaming” that night.", True),
        ("Quill said that 'the winch was screaming' that night.", True),
        ("Quill called it “screaming” and said the winch and the trawl were old.", True),
        # A paraphrase, of one speaker.
        ("Quill said that they had hauled the trawl aboard by lantern.", True),
        ("Brandt said that they had hauled the trawl aboard by lantern.", False),
        # Words that are no more than its theme, and a fragment that anybody may use.
        ("Quill said that the trawl was lost for good.", False),
        ("Brandt said that “the winch was screaming” that night.", False),
        ("Quill said that he would wait “at us” a while.", False),
        # Two direct quotations that resemble one another are two.
        ("“We hauled the nets aboard by day, and I know the engine was screaming at me,” Quill said.", False),
        # What is denied is not what is said.
        ("Quill denied that they had hauled the trawl aboard by lantern.", False),
    ],
)
def test_a_piece_and_a_paraphrase(other: str, expected: bool) -> None:
    assert one(WHOLE, other) is expected
    assert one(other, WHOLE) is expected


def test_a_fragment_whose_speaker_is_not_known_needs_more() -> None:
    assert one(WHOLE, "One sailor said that the trawl was old and “the winch was screaming” that night.")
    assert not one(WHOLE, "One sailor said that somebody was “screaming” that night.")


def test_a_body_by_its_first_letters() -> None:
    whole = "“The winch was screaming and the hawser had parted,” the Merrin Harbour Safety Board said."
    assert one(whole, "The MHSB said that “the hawser had parted” before noon.")


def test_two_days_with_one_phrase_are_two() -> None:
    said = "“The winch was screaming at us,” Quill said on {}."
    assert one(said.format("Monday"), said.format("Monday"))
    assert not one(said.format("Monday"), said.format("Wednesday"))


def test_a_light_phrase_is_recalled_within_days_alone() -> None:
    whole, later = (
        "“We will go on with the talks,” Quill said.",
        "Quill said the men “will go on with the talks” in town.",
    )
    assert one(whole, later, (6, 8))
    light = "Quill said that both “go on with” it."
    assert not one(whole, light, (6, 28))


POSTS = (
    "“Lamps out at nine, the trawl leaves Merrin on Friday,” Quill wrote.",
    "“Bring a lantern, the winch is screaming again,” Quill wrote.",
)


def test_posts_that_one_outlet_runs_together_stay_two() -> None:
    apart = "\n\nThe harbour was full that week. Boats came and went.\n\n".join(POSTS)
    together = (
        "“Lamps out at nine, the trawl leaves Merrin on Friday,” Quill wrote. "
        "“Bring a lantern, the winch is screaming again.”"
    )
    alone = families((told("a", KNOWN + together), told("b", KNOWN + together)))
    assert [len(family.variants[0].quotes) for family in alone] == [2]
    found = families((told("a", KNOWN + together), told("b", KNOWN + apart), told("c", KNOWN + apart)))
    assert [len(family.variants) for family in found] == [3, 3]


def test_words_that_fit_two_utterances_do_not_make_them_one() -> None:
    posts = (
        "“The trawl leaves Merrin with every lantern lit on Friday,” Quill wrote.",
        "“Every lantern lit is a lantern that will come home to Merrin in the end, I promise you,” Quill wrote.",
    )
    piece = "Quill said she wanted “every lantern lit” by then."
    found = families((told("a", KNOWN + posts[0]), told("b", KNOWN + posts[1]), told("c", KNOWN + piece)))
    assert sorted(len(family.variants) for family in found) == [1, 2]


def test_how_an_entry_was_joined_is_told() -> None:
    piece, paraphrase = (
        "Quill said that “the winch was screaming” that night.",
        "Quill said that they had hauled the trawl aboard by lantern.",
    )
    found = families(
        tuple(told(name, KNOWN + body) for name, body in zip("abc", (WHOLE, piece, paraphrase), strict=True))
    )
    (family,) = (each for each in found if len(each.variants) > 1)
    assert family.provenance.rule == "same words; paraphrase; words in marks"
    assert [(variant.telling, variant.printed) for variant in family.variants] == [("a", 16), ("b", 4), ("c", 0)]
    assert family.words == 16


# ---- the fullest text ----


def fullest(*bodies: str, origins: tuple[tuple[str, ...], ...] = ()) -> str:
    tellings = tuple(told(name, KNOWN + body) for name, body in zip("abcde", bodies, strict=False))
    found = max(families(tellings, origins), key=lambda family: len(family.variants))
    return assembled(found, tellings)


LONG = "We hauled the trawl aboard by lantern and the winch was {} at us until the morning came"


def test_the_reading_of_most_origins_is_taken() -> None:
    bodies = [
        f"“{LONG.format(word)},” Quill said." for word in ("howling", "screaming", "screaming", "screaming", "howling")
    ]
    assert "screaming" in fullest(*bodies)
    # Three tellings of one origin are one voice.
    assert "howling" in fullest(*bodies, origins=(("b", "c", "d"),))


def test_what_a_printer_put_in_brackets_is_nobodys_word() -> None:
    put_in, whole = LONG.format("screaming").replace("trawl", "[net]"), LONG.format("screaming")
    assert "the trawl aboard" in fullest(f"“{put_in} and longer,” Quill said.", f"“{whole},” Quill said.")
    added = whole.replace("until the", "until (in the end) the")
    assert "(" not in fullest(f"“{whole} and longer,” Quill said.", f"“{added},” Quill said.")


def test_marks_that_never_close_bring_no_words_of_the_outlet() -> None:
    good = f"“{LONG.format('screaming')}.”"
    broken = f'“{LONG.format("screaming")}, Quill said. The boat "Orla sank in the bay off Merrin that night.”'
    assert "Orla" not in fullest(good + " Quill said.", broken)


def test_parts_in_another_order_stand_once() -> None:
    first, second = (
        "We hauled the trawl aboard by lantern light.",
        "The winch was screaming at us until the morning came.",
    )
    both = fullest(f"“{first} {second}” Quill said.", f"“{second}” Quill said. “{first}”")
    assert both.count("lantern") == both.count("winch") == 1


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("morning until winch lantern trawl", True),  # a few words, each of which stands there
        ("morning until herring sank ashore", False),
        ("trawl aboard by lantern and the winch was howling", True),  # many, as one run with another word
        ("morning the until us at howling was winch the and lantern by", False),  # many, in an order of their own
    ],
)
def test_words_without_a_place_are_no_others_where_nearly_all_stand_elsewhere(words: str, held: bool) -> None:
    there, loose = (
        [Token(word, "a", 0, place, place + 1, joined=True) for place, word in enumerate(text.split())]
        for text in (LONG.format("howling"), words)
    )
    assert is_held(there, loose) == held


def test_a_sentence_that_its_cue_interrupts_has_no_gap() -> None:
    halves = "“We hauled the trawl aboard by lantern,” Quill said, “and the winch was screaming at us.”"
    assert "[…]" not in fullest(halves, halves)


# ---- as it is shown ----


def test_what_each_telling_prints_is_said() -> None:
    bodies = (
        WHOLE,
        "Quill said that “the winch was screaming” that night.",
        "The harbour office said that they hauled the trawl aboard by lantern.",
        "Quill said that they had hauled the trawl aboard by lantern.",
    )
    record = tell(relate(told(name, KNOWN + body) for name, body in zip("abcd", bodies, strict=True)))
    entry = max(record.quotes, key=lambda each: len(each.variants))
    shares = {variant.telling: wording.printed(variant, entry) for variant in entry.variants}
    assert [shares["A"], shares["B"], shares["D"]] == ["all 16 words", "4 of 16 words", "in its own words"]
    assert wording.printed_by(entry).startswith("A, in part B, ")
    piece = next(variant for variant in entry.variants if variant.telling == "B")
    assert [wording.difference(each) for each in piece.differences] == [
        "leaves out “We hauled the trawl aboard by lantern, and I swear”",
        "leaves out “at us”",
    ]
    rows = export.rows(record)
    assert "leaves out “at us”" in rows and "Nora Quill,4,16," in rows


def test_who_is_named_otherwise() -> None:
    record = small_record()
    entry = next(entry for entry in record.quotes if entry.speaker.name)
    variant = entry.variants[0]
    for named, expected in ((None, False), (entry.speaker.name, False), ("the harbour office", True)):
        assert wording.named_otherwise(replace(variant, named=named), entry) is expected
    short = (entry.speaker.name or "").split()[-1]
    assert not wording.named_otherwise(replace(variant, named=short), entry)


def test_a_post_quoted_in_part_and_told_is_one_source() -> None:
    bodies = (
        WHOLE.replace("Quill said", "Quill wrote on Twitter"),
        "Quill tweeted that “the winch was screaming” that night.",
        "Quill wrote on Twitter that they had hauled the trawl aboard by lantern.",
    )
    record = tell(relate(told(name, KNOWN + body) for name, body in zip("abc", bodies, strict=True)))
    entry = max(record.quotes, key=lambda each: len(each.variants))
    assert wording.quoted_by(entry) == "3 articles, one source: a post"
    assert entry.origins == 1


def test_who_prints_the_words_says_whose_they_are() -> None:
    bodies = (
        "“We hauled the trawl aboard by lantern,” a harbour clerk said.",
        "The clerk said that they had hauled the trawl aboard by lantern.",
    )
    record = tell(relate(told(name, KNOWN + body) for name, body in zip("ab", bodies, strict=True)))
    entry = max(record.quotes, key=lambda each: len(each.variants))
    assert len(entry.variants) == 2
    assert entry.speaker.name == "a harbour clerk"
    assert [wording.named_otherwise(variant, entry) for variant in entry.variants] == [False, True]
