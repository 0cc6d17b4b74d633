"""How a quotation is shown: as what its source does with it, by whom and how surely, when and where it was said, and
how many origins its words have; in the record, on the page, in the terminal, in exports, in the table."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from rich.console import Console
from small_record import TEXTS, WHY, at, small_record

from tellings.across.words_from_one import outlet_in, tells_of
from tellings.edge.exports import export
from tellings.edge.writers import quotes as quotes_table
from tellings.edge.writers import terminal, wording
from tellings.edge.writers.arrange import speakers
from tellings.edge.writers.html import render
from tellings.edge.writers.saying import Saying, in_brief, in_variant, saying
from tellings.library.checks.consistency import inconsistencies
from tellings.model.record import Evidence, OneOriginLine, QuoteEntry, Record, SpeakerLine, VariantLine
from tellings.model.records import MODEL, Attested, Document, DocumentDate, Provenance, Quote, Stance, Telling
from tellings.model.rules import load
from tellings.model.text import View
from tellings.pipeline import annotate, relate
from tellings.quotes import find
from tellings.tell.record import record
from tellings.tell.saying import pattern
from tellings.tell.speakers import People, attributed

MONDAY = date(2019, 3, 4)


def told(name: str, text: str, publisher: str | None = None) -> Telling:
    written = DocumentDate(date(2019, 3, 6), "test", "test")
    outlet = Attested(publisher, "test") if publisher else None
    return annotate(Document(name, name, name, "text/plain", View.plain(text), written, publisher=outlet))


def recorded(*tellings: Telling) -> Record:
    return record(relate(tellings), version="test")


def only(text: str) -> tuple[QuoteEntry, VariantLine]:
    (entry,) = recorded(told("a", text)).quotes
    return entry, entry.variants[0]


def exact(words: Evidence | None) -> str | None:
    return None if words is None else words.exact


# ---- the words that lead to what is quoted -------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "lead", "content"),
    [
        ("The mayor denied making a deal with the pilots.", "denied", "making a deal with the pilots"),
        ("The mayor has flatly denied making a deal.", "has flatly denied", "making a deal"),
        ("The mayor did not deny making a deal.", "did not deny", "making a deal"),
        ("Ana Vell, the mayor, denied making a deal.", "denied", "making a deal"),
        ("The mayor denied reports that the pilots were paid.", "denied reports that", "the pilots were paid"),
        ("The mayor accused Osk of selling oil.", "accused", "Osk of selling oil"),
        ("The mayor urged the crew to leave the boat.", "urged", "the crew to leave the boat"),
        ("The mayor confirmed the sale of the quay.", "confirmed", "the sale of the quay"),
        ("The mayor asked whether the boat had sunk.", "asked", "whether the boat had sunk"),
        ("The mayor asked: “Has the boat sunk?”", "asked:", "Has the boat sunk?"),
        # It is simply said, or no words of the telling stand before it, or what is quoted says so itself.
        ("The mayor asked: “All allegations were denied.”", None, "All allegations were denied."),
        ("The mayor asked: “The boat has sunk.”", None, "The boat has sunk."),
        ("The mayor said: “Has the boat sunk?”", None, "Has the boat sunk?"),
        ("The mayor said that the boat had sunk.", None, "the boat had sunk"),
        ("The mayor warned that the boat had sunk.", None, "the boat had sunk"),
        ("The boat had sunk, the mayor said.", None, "The boat had sunk"),
    ],
)
def test_words_lead_to_what_is_not_simply_said(sentence: str, lead: str | None, content: str) -> None:
    _, variant = only(sentence)
    assert (exact(variant.lead), variant.stretches[0].exact) == (lead, content)


def test_words_far_behind_their_verb_are_not_all_shown() -> None:
    far = "the many reports in the papers of the coast and of the capital of last week that"
    _, variant = only(f"The mayor denied {far} the pilots were paid.")
    if variant.stretches[0].exact == "the pilots were paid":
        assert exact(variant.lead) == "denied"
        assert in_variant(variant).before("the pilots were paid") == "denied … the pilots were paid"


@pytest.mark.parametrize("name", ["verb group", "before a day", "before a medium"])
def test_patterns_find_their_examples(name: str) -> None:
    rule = load("en", "quote").patterns[name]
    for text in rule.yes:
        assert pattern(name).search(text), text
    for text in rule.no:
        assert not pattern(name).search(text), text


def test_each_rule_of_an_object_is_a_rule() -> None:
    rules = load("en", "quote")
    assert rules.words("object_rule") <= {rule.name for rule in rules.rules}
    groups = {*rules.meanings("speech_verb").values(), *rules.meanings("act_verb").values()}
    assert rules.words("object_group") <= groups


# ---- when, where, to whom -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The mayor told reporters on Monday that the boat had sunk.", ["told reporters on Monday"]),
        ("The mayor told the Osk Gazette the boat had sunk.", ["told the Osk Gazette"]),
        ("“The boat had sunk,” Ana Vell wrote on Instagram on Monday.", ["on Instagram on Monday"]),
        ("“The boat had sunk,” Ana Vell said in a statement.", ["in a statement"]),
        (
            "In a telephone interview on Monday, Ana Vell said the boat had sunk.",
            ["In a telephone interview on Monday"],
        ),
        ("On Monday, Ana Vell said that the boat had sunk.", ["On Monday"]),
        # The medium is the source; nothing else is told.
        ("The statement said that the boat had sunk.", []),
        # A day of what is said, not of the saying.
        ("The mayor said that the boat had sunk on Monday.", []),
    ],
)
def test_when_where_and_to_whom_in_the_words_of_the_telling(sentence: str, words: list[str]) -> None:
    _, variant = only(sentence)
    assert [each.exact for each in variant.circumstances] == words


# ---- origins of words -----------------------------------------------------------------------

LIGHT = "“We never lost sight of the light and nobody slept before the harbour,”"
#: Reports that are no copies of each other.
OWN = (
    "The ferry came in at one with nobody hurt, and the council shut the quay until the ice was gone.\n\n",
    "Forty boats lay at the pier of the town on Sunday, each with a lamp at its mast and a rope of its own.\n\n",
    "A dog was the first to see the smoke, and its owner ran down the hill with a bucket of sand and a bell.\n\n",
)


@pytest.mark.parametrize(
    ("endings", "origins", "shared"),
    [
        (["wrote on Instagram.", "wrote in an Instagram post.", "said on Instagram."], 1, [("post", "ABC")]),
        (["wrote on Instagram.", "wrote in a post."], 1, [("post", "AB")]),
        (["tweeted.", "said on Twitter.", "wrote in a tweet."], 1, [("post", "ABC")]),
        (["said in a statement.", "said in an emailed statement."], 1, [("statement", "AB")]),
        (["wrote in a letter to the council.", "said in the letter."], 1, [("letter", "AB")]),
        (["told the Osk Gazette.", "said in an Osk Gazette interview."], 1, [("outlet", "AB")]),
        # Two platforms, two kinds, two interviews, and what does not say where its words are from.
        (["wrote on Instagram.", "wrote on Facebook."], 2, []),
        (["wrote on Instagram.", "wrote on Facebook.", "wrote in a post."], 3, []),
        (["wrote on Instagram.", "said in a statement."], 2, []),
        (["said in an interview.", "said in an interview."], 2, []),
        (["told reporters.", "told reporters."], 2, []),
        (["wrote on Instagram.", "said.", "wrote on Instagram."], 2, [("post", "AC")]),
    ],
)
def test_one_post_is_one_origin_of_words(endings: list[str], origins: int, shared: list[tuple[str, str]]) -> None:
    found = recorded(*(told("abc"[i], f"{OWN[i]}{LIGHT} Nora Quill {end}") for i, end in enumerate(endings)))
    assert len(found.origins) == len(endings)
    (entry,) = (each for each in found.quotes if len(each.variants) == len(endings))
    assert (entry.origins, [(line.kind, "".join(line.labels)) for line in entry.from_one]) == (origins, shared)
    assert [words.telling for line in entry.from_one for words in line.words] == [*"".join(who for _, who in shared)]
    assert list(inconsistencies(found, {telling.label: telling.text for telling in found.tellings})) == []


@pytest.mark.parametrize(
    ("kind", "words", "tells"),
    [
        ("post", "an Instagram post", True),
        ("post", "tweeted", True),
        ("post", "@anavell", True),
        ("post", "a statement", False),
        ("statement", "the statement", True),
        ("outlet", "the Osk Gazette", True),
        ("outlet", "reporters in Osk", False),
        ("outlet", "an interview", False),
        ("letter", "the letter", True),
    ],
)
def test_what_words_tell_of(kind: Any, words: str, tells: bool) -> None:
    assert tells_of(kind, words) is tells


def test_an_outlet_has_one_key() -> None:
    assert outlet_in("the Osk Gazette") == outlet_in("an Osk Gazette interview") == "osk gazette"


def test_who_prints_is_said_beside_the_count() -> None:
    entry = small_record().quotes[1]
    three = tuple(dataclasses.replace(entry.variants[0], telling=label) for label in "ABC")
    some = dataclasses.replace(entry, variants=three, origins=2)
    assert wording.quoted_by(entry) == "2 articles, one source: a post"
    assert wording.quoted_by(some) == "3 articles, 2 independent origins; 2 articles from a post"
    assert wording.quoted_by(dataclasses.replace(some, from_one=())) == "3 articles, 2 independent origins"
    assert wording.quoted_by(small_record().quotes[0]) == "only in A"


# ---- who speaks -----------------------------------------------------------------------------


def spoken(*named: tuple[str, Any, tuple[str, ...]]) -> SpeakerLine:
    """The speaker of one utterance that tellings give to (name, rank, others)."""
    found, of = [], {}
    for number, (name, rank, others) in enumerate(named):
        telling = told(str(number), f"“It sank,” {name} said.")
        chains = tuple(dataclasses.replace(telling.chains[0], name=each) for each in (name, *others))
        quote = dataclasses.replace(
            telling.quotes[0], speaker=0, rank=rank, others=tuple(range(1, len(chains))), status="shown"
        )
        found.append((dataclasses.replace(telling, chains=chains), quote))
        of.update({(telling.id, index): chain.name for index, chain in enumerate(chains)})
    return attributed(found, People.of(of, {name: name for name in of.values()})).speaker


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ([("Ana Vell", "said by", ())], "Ana Vell"),
        ([("Ana Vell", "probably", ("Karl Moe",))], "probably Ana Vell, or Karl Moe"),
        ([("Ana Vell", "probably", ())], "probably Ana Vell"),
        # What is sure in one telling stands against what is probable in another.
        ([("Ana Vell", "probably", ("Karl Moe",)), ("Karl Moe", "said by", ())], "Karl Moe"),
        # Two that are sure: both are named.
        ([("Ana Vell", "said by", ()), ("Karl Moe", "said by", ())], "probably Ana Vell, or Karl Moe"),
        # A shorter name speaks against nobody.
        ([("Vell", "said by", ()), ("Ana Vell", "said by", ())], "Ana Vell"),
        ([("Ana Vell", "probably", ("Vell",))], "probably Ana Vell"),
    ],
)
def test_how_a_speaker_is_named(named: list[tuple[str, Any, tuple[str, ...]]], shown: str) -> None:
    assert wording.speaker(spoken(*named)) == shown


@pytest.mark.parametrize("quoted", ["“It sank,” {} said.", "{} said it sank."])
def test_a_body_is_named_in_full_where_another_telling_has_its_first_letters(quoted: str) -> None:
    found = []
    for number, name in enumerate(("The HRS", "The Harbour Rescue Service")):
        telling = told(str(number), quoted.format(name))
        found.append((telling, telling.quotes[0]))
    assert attributed(found, People.of({}, {})).speaker.name == "Harbour Rescue Service"


def test_nobody_is_named_where_nobody_is_shown() -> None:
    telling = told("a", "“It sank,” Ana Vell said.")
    quote: Quote = dataclasses.replace(telling.quotes[0], status="unsure", reason="a test")
    found = attributed([(telling, quote)], People.of({}, {}))
    assert (found.speaker, found.status, found.reason) == (SpeakerLine(None, None, "unsure"), "shown", "a test")
    by_model = dataclasses.replace(quote, provenance=Provenance("quotes", MODEL))
    # What no rule finds may be no quotation at all.
    assert attributed([(telling, by_model)], People.of({}, {})).status == "unsure"


# ---- the line -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stance", "lead", "marked", "earlier", "line"),
    [
        ("says", "", False, False, "WORDS"),
        ("says", "accused", False, False, "accused WORDS"),
        ("says", "previously said", False, True, "said earlier: WORDS"),
        ("denies", "has denied", False, False, "*has denied* WORDS"),
        ("denies", "", False, False, "*denied:* WORDS"),
        ("denies", "", True, False, "*a denial:* WORDS"),
        ("denies", "has denied", False, True, "earlier: *has denied* WORDS"),
        ("asks", "", False, False, "*asked:* WORDS"),
        ("retracts", "", False, True, "*took back earlier:* WORDS"),
        ("unsure", "", False, False, "*is not sure:* WORDS"),
    ],
)
def test_how_a_line_begins(stance: Stance, lead: str, marked: bool, earlier: bool, line: str) -> None:
    parts = saying(stance, lead, marked=marked, earlier=earlier).parts()
    assert " ".join([*(f"*{part}*" if strong else part for part, strong in parts), "WORDS"]) == line


def test_plain_words_have_nothing_before_them() -> None:
    assert Saying().parts() == [] and Saying().before("WORDS") == "WORDS"


#: What every view of the small record says, whatever its form.
SAID = ("has not denied cutting the rope", "a denial: any guilt was denied", "said earlier: the *rope* was new")
PROBABLY = "probably Oster, or Ana Vell, or a clerk"


def in_terminal(width: int = 200) -> str:
    out = io.StringIO()
    terminal.summary(small_record(), Console(file=out, width=width), written=[])
    return out.getvalue()


@pytest.mark.parametrize(
    "view",
    [in_terminal, lambda: export(small_record(), "markdown", "quotes"), lambda: export(small_record(), "markdown")],
    ids=["terminal", "quotes in Markdown", "record in Markdown"],
)
def test_no_view_shows_a_denial_as_said(view: Callable[[], str]) -> None:
    shown = view().replace("**", "").replace("\\", "")
    for line in (*SAID, PROBABLY):
        assert line in shown
    for bare in ("“cutting the rope", "- cutting the rope", "    cutting the rope", "- any guilt", "    any guilt"):
        assert bare not in shown
    # Who is only probable is not listed among the sure.
    assert "## Oster" not in shown and "\n  Oster" not in shown
    assert shown.index(wording.PROBABLE) > shown.index("has not denied")


def test_beside_a_day_stands_how_it_was_said() -> None:
    brief = [in_brief(entry, 12) for entry in small_record().quotes]
    assert "The clerk: has not denied cutting the…" in brief
    assert f"{PROBABLY}: said earlier: the *rope*…" in brief
    assert "Ana Vell: “The lamp…”" in brief
    page = render(small_record())
    assert f"{PROBABLY}: said earlier: the *rope* was new" in page


def test_probable_quotations_of_one_name_stand_together() -> None:
    entry = small_record().quotes[6]
    names = ("Oster", "Vell", "Oster")
    entries = [dataclasses.replace(entry, speaker=SpeakerLine(name, None, "probably")) for name in names]
    sure, probable = speakers([*entries, small_record().quotes[0]])
    assert [each.speaker.name for each in probable] == ["Oster", "Oster", "Vell"]
    assert [each.name for each in sure] == ["a clerk"]


def test_what_is_partly_in_marks_gets_none_of_ours() -> None:
    assert "“Nobody rows.”" not in export(small_record(), "markdown", "quotes")
    assert "“Nobody rows.”" not in in_terminal()


def test_the_page_says_it_without_its_script() -> None:
    page = render(small_record())
    opening = page[page.index('id="quotes-list"') : page.index('id="facts"')]
    for words in ("has not denied", "a denial:", "said earlier:", PROBABLY, "from a post"):
        assert words in opening
    assert opening.index(PROBABLY) > opening.index("has not denied")


ARTICLE = (
    "Ana Vell has denied making a deal with the pilots. She told reporters on Monday that the boat had sunk. "
    "“Who rows at night?” Vell asked."
)


def test_the_table_says_how_where_and_why() -> None:
    out = io.StringIO()
    document = told("a", ARTICLE).document
    quotes_table.table(document, find(ARTICLE, model=False), Console(file=out, width=300), why=True)
    shown = out.getvalue()
    for words in (
        "has denied making a deal",
        "asked: “Who rows at night?”",
        "told reporters",
        "by “Ana Vell”",
    ):
        assert words in shown
    start = ARTICLE.index("making")
    assert f"{start}–{ARTICLE.index('. She')}" in shown


def test_the_objects_of_the_table_hold_what_the_record_holds() -> None:
    document = told("a", ARTICLE).document
    (found,) = (
        each
        for each in quotes_table.objects(document, find(ARTICLE, model=False))["quotations"]
        if each["stance"] == "denies" and each["lead"]
    )
    assert (found["rank"], found["others"], found["earlier"], found["lead"]["exact"]) == (
        "said by",
        [],
        False,
        "has denied",
    )
    row = quotes_table.rows([(document, find(ARTICLE, model=False))])
    assert "said by,,denies,False,has denied,," in row


# ---- what verify holds ----------------------------------------------------------------------


def failing(**changes: Any) -> list[str]:
    """What fails of a record of the small texts whose only quotation is changed so."""
    entry_changes = {name: changes.pop(name) for name in list(changes) if name in ("speaker", "origins", "from_one")}
    base = small_record()
    variant = VariantLine(
        telling="A",
        type="indirect",
        stretches=(at("A", "cutting the rope"),),
        source=at("A", "The clerk"),
        cue=at("A", "denied"),
        medium=None,
        said=None,
        sentence=at("A", "The clerk has not denied cutting the rope."),
        why=WHY,
        stance="unsure",
        lead=at("A", "has not denied"),
    )
    entry = QuoteEntry(
        *("q-1", SpeakerLine("The clerk", None), "shown", None),
        (dataclasses.replace(variant, **changes),),
        *((), 1),
        why=WHY,
    )
    forged = dataclasses.replace(base, quotes=(dataclasses.replace(entry, **entry_changes),))
    return of_quotes(forged)


def of_quotes(changed: Record) -> list[str]:
    """What does not hold of the quotations of a changed record; that they would be named otherwise is left aside."""
    found = inconsistencies(changed, TEXTS)
    return [each.message for each in found if each.line.startswith("quotes[") and not each.line.endswith(".id")]


def test_a_true_quotation_holds() -> None:
    assert failing() == []
    assert failing(stance="denies") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"stance": "says"},
        {"stance": "asks"},
        {"stance": "retracts"},
        {"stance": "says", "marker": at("A", "denied"), "lead": None},
        {"marker": at("A", "guilt was denied")},
        {"lead": at("A", "The clerk")},
        {"lead": at("A", "The clerk has not denied cutting the rope.")},
        {"circumstances": (at("A", "the rope"),)},
        {"circumstances": (at("B", "Ice"),)},
        {"speaker": SpeakerLine("The clerk", None, "unsure")},
        {"speaker": SpeakerLine(None, None, "said by")},
        {"speaker": SpeakerLine("The clerk", None, "said by", ("Oster",))},
        {"speaker": SpeakerLine("The clerk", None, "probably", ("The clerk",))},
        {"speaker": SpeakerLine("The clerk", None, "probably", ("Nobody Printed",))},
        {"origins": 2},
        {"from_one": (OneOriginLine("post", ("A",), (at("A", "Instagram"),)),)},
        {"from_one": (OneOriginLine("post", ("A", "B"), (at("A", "Instagram"), at("B", "Instagram"))),)},
    ],
)
def test_a_forged_quotation_fails(changes: dict[str, Any]) -> None:
    assert failing(**changes)


def test_others_that_are_printed_hold() -> None:
    assert failing(speaker=SpeakerLine("The clerk", None, "probably", ("Oster",))) == []


@pytest.mark.parametrize(
    ("line", "origins", "holds"),
    [
        (OneOriginLine("post", ("A", "B"), (at("A", "Instagram"), at("B", "Instagram"))), 1, True),
        (OneOriginLine("post", ("A", "B"), (at("A", "Instagram"), at("B", "Instagram"))), 2, False),
        (OneOriginLine("statement", ("A", "B"), (at("A", "Instagram"), at("B", "Instagram"))), 1, False),
        (OneOriginLine("post", ("A", "B"), (at("A", "Instagram"),)), 1, False),
        (OneOriginLine("post", ("A", "B"), (at("A", "Instagram"), at("B", "Vell"))), 1, False),
        (OneOriginLine("outlet", ("A", "B"), (at("A", "the Osk Gazette"), at("B", "Vell"))), 1, False),
    ],
)
def test_an_origin_of_words_is_held_against_them(line: OneOriginLine, origins: int, holds: bool) -> None:
    base = small_record()
    people = dataclasses.replace(base.quotes[1], speaker=SpeakerLine("Vell", None), from_one=(line,), origins=origins)
    assert (of_quotes(dataclasses.replace(base, quotes=(people,))) == []) is holds
