"""The quotations room: golden cases beside their input, the examples of its rules, and its laws.

In `cases/quotes` each NAME.txt has a NAME.expected, one line a quotation: status and type, speaker,
source, cue, content, then what it goes on from ("after 0") or stands in ("in 0"). NAME.wrong holds what
is right where the program is not there yet: such a case must fail, and is renamed when it passes.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings import library, pipeline
from tellings.model.records import Document, DocumentDate, Quote, Telling
from tellings.model.rules import Rule, load
from tellings.model.text import Span, View
from tellings.pipeline import annotate
from tellings.within.quotes import certainty

CASES = Path(__file__).parent / "cases" / "quotes"


def told(text: str) -> Telling:
    return annotate(
        Document("x", "x", "x", "text/plain", View.plain(text), DocumentDate(date(2019, 3, 6), "test", "test"))
    )


def line(telling: Telling, quote: Quote) -> str:
    def words(span: Span | None) -> str:
        return "-" if span is None else span.of(telling.text)

    speaker = "-" if quote.speaker is None else telling.chains[quote.speaker].name
    fields = [
        f"{quote.status} {quote.type}", speaker, words(quote.source), words(quote.cue), words(quote.content),
    ]  # fmt: skip
    if quote.continues is not None:
        fields.append(f"after {quote.continues}")
    if quote.within is not None:
        fields.append(f"in {quote.within}")
    return " | ".join(fields)


def lines(text: str) -> list[str]:
    telling = told(text)
    return [line(telling, quote) for quote in telling.quotes]


# ---- golden cases


@pytest.mark.parametrize("case", sorted(CASES.glob("*.expected")), ids=lambda path: path.stem)
def test_golden(case: Path) -> None:
    found = lines(case.with_suffix(".txt").read_text(encoding="utf-8"))
    assert found == case.read_text(encoding="utf-8").splitlines()


@pytest.mark.xfail(strict=True, reason="not there yet")
@pytest.mark.parametrize("case", sorted(CASES.glob("*.wrong")), ids=lambda path: path.stem)
def test_not_there_yet(case: Path) -> None:
    found = lines(case.with_suffix(".txt").read_text(encoding="utf-8"))
    assert found == case.read_text(encoding="utf-8").splitlines()


def test_every_case_has_one_expectation() -> None:
    inputs = sorted(path.stem for path in CASES.glob("*.txt"))
    judged = sorted(path.stem for path in CASES.iterdir() if path.suffix in (".expected", ".wrong"))
    assert inputs == judged
    assert len(inputs) >= 40


# ---- rules: each example of each clause rule runs through the whole path

CLAUSES = load("en", "quote").rules


#: Examples that their rule does not find yet: they must fail, and leave this list when they pass.
EXAMPLES = [
    pytest.param(
        sentence,
        content,
        id=sentence,
    )
    for rule in CLAUSES
    for sentence, content in rule.yes
]


@pytest.mark.parametrize(("sentence", "content"), EXAMPLES)
def test_rule_finds_its_examples(sentence: str, content: str) -> None:
    found = {quote.content.of(sentence): quote for quote in told(sentence).quotes}
    assert content in found
    assert found[content].type in ("indirect", "mixed") and found[content].status == "shown"


@pytest.mark.parametrize("rule", CLAUSES, ids=lambda rule: rule.name)
def test_rule_passes_over_what_it_must(rule: Rule) -> None:
    assert rule.yes and rule.no and rule.source
    for sentence in rule.no:
        assert rule.name not in [quote.provenance.rule for quote in told(sentence).quotes], sentence


@pytest.mark.parametrize("rule", CLAUSES, ids=lambda rule: rule.name)
def test_no_rule_is_always_forestalled(rule: Rule) -> None:
    """One of a rule's own examples is found by that rule: a rule behind another that takes all is dead weight."""
    assert rule.name in {quote.provenance.rule for sentence, _ in rule.yes for quote in told(sentence).quotes}


# ---- one thing at a time

STOOD = "Nora Quill stood on the quay until noon.\n\n"


@pytest.mark.parametrize(
    ("sentence", "medium"),
    [
        ("“The lamp stays lit until they are home,” Quill wrote on Instagram.", "Instagram"),
        ("“The lamp stays lit until they are home,” Quill said in a radio interview.", "a radio interview"),
        ("“The lamp stays lit until they are home,” Quill said.", None),
    ],
)
def test_medium(sentence: str, medium: str | None) -> None:
    telling = told(STOOD + sentence)
    (quote,) = telling.quotes
    assert (quote.medium and quote.medium.of(telling.text)) == medium


