"""`tellings check`: the verdicts on drafts, on invented articles, and the laws that hold for any draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from broken_news import piles, texts
from hypothesis import example, given, settings
from project import ROOT, Called, script

import tellings
from tellings.across.checking.edits import in_one_style, plain, substance
from tellings.across.checking.locating import fitted
from tellings.across.checking.meeting import meets
from tellings.across.questions.answers import readings
from tellings.model.checked import CheckedDraft
from tellings.model.records import Document, DocumentDate, Telling
from tellings.model.report import Finding, Report
from tellings.model.text import View
from tellings.model.verdicts import AGAINST, VERDICTS
from tellings.pipeline import annotate, checked

HARBOUR = """Storm tears 14 boats from Osk harbour

Fourteen boats broke loose in the harbour of Osk on Monday, Oct. 4, and three of them sank, the harbour master said.

“We do not know yet who cut the ropes,” said Mara Lind, the mayor. “But we will rebuild every pier before the winter.”

The damage came to $3 million, Lind said, and about 60 percent of the nets were lost. The storm lasted nine hours.

Karl Moe, 43, a pilot who lives 12 miles north of the town, said that the pumps had not worked since August.
"""
GAZETTE = """Osk counts its boats

A storm that lasted nine hours tore 14 boats from their moorings in Osk on Monday night, and three sank.

“I have never seen the water so high,” said Karl Moe, a pilot. “It came over the wall like a train.”

“We will rebuild every pier before the winter,” Mayor Mara Lind told the Gazette. Lind put the damage at $3 million.
"""
LATER = """Osk raises its count of lost boats