def test_a_signed_post_has_its_day_and_its_handle() -> None:
    telling = told(STOOD + "The lamp stays lit — Nora Quill (@noraquill) March 4, 2019\n")
    (quote,) = telling.quotes
    assert quote.said is not None and quote.said.earliest == quote.said.latest == date(2019, 3, 4)
    assert quote.medium is not None and quote.medium.of(telling.text) == "@noraquill"


def test_a_refusal_keeps_its_reason() -> None:
    reasons = {
        "They gave us soup and dry socks before anybody asked our names.": "who says this is not told beside it",
        "rescue plan": "words in marks with nobody said to speak them",
    }
    for words, reason in reasons.items():
        (quote,) = told(f"The ferry came in at one.\n\nThen it was “{words}”\n").quotes
        assert (quote.status != "shown", quote.reason) == (True, reason)


@pytest.mark.parametrize(
    "sentence",
    [
        "Quill called the plan “a leaking bucket” in a post.",
        "Quill described the boats as “too old for such a sea.”",
        "Quill told the crew on the quay that “nobody is missing.”",
        "Quill urged the crew “to look at the rope once more.”",
    ],
)
def test_words_in_marks_keep_both_marks_inside_a_clause(sentence: str) -> None:
    telling = told(STOOD + sentence)
    (quote,) = telling.quotes
    assert quote.type == "mixed"
    assert quote.content.of(telling.text).count("“") == quote.content.of(telling.text).count("”") == 1


def test_a_pronoun_is_nobody_s_name() -> None:
    """In the record, a speaker known only as "he" is unsure, and the source is cited all the same."""
    text = "The ferry came in at one.\n\n“The lamp was never lit that night,” he said.\n"
    (entry,) = library.tell(pipeline.relate([told(text)])).quotes
    assert (entry.status, entry.speaker.name, entry.speaker.person) == ("shown", None, None)
    assert entry.speaker.rank == "unsure"
    assert entry.reason == "who “he” is cannot be told"
    assert entry.variants[0].source is not None and entry.variants[0].source.exact == "he"
    (described,) = library.tell(pipeline.relate([told(text.replace("he said", "one sailor said"))])).quotes
    assert (described.status, described.speaker.name) == ("shown", "one sailor")


def test_a_post_introduced_as_a_whole_takes_in_the_marks_inside_it() -> None:
    text = STOOD + (
        "Quill wrote that no sailor “is born with a knot in his hands.”\n\nRead the full post via Merrin Radio:\n\n"
        "You call it the ‘old rope’ of the harbour, and no sailor is born with a knot in his hands.\n\n"
        "I shall ask you again in June.\n\nThe crew went home on Monday.\n"
    )
    telling = told(text)
    first, second = (q for q in telling.quotes if q.provenance.rule == "introduced as a whole")
    assert [telling.chains[q.speaker or 0].name for q in (first, second)] == ["Nora Quill"] * 2
    assert second.continues == telling.quotes.index(first)
    (inner,) = (q for q in telling.quotes if q.within is not None)
    assert telling.quotes[inner.within or 0] is first and inner.content.of(text) == "old rope"


def test_a_post_with_nobody_to_sign_it_is_unsure() -> None:
    (quote,) = told("The ferry came in.\n\nThe letter reads in full:\n\nI shall not tie my boat here again.\n").quotes
    assert (quote.status, quote.speaker, quote.reason) == ("unsure", None, "who says this is not told beside it")


# ---- laws

FRAGMENTS = st.sampled_from(
    [
        "Nora Quill",
        "Aaron Holm",
        "she",
        "he",
        "they",
        "the couple",
        "one fan",
        "the note",
        "police",
        "@noraquill",
        " said",
        " said that",
        " told reporters that",
        " wrote",
        ", adding",
        " read",
        " asked",
        " according to",
        "According to ",
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "''",
        "``",
        "«",
        "»",
        ", ",
        ". ",
        "? ",
        "! ",
        "… ",
        ": ",
        "\n\n",
        "\n",
        " — ",
        " and that ",
        " and ",
        " the lamp was lit",
        " we never lost sight of the light",
        "It was cold",
        " in a post on Instagram",
        "Read the full post:",
        "You know my lamp",
        ", who saw the lamp, ",
        " told Nora Quill that",
        "While ",
        "In a long interview ",
        " (@noraquill) March 4, 2019",
        " on Monday",
        " ",
        "-",
        "(",
        ")",
        "é",
        "\u00a0",
        "123",
    ]
)
BROKEN = st.lists(FRAGMENTS, max_size=30).map("".join)


@settings(max_examples=150, deadline=None)
@given(BROKEN)
def test_laws(text: str) -> None:
    telling = told(text)
    quotes = telling.quotes
    spans = [quote.span for quote in quotes]
    assert [(s.start, -s.end) for s in spans] == sorted((s.start, -s.end) for s in spans)
    for index, quote in enumerate(quotes):
        assert quote.span.end <= len(text) and quote.span.contains(quote.content)
        assert quote.content == quote.content.trimmed(text)
        assert len(quote.content) or quote.status == "not-a-statement"
        if quote.type == "direct":
            # Residue counts too: a signed post stands in a block of its own.
            assert "\n" not in quote.content.of(text)
        for other in (quote.continues, quote.within):
            assert other is None or (other != index and 0 <= other < len(quotes))
        if quote.continues is not None:
            assert quote.continues < index and quotes[quote.continues].speaker == quote.speaker
        if quote.within is not None:
            assert quotes[quote.within].span.contains(quote.span)
        if quote.speaker is not None:
            assert quote.status == "shown" and quote.speaker < len(telling.chains)
        # A finding says why: what is not shown keeps its reason, what is shown needs none.
        assert (quote.reason is None) == (quote.status == "shown")
        if quote.status == "shown" and quote.type != "direct":
            assert quote.cue is not None and quote.source is not None
        if quote.cue is not None:
            assert not quote.cue.overlaps(quote.content)
    # Quotations that overlap are nested in marks.
    for index, quote in enumerate(quotes):
        for later in quotes[index + 1 :]:
            if quote.span.overlaps(later.span):
                assert later.within is not None


# ---- who is meant by words that say little


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "A spokesman for the harbour said the pier was old. “It is cold,” the spokesman said.",
            "A spokesman for the harbour",
        ),
        ("A senior clerk said it sank. Then a junior clerk spoke. The clerk said it rained.", "The clerk"),
        ("A clerk said it sank. The clerk said it rained.", "The clerk"),
        ("A harbour source said it sank. It rained, he said.", "A harbour source"),
        ("The Ministry of Harbours met. The ministry said the pier was old.", "Ministry of Harbours"),
        ("The Ministry of Harbours met. The ministry said it sank. It said it rained.", "Ministry of Harbours"),
        ("The Osk Rowers Group met. The group said the pier was cold.", "The group"),
        ("The Supreme Court met. A lower court had heard it. The court ruled that the pier was old.", "The court"),
        ("The Osk Court met. So did the Merrin Court. The court ruled that it was old.", "The court"),
        ("A harbour office letter came on Sunday. It said the crane was old.", "A harbour office letter"),
        ("A harbour office met on Sunday. It said the crane was old.", "A harbour office"),
    ],
)
def test_who_is_meant_by_words_that_say_little(text: str, named: str) -> None:
    telling = told(text)
    last = telling.quotes[-1]
    assert last.described is not None and last.described.of(text) == named
    assert last.rank == "said by"


@pytest.mark.parametrize(
    ("last", "named"),
    [
        ("Broadboat Council sold the boat, which it said had cost too much.", "Broadboat Council"),
        ("It said the boat had cost too much.", "Harbour Ministry"),
    ],
)
def test_it_in_a_clause_with_which_is_whom_its_own_sentence_is_about(last: str, named: str) -> None:
    telling = told(f"The Harbour Ministry said the boat was old. {last}")
    speaker = telling.quotes[-1].speaker
    assert speaker is not None and telling.chains[speaker].name == named


# ---- how sure it is who a pronoun is


def test_who_is_named_a_page_before_a_pronoun_could_be_meant_but_is_not_near(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def recorded(model: object, found: list[str]) -> float:
        seen.extend(found)
        return 0.99

    monkeypatch.setattr(certainty, "probability", recorded)
    rain = "The rain fell on the pier all day long. " * 20
    told(f"Karl Moe left the quay.\n\n{rain}\n\nTim Vell came. He said it was cold.")
    assert {"could=2|pronoun", "could near=1|pronoun"} <= set(seen)