Seventeen boats broke loose in the harbour of Osk in the storm of Oct. 4, the harbour master said on Friday, three
more than first thought.
"""
DAYS = {"harbour": date(2021, 10, 5), "gazette": date(2021, 10, 5), "later": date(2021, 10, 8)}


def telling(name: str, text: str, day: date | None = None) -> Telling:
    told = DocumentDate(day, "test", "test")
    return annotate(Document(name, name, name, "text/plain", View.plain(text), told))


@pytest.fixture(scope="module")
def story() -> tuple[Telling, ...]:
    texts = {"harbour": HARBOUR, "gazette": GAZETTE, "later": LATER}
    return tuple(telling(name, text, DAYS[name]) for name, text in texts.items())


def looked(draft: str, story: tuple[Telling, ...]) -> CheckedDraft:
    (found,) = checked((telling("draft", draft),), story)
    return found


def verdicts(draft: str, story: tuple[Telling, ...]) -> set[tuple[str, str, str]]:
    found = looked(draft, story)
    return {(one.kind, one.verdict, one.span.of(draft)) for one in found.findings}


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("A bus left the road and overturned in Osk, killing nine people.", {"differs"}),
        ("A bus left the road and overturned in Osk, killing seven people.", {"agrees", "one origin only"}),
        ("A bus left the road and overturned in Osk, killing several people.", {"agrees", "one origin only"}),
    ],
)
def test_several_bears_out_no_number_that_others_give_otherwise(draft: str, verdict: set[str]) -> None:
    day = date(2021, 10, 5)
    told = {
        "early": "Several people died and dozens were injured after a bus left the road and overturned in Osk.",
        "late": "At least seven people have been killed and more than 50 taken to hospital after a bus crashed in the "
        "north of Osk.",
    }
    both = tuple(telling(name, text, day) for name, text in told.items())
    assert verdict_on_number(draft, both) in verdict
    if "nine" in draft:
        assert verdict_on_number(draft, both[:1]) == "not found"


def verdict_on_number(draft: str, story: tuple[Telling, ...]) -> str:
    return next(one.verdict for one in looked(draft, story).findings if one.kind == "number")


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        # quotations
        ("“We do not know yet who cut the ropes,” Lind said.", ("quotation", "verbatim", "We do not know yet who cut")),
        ("“We don’t know yet who cut the ropes,” Lind said.", ("quotation", "verbatim", "We don’t know yet who cut")),
        ("“We know who cut the ropes,” Lind said.", ("quotation", "altered", "We know who cut the ropes,")),
        (
            "“We will rebuild every wall before the winter,” Lind said.",
            ("quotation", "altered", "We will rebuild every"),
        ),
        ("“We … will rebuild every pier before the winter,” Lind said.", ("quotation", "verbatim", "We … will")),
        ("“[We] will rebuild every pier before the winter,” Lind said.", ("quotation", "verbatim", "[We] will")),
        ("Lind said they would “rebuild every pier” soon.", ("quotation", "verbatim", "rebuild every pier")),
        (
            "“It came over the wall like a train,” said Mara Lind.",
            ("quotation", "another speaker", "It came over the wall"),
        ),
        (
            "“I have never seen the water so high. We will rebuild every pier before the winter,” said Karl Moe.",
            ("quotation", "joined", "I have never seen the water so high. We will"),
        ),
        (
            "“I have never seen the water so high … we will rebuild every pier before the winter,” said Karl Moe.",
            ("quotation", "joined", "I have never seen the water so high … we"),
        ),
        ("“The council has failed this town for years,” said Lind.", ("quotation", "not found", "The council has")),
        (
            "“The pumps had not worked since August,” said Karl Moe.",
            ("quotation", "paraphrase", "The pumps had not worked since August,"),
        ),
        (
            "“But we will rebuild every pier before the winter. Nobody can stop us now,” said Lind.",
            ("quotation", "not found", "Nobody can stop us now"),
        ),
        ("They call the wall “the old lady” here.", ("quotation", "not checked", "the old lady")),
        ("Lind said she would “know yet who cut the ropes”.", ("quotation", "altered", "know yet who cut the ropes")),
        # values
        ("The damage came to $3 million, Lind said.", ("money", "agrees", "$3 million")),
        ("The damage came to $4 million, Lind said.", ("money", "differs", "$4 million")),
        ("The damage came to $3 billion, Lind said.", ("money", "differs", "$3 billion")),
        ("The damage came to £3 million, Lind said.", ("money", "differs", "£3 million")),
        ("Lind put the damage at 3 million dollars.", ("money", "agrees", "3 million dollars")),
        ("The storm lasted 9 hours.", ("duration", "agrees", "9 hours")),
        ("The storm lasted nine days.", ("duration", "differs", "nine days")),
        ("About 60% of the nets were lost.", ("percent", "one origin only", "About 60%")),
        (
            "The damage came to $3 million and about 40 percent of the nets were lost.",
            ("percent", "differs", "about 40"),
        ),
        ("Karl Moe, 43, a pilot, spoke of the pumps.", ("age", "one origin only", "43")),
        ("Karl Moe, 47, a pilot who lives 12 miles north of the town, spoke.", ("age", "differs", "47")),
        ("Moe lives 12 kilometres north of the town.", ("measure", "differs", "12 kilometres")),
        ("Moe lives about 19 kilometres north of the town.", ("measure", "one origin only", "about 19 kilometres")),
        ("Fourteen boats broke loose in the harbour of Osk.", ("number", "superseded", "Fourteen")),
        # days
        ("Fourteen boats broke loose in the harbour of Osk on Monday.", ("day", "agrees", "Monday")),
        ("Fourteen boats broke loose in the harbour of Osk on Tuesday.", ("day", "differs", "Tuesday")),
        ("Fourteen boats broke loose in the harbour of Osk on 4 October.", ("day", "agrees", "4 October")),
        ("Fourteen boats broke loose in the harbour of Osk on Oct. 9.", ("day", "differs", "Oct. 9")),
        ("The boats broke loose yesterday.", ("day", "not checked", "yesterday")),
        # names
        ("Mara Lind spoke to the crews.", ("name", "agrees", "Mara Lind")),
        ("Mara Linde spoke to the crews.", ("name", "differs", "Mara Linde")),
        ("Olga Trent spoke to the crews.", ("name", "not found", "Olga Trent")),
        # reported speech, and sentences
        (
            "Karl Moe said that the pumps had not worked since August.",
            ("reported speech", "one origin only", "the pumps had not worked since August"),
        ),
        (
            "Mara Lind said that the pumps had not worked since August.",
            ("reported speech", "another speaker", "the pumps had not worked since August"),
        ),
        (
            "Karl Moe, 43, a pilot who lives 12 miles north of the town, said that the pumps had worked since August.",
            ("statement", "differs", "Karl Moe, 43,"),
        ),
    ],
)
def test_a_stretch_of_a_draft_gets_its_verdict(
    draft: str, expected: tuple[str, str, str], story: tuple[Telling, ...]
) -> None:
    kind, verdict, words = expected
    found = verdicts(draft, story)
    assert any(each[:2] == (kind, verdict) and each[2].startswith(words) for each in found), found


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("She", "agrees"),  # whoever of three she is: the article may not be read rightly
        ("A clerk of the port", "agrees"),  # who may be he
        ("Carl Dune", "agrees"),
        ("Mira Tolle", "another speaker"),
    ],
)
def test_reported_speech_is_of_another_speaker_where_it_is_sure_who_speaks(source: str, verdict: str) -> None:
    before = "The talks were held in Osk on Monday.\n\nHanna Pell met Ruth Oost and told Mira Tolle of the plan. "
    words = "said the old ferry would be sold to a yard in the north before the end of winter."
    found = verdicts(f"Carl Dune {words}", (telling("a", f"{before}{source} {words}"),))
    assert [each for kind, each, _ in found if kind == "reported speech"] == [verdict]


@pytest.mark.parametrize("text", [HARBOUR, GAZETTE, LATER])
def test_nothing_speaks_against_the_articles_themselves(text: str, story: tuple[Telling, ...]) -> None:
    against = [one for one in looked(text, story).findings if one.verdict in AGAINST - {"superseded"}]
    assert not [(one.verdict, one.span.of(text)) for one in against]


def test_an_edit_says_what_it_changes(story: tuple[Telling, ...]) -> None:
    draft = "“We do not know yet who cut the nets,” said Mara Lind."
    (quotation,) = (one for one in looked(draft, story).findings if one.kind == "quotation")
    (edit,) = quotation.edits
    (article,) = (each for each in story if each.id == edit.source.telling)
    assert (edit.draft.of(draft), edit.source.span.of(article.text), edit.substance) == ("nets", "ropes", "word")


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("did go", "did not go", "negation"),
        ("never", "ever", "negation"),
        ("don't", "do not", "none"),
        ("honour", "honor", "none"),
        ("twelve", "12", "none"),
        ("12", "13", "figure"),
        ("monday", "tuesday", "figure"),
        ("the", "a", "none"),
        ("rebuild", "rebuilding", "none"),
        ("boats", "nets", "word"),
    ],
)
def test_what_an_edit_changes(mine: str, theirs: str, expected: str) -> None:
    assert substance(mine.split(), theirs.split()) == expected


def test_words_in_one_form() -> None:
    assert plain(["can't", "seven", "they're"]) == ["can", "not", "7", "they", "are"]
    assert in_one_style(["colour", "won't"]) == ["color", "wil", "not"]


def test_all_of_some_words_fit_where_they_take_the_fewest_edits() -> None:
    among = ["he", "said", "we", "will", "rebuild", "all", "of", "it", "soon", "he", "said"]
    start, edits = fitted(["we", "will", "rebuild", "it"], among)
    assert start == 2
    assert sum(edit.a2 - edit.a1 for edit in edits if edit.op == "equal") == 4


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("more than 200 people", "more than 230 people", False),
        ("more than 200 people", "213 people", True),
        ("more than 200 people", "470 people", False),
        ("about 100 people", "104 people", True),
        ("100 people", "104 people", False),
        ("nearly 300 people", "291 people", True),
        ("nearly 300 people", "305 people", False),
        ("2,000 people", "1,984 people", True),
        ("143 million people", "145.5 million people", False),
        ("some 694,000 people", "693,665 people", True),
        ("1,983 people", "1,984 people", False),
        ("10 miles", "16 kilometres", True),
        ("10 miles", "10 kilometres", False),
        ("$5", "£5", False),
    ],
)
def test_whether_two_values_can_be_one(one: str, other: str, expected: bool) -> None:
    first, second = (readings((telling("a", f"The town lost {each} in the storm."),), ())[0] for each in (one, other))
    assert meets(first.answer, second.answer) is meets(second.answer, first.answer) is expected


# ---- laws


def places_hold(found: CheckedDraft) -> None:
    texts = {each.id: each.text for each in found.story.tellings}
    for one in found.findings:
        assert one.verdict in VERDICTS
        assert one.span.of(found.draft.text)
        for place in (*one.places, *one.against, *(edit.source for edit in one.edits)):
            assert place.span.end <= len(texts[place.telling])
        for edit in one.edits:
            assert edit.draft.end <= len(found.draft.text)
        if one.verdict in ("verbatim", "agrees", "one origin only", "contested", "altered", "another speaker"):
            assert one.places
        if one.verdict in ("agrees", "verbatim", "one origin only"):
            assert one.origins >= 1


@settings(max_examples=40)
@given(texts, piles)
@example("\u0300 1\u0300 “\u0300” 12", ())
def test_any_draft_is_held_against_any_articles(text: str, pile: tuple[Document, ...]) -> None:
    places_hold(looked(text, tuple(map(annotate, pile))))


@settings(max_examples=25)
@given(piles)
def test_an_article_bears_itself_out(pile: tuple[Document, ...]) -> None:
    tellings_of_it = tuple(map(annotate, pile))
    (found,) = checked(tellings_of_it[:1], tellings_of_it)
    places_hold(found)
    assert not [one for one in found.findings if one.kind == "name" and one.verdict in AGAINST]
    quotations = [one for one in found.findings if one.kind == "quotation"]
    assert not [one for one in quotations if one.verdict in ("altered", "joined", "not found")]


@settings(max_examples=15)
@given(texts, piles)
def test_the_order_of_the_articles_changes_nothing(text: str, pile: tuple[Document, ...]) -> None:
    read = tuple(map(annotate, pile))
    assert looked(text, read).findings == looked(text, read[::-1]).findings


# ---- what one calls


@pytest.fixture(scope="module")
def example() -> Report:
    folder = ROOT / "examples" / "ferry-fire"
    (report,) = tellings.check(folder / "draft.md", against=[folder / "articles"])
    return report


def of(report: Report, words: str) -> Finding:
    return next(one for one in report.findings if one.words.exact.startswith(words))


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Fourteen", "contested"),
        ("198", "differs"),
        ("31", "superseded"),
        ("Tobias Verow", "differs"),
        ("everybody who came aboard", "verbatim"),
        ("She was counting.", "verbatim"),
        ("I was brave,", "altered"),
        ("I was told what to do", "contested"),
        ("He counted us off", "another speaker"),
        ("The ship will never sail", "not found"),
        ("We are thinking tonight", "joined"),
    ],
)
def test_the_example_draft(example: Report, words: str, verdict: str) -> None:
    assert of(example, words).verdict == verdict


def test_every_word_of_a_report_stands_where_it_says(example: Report) -> None:
    record = tellings.read(ROOT / "examples" / "ferry-fire" / "articles")
    texts = {each.id: each.text for each in record.tellings}
    labels = {each.label: texts[each.id] for each in example.articles}
    for finding in example.findings:
        assert example.text[finding.words.start : finding.words.end] == finding.words.exact
        for cited in (*finding.places, *finding.against):
            for words in (cited.words, cited.sentence):
                text = labels[words.telling]
                assert text is not None and text[words.start : words.end] == words.exact
            assert cited.sentence.start <= cited.words.start <= cited.words.end <= cited.sentence.end


def test_a_draft_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR)
    (tmp_path / "draft.txt").write_text(HARBOUR)
    (report,) = tellings.check(tmp_path / "draft.txt", against=[tmp_path / "a.txt"])
    assert [each.name for each in report.articles] == ["a.txt"]


def test_a_draft_among_the_articles_bears_itself_out_no_more_than_elsewhere(
    call: Callable[..., Called], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR)
    draft = tmp_path / "draft.txt"
    draft.write_text(GAZETTE)
    (tmp_path / "linked.txt").symlink_to(draft)
    (report,) = tellings.check(draft, against=[tmp_path])
    assert [each.name for each in report.articles] == ["a.txt"]
    found = call("check", draft, "--against", tmp_path)
    assert found.code == 0
    assert "draft.txt: a draft: not counted" in found.err
    assert "linked.txt: a draft: not counted" in found.err
    alone = call("check", draft, "--against", draft)
    assert alone.code == 4
    assert "give the articles too" in alone.err


def test_the_command_fails_where_it_is_told_to(call: Callable[..., Called], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR)
    draft = tmp_path / "draft.txt"
    draft.write_text("“We know who cut the ropes,” said Mara Lind.")
    found = call("check", draft, "--against", tmp_path / "a.txt", "--fail-on", "altered,another-speaker")
    assert found.code == 1
    assert call("check", draft, "--against", tmp_path / "a.txt", "--fail-on", "joined").code == 0
    wrong = call("check", draft, "--against", tmp_path / "a.txt", "--fail-on", "invented")
    assert wrong.code == 2
    assert "another-speaker" in wrong.err


def test_a_draft_from_standard_input(call: Callable[..., Called], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR)
    found = call("check", "-", "--against", tmp_path / "a.txt", "--all", stdin=b"The storm lasted nine hours.")
    assert found.code == 0
    assert "nine hours" in found.out.decode()


@pytest.mark.parametrize(("drafts", "against"), [(["gone.txt"], "a.txt"), (["draft.txt"], "gone.txt")])
def test_what_cannot_be_read_is_named(
    call: Callable[..., Called], tmp_path: Path, drafts: list[str], against: str
) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR)
    (tmp_path / "draft.txt").write_text("The storm lasted nine hours.")
    found = call("check", *(tmp_path / each for each in drafts), "--against", tmp_path / against)
    assert found.code == 4
    assert "gone.txt" in found.err


FOREIGN = (
    "Die Feuerwehr rückte am Montag aus, um einen Brand im Hafen zu löschen. Der Bürgermeister sagte, man werde alles "
    "wieder aufbauen, und dankte den Helfern, die in der Nacht gekommen waren."
)


def test_a_draft_in_a_language_without_rules_is_named(call: Callable[..., Called], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR)
    (tmp_path / "draft.txt").write_text(FOREIGN)
    found = call("check", tmp_path / "draft.txt", "--against", tmp_path / "a.txt")
    assert found.code == 0
    assert "draft.txt" in found.err
    assert "German" in found.err


def test_an_article_in_a_language_without_rules_is_no_hindrance(call: Callable[..., Called], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR)
    (tmp_path / "b.txt").write_text(FOREIGN)
    (tmp_path / "draft.txt").write_text("“We know who cut the ropes,” said Mara Lind.")
    found = call("check", tmp_path / "draft.txt", "--against", tmp_path / "a.txt", "--against", tmp_path / "b.txt")
    assert found.code == 0
    assert "altered" in found.out.decode()


@pytest.mark.parametrize("many", [200, 400])
def test_long_words_fit_as_short_ones_do(many: int) -> None:
    row = [f"w{number}" for number in range(many)]
    start, edits = fitted([*row[:50], "other", *row[51:]], ["before", *row, "behind"])
    assert start == 1
    assert [(edit.op, edit.a2 - edit.a1) for edit in edits] == [("equal", 50), ("replace", 1), ("equal", many - 51)]


# ---- the measure


def test_planted_changes_are_caught_and_nothing_else(articles: Path) -> None:
    drafts, check = script("eval/drafts.py"), script("eval/check.py")
    story = check.read_story(articles)
    found = list(check.looked("ferry", story, ["Nobody told us that the bridge was shut to lorries."] * 3, 2, 7))
    changed = [one for one in found if one.line.change]
    assert len(changed) > 10
    assert sum(one.against["check"] for one in changed) >= 0.9 * len(changed)
    untouched = [one for one in found if not one.line.change]
    assert sum(one.against["check"] for one in untouched) <= 0.05 * len(untouched)
    assert {one.line.change for one in changed} <= {*drafts.OF_QUOTES, *drafts.OF_VALUES}
