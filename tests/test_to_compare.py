"""What is set side by side by a model: values, denials, names in two forms, statements told alike."""

import random
import sys
from datetime import date
from itertools import permutations
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tellings
from tellings.across.people import people
from tellings.across.questions import questions
from tellings.across.questions.answers import Reading, readings
from tellings.across.questions.blame import blame
from tellings.across.questions.company import GIVEN, ONE_NOUN, Company
from tellings.across.questions.likeness import features
from tellings.across.questions.shared_words import Stretch
from tellings.across.questions.shared_words import _Held as Held
from tellings.across.questions.shared_words import _mostly as mostly
from tellings.edge.decisions import write
from tellings.edge.exports.lines import value_in
from tellings.language.base import language_of
from tellings.library.records import story as read_story
from tellings.model.records import (
    Document,
    DocumentDate,
    Place,
    Question,
    Telling,
    ValueDecision,
)
from tellings.model.regression import probability, shipped
from tellings.model.text import Span, View
from tellings.pipeline import annotate

sys.path.insert(0, str(Path(__file__).parents[1] / "train"))
from questions import decided  # train/questions.py
from regression import calibrated, fit  # train/regression.py

MONDAY, TUESDAY = date(2024, 5, 6), date(2024, 5, 7)
BIDS = (
    "The Dunlow yard has a suitor. Osk Marine made its $38 million bid for the Dunlow yard by letter, its owners said.",
    "Osk Marine will not give up. The firm said that its $47 million bid for the Dunlow yard stood, come what may.",
)


def told(name: str, text: str, day: date | None = MONDAY) -> Telling:
    return annotate(Document(name, name, name, "text/plain", View.plain(text), DocumentDate(day, "test", "test")))


def asked(*tellings: Telling, decisions: tuple[ValueDecision, ...] = ()) -> tuple[Question, ...]:
    return questions(tellings, people(tellings), decisions)


def between(found: tuple[Question, ...], *labels: str) -> Question | None:
    """The first question that has these values, in any order."""
    return next((q for q in found if {value.label for value in q.values} >= set(labels)), None)


def words(question: Question, *tellings: Telling) -> list[set[str]]:
    text = {telling.id: telling.text for telling in tellings}
    return [{place.span.of(text[place.telling]) for place in value.places} for value in question.values]


# ---- values


def test_sums_for_one_thing_stand_side_by_side_in_their_own_words() -> None:
    a, b = told("a", BIDS[0]), told("b", BIDS[1])
    found = between(asked(a, b), "$38 million", "$47 million")
    assert found is not None and found.relation in ("to compare", "differs")
    assert found.probability is not None and 0.3 < found.probability < 1
    assert sorted(map(sorted, words(found, a, b))) == [["$38 million"], ["$47 million"]]
    assert {"bid", "Dunlow", "yard"} & {found.head, *found.scope.split(", ")}


def test_sums_for_other_things_do_not() -> None:
    a = told("a", BIDS[0])
    b = told("b", "The mayor of Hallan spent $47 million on a swimming pool that nobody had asked for.")
    assert between(asked(a, b), "$38 million", "$47 million") is None


def test_what_a_person_said_is_not_one_thing_is_not_set_side_by_side() -> None:
    a, b = told("a", BIDS[0]), told("b", BIDS[1])
    found = between(asked(a, b), "$38 million", "$47 million")
    assert found is not None
    first, second = (value.places[0] for value in found.values)
    for decision in (ValueDecision(first, second), ValueDecision(second, first)):
        assert between(asked(a, b, decisions=(decision,)), "$38 million", "$47 million") is None
    other = ValueDecision(first, Place(b.id, b.sentences[0].span))
    assert between(asked(a, b, decisions=(other,)), "$38 million", "$47 million") is not None


@given(st.permutations(range(4)))
@settings(max_examples=6, deadline=None)
def test_the_order_of_the_tellings_changes_nothing(order: list[int]) -> None:
    texts = (
        *BIDS,
        "A $40 million bid for the Dunlow yard was made by Osk Marine.",
        "The yard at Dunlow has 212 cranes.",
    )
    tellings = [told(name, text) for name, text in zip("abcd", texts, strict=True)]
    assert asked(*(tellings[place] for place in order)) == asked(*tellings)


def test_values_that_one_sentence_gives_side_by_side_answer_two_questions() -> None:
    a = told("a", "Osk Marine paid $38 million for the Dunlow yard, its director said.")
    b = told("b", "Osk Marine paid $47 million for the Dunlow yard, a lawyer said.")
    assert between(asked(a, b), "$38 million", "$47 million") is not None
    both = told("c", "Osk Marine paid $38 million for the Dunlow yard and $47 million for its cranes.")
    assert between(asked(a, b, both), "$38 million", "$47 million") is None


@pytest.mark.parametrize(("second", "found"), [("Five of the sailors", False), ("Five sailors", True)])
def test_a_part_is_not_set_beside_the_whole(second: str, found: bool) -> None:
    a = told("a", "Nine sailors were missing after the ferry Osk sank in the strait off Dunlow.")
    b = told("b", f"{second} were missing after the ferry Osk sank in the strait off Dunlow.")
    assert bool([q for q in asked(a, b) if len(q.values) > 1 and q.kind == "count" and q.relation != "same"]) == found


@pytest.mark.parametrize(("child", "compared"), [("son", True), ("daughter", False)])
def test_the_age_of_a_son_is_not_that_of_a_daughter(child: str, compared: bool) -> None:
    one = told("a", "The baker of Osk drowned when the ferry sank. His 13-year-old son drowned beside him.")
    other = told("b", f"When the ferry sank the baker of Osk drowned. His 14-year-old {child} drowned beside him.")
    assert (between(asked(one, other), "13", "14") is not None) is compared


@pytest.mark.parametrize(
    "slower",
    [
        "30 miles per hour",
        "30 miles an hour",
        "48 kilometers per hour",
        "48 km / h",
        "13.4 metres per second",
        "26 knots",
    ],
)
def test_a_speed_is_one_however_it_is_written(slower: str) -> None:
    gust = "The gust that tore the roof off the Dunlow ferry hall reached {} at noon."
    a, b, c = told("a", gust.format(slower)), told("b", gust.format("30 mph")), told("c", gust.format("70 km/h"))
    assert not [q for q in asked(a, b) if q.relation not in ("same", "compatible")]
    assert [q for q in asked(a, c) if q.kind == "measure" and q.relation in ("to compare", "differs")]


def test_one_measure_in_two_units_is_no_difference() -> None:
    a = told("a", "The gust that tore the roof off the Dunlow ferry hall reached 30 mph at noon.")
    b = told("b", "The gust that tore the roof off the Dunlow ferry hall reached 48 km/h at noon.")
    assert not [q for q in asked(a, b) if q.kind == "measure" and len(q.values) > 1]
    c = told("c", "The gust that tore the roof off the Dunlow ferry hall reached 70 km/h at noon.")
    assert [q for q in asked(a, c) if q.kind == "measure" and len(q.values) > 1]


@pytest.mark.parametrize(
    ("other", "compared"),
    [("more than 20,000", False), ("more than 1,400,000", True), ("between 800,000 and 2,100,000", False)],
)
def test_a_number_that_satisfies_a_wide_bound_is_no_difference(other: str, compared: bool) -> None:
    said = "A petition to keep the Dunlow lighthouse lit was signed by {} people in the town, its makers said."
    a, b = told("a", said.format("2,000,000")), told("b", said.format(other))
    assert (between(asked(a, b), "2,000,000", other) is not None) == compared


def test_what_one_sentence_sets_side_by_side_is_of_two_things() -> None:
    a = told(
        "a", "Osk Marine made a $38 million bid for the Dunlow yard, and a $47 million bid for the Dunlow yard crane."
    )
    b = told("b", "The Dunlow yard builds ferries. Osk Marine has bid for it before, and never won.")
    assert between(asked(a, b), "$38 million", "$47 million") is None


def test_a_part_and_its_whole_are_not_said_to_differ() -> None:
    a = told("a", "The fire at the Dunlow mill killed 12 workers on Monday, officials said.")
    b = told("b", "The fire at the Dunlow mill killed 12 workers, including 10 welders, on Monday, officials said.")
    claimed = [q for q in asked(a, b) if q.relation in ("differs", "updated")]
    assert not claimed


def test_a_higher_count_of_a_later_day_updates() -> None:
    said = "A petition to keep the Dunlow lighthouse lit was signed by {} people in the town, its makers said."
    a, b = told("a", said.format("2,000")), told("b", said.format("3,000"), TUESDAY)
    found = next(q for q in asked(a, b) if len(q.values) > 1 and q.kind == "count")
    assert found.relation == "updated"
    # Told on one day, or the other way round, it is no update.
    for first, second in ((MONDAY, MONDAY), (TUESDAY, MONDAY)):
        a, b = told("a", said.format("2,000"), first), told("b", said.format("3,000"), second)
        assert not [q for q in asked(a, b) if q.relation == "updated"]


def test_a_reprint_is_one_reading_in_two_places() -> None:
    a, b = told("a", BIDS[0]), told("b", BIDS[0])
    sums = [reading for reading in readings((a, b), ()) if reading.answer.kind == "money"]
    assert [reading.tellings for reading in sums] == [{"a", "b"}]


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_likeness_does_not_depend_on_the_order_of_a_pair(seed: int) -> None:
    draw = random.Random(seed)
    said = "{} {} of {} people, {} of them from Dunlow, {} the pier on Monday"
    texts = [
        said.format(draw.choice(("At least", "Some")), draw.choice(("a crowd", "a queue")), draw.randint(2, 900),
                    draw.randint(2, 90), draw.choice(("left", "blocked")))
        for _ in range(3)
    ]  # fmt: skip
    found = readings([told(name, f"{text}.") for name, text in zip("abc", texts, strict=True)], ())
    company = Company(found, language_of("en"))
    model = shipped("en", "question", "pairs")
    for one in found:
        for other in found:
            if one is not other and (one.answer.kind, one.answer.unit) == (other.answer.kind, other.answer.unit):
                there, back = features(one, other, company), features(other, one, company)
                assert {name: pytest.approx(value) for name, value in there.items()} == back
                assert 0 <= probability(there, model) <= 1


def crowds(seed: int) -> tuple[list[Reading], Company]:
    """The readings of four tellings that give several numbers each, some of them the same, and what is beside them."""
    draw = random.Random(seed)
    texts = [
        " ".join(
            f"{draw.choice(('At least', 'Some', 'Nearly'))} {draw.randint(2, 6) * 10} "
            f"{draw.choice(('people', 'cranes'))} "
            f"{draw.choice(('left', 'blocked', 'crossed'))} the {draw.choice(('pier', 'quay'))} at Dunlow on Monday."
            for _ in range(5)
        )
        for _ in range(4)
    ]
    found = readings([told(name, text) for name, text in zip("abcd", texts, strict=True)], ())
    return [one for one in found if one.answer.kind == "count"], Company(found, language_of("en"))


@pytest.mark.parametrize("seed", range(4))
def test_what_a_telling_gives_beside_a_value_is_what_its_values_give_one_by_one(seed: int) -> None:
    found, company = crowds(seed)

    def fit(a: Reading, c: Reading) -> float:
        one, other = a.answer, c.answer
        same = one.head and (one.head, one.scope) == (other.head, other.scope)
        return company.likeness(a, c) + (ONE_NOUN if same else 0.0)

    given, nearer = 0, 0
    for a, b in permutations(found, 2):
        there = [c for c in found if b.answer.telling in c.tellings and c.answer.unit == a.answer.unit and c is not a]
        others = [c for c in there if c is not b]
        equal = [fit(a, c) for c in others if c.answer.head == a.answer.head and a.answer.meets(c.answer)]
        best = max(equal, default=0.0)
        assert company.gives(a, b) == (GIVEN + best if best else 0.0)
        assert company.nearer(a, b) == max(0.0, max((fit(a, c) for c in others), default=0.0) - fit(a, b))
        given, nearer = given + (best > 0), nearer + (company.nearer(a, b) > 0)
    assert given and nearer


@pytest.mark.parametrize("seed", range(4))
def test_what_two_values_share_is_a_cosine_of_each_part(seed: int) -> None:
    found, company = crowds(seed)

    def cosine(a: frozenset[str], b: frozenset[str]) -> float:
        mine, theirs, both = (sum(company.rarity[word] ** 2 for word in words) for words in (a, b, a & b))
        return both / (mine * theirs) ** 0.5 if both else 0.0

    def rarest(a: frozenset[str], b: frozenset[str]) -> float:
        return max((company.rarity[word] for word in a & b), default=0.0)

    for a, b in permutations(found, 2):
        here, there = company.profile(a), company.profile(b)
        shared = company.shared(here, there)
        for part in ("whole", "near", "before", "after", "beside"):
            mine, theirs = getattr(here, part).stems, getattr(there, part).stems
            assert getattr(shared, part) == pytest.approx(cosine(mine, theirs))
        assert shared.rarest == rarest(here.whole.stems, there.whole.stems)
        assert shared.rarest_near == rarest(here.near.stems, there.near.stems)


# ---- denials


def test_a_denial_stands_beside_the_claim_it_turns_down() -> None:
    a = told(
        "a", "Two captains accused the Osk harbour board of letting tankers land oil by night. The board met on Monday."
    )
    b = told("b", "The Osk harbour board denied letting tankers land oil by night. It will publish its books in June.")
    (found,) = (q for q in asked(a, b) if q.head == "denial")
    assert found.relation == "denied"
    denied, claimed = words(found, a, b)
    assert denied == {"The Osk harbour board denied letting tankers land oil by night."}
    assert claimed == {"Two captains accused the Osk harbour board of letting tankers land oil by night."}


LETTERS = [a + b for a in "bcdfghjk" for b in "aeiouyr"]
CLAIMED = "Two captains accused the Osk harbour board of letting tankers land oil by night. The captains met on Monday."


@pytest.mark.parametrize(
    ("said", "denies"),
    [
        ("The Osk harbour board rejected claims that tankers land oil by night.", True),
        ("The Osk harbour board disputed the report on tankers landing oil by night.", True),
        ("That tankers land oil by night at Osk harbour was denied by the board.", True),
        ("The Osk harbour board was denied a permit to let tankers land oil by night.", False),
        ("The Osk harbour board denied them a berth where tankers land oil by night.", False),
        ("The Osk harbour board dismissed its clerk after tankers landed oil by night.", False),
        ("That tankers land oil by night at Osk harbour is a story that the board disputes.", True),
        ("The Osk harbour board denied that a vote on tankers landing oil by night was held.", True),
        ("The Osk harbour board denied a request was made to land oil from tankers by night.", True),
        ("The Osk harbour board insisted that tankers land oil by night.", False),
        ("A judge dismissed claims that tankers land oil by night at Osk harbour.", False),
        ("The Osk harbour board left after a dispute over oil that tankers land by night.", False),
        ("Rights to land oil by night are denied by the Osk harbour board to tankers.", False),
        ("The dispute on tankers landing oil by night at Osk harbour goes on, its board said.", False),
    ],
)
def test_only_what_was_said_is_denied(said: str, denies: bool) -> None:
    a, b = told("a", CLAIMED), told("b", f"{said} It will publish its books in June.")
    found = [q for q in asked(a, b) if q.head == "denial"]
    assert bool(found) == denies
    for one in found:
        assert words(one, a, b)[0] == {said}


@pytest.mark.parametrize("ends", [("by night", "in the dark"), ("in the dark", "by night")])
def test_of_two_like_claims_that_in_the_passage_of_a_denial_comes_first(ends: tuple[str, str]) -> None:
    near, far = (f"The union says tankers land their oil at the old quay of Osk {end}." for end in ends)
    denial = "The Osk harbour board denied letting tankers land."
    a, b = told("a", f"{near} The weather was fair. {denial}"), told("b", f"{far} A crane fell at noon.")
    (found,) = (q for q in asked(a, b) if q.head == "denial")
    text = {"a": a.text, "b": b.text}
    assert [place.span.of(text[place.telling]) for place in found.values[1].places] == [near, far]


def test_denials_of_one_side_are_one_line() -> None:
    a = told("a", CLAIMED)
    b = told("b", "The Osk harbour board denied letting tankers land oil by night. It will publish its books in June.")
    c = told("c", "Nobody slept. The Osk harbour board denied the landing of oil from tankers. A clerk shut the gate.")
    (found,) = (q for q in asked(a, b, c) if q.head == "denial")
    assert {place.telling for place in found.values[0].places} == {"b", "c"}


def test_nobody_denies_what_speaks_for_them() -> None:
    a = told("a", "Tankers land oil by night at Osk harbour, a spokesman for the Osk Harbour Board said on Monday.")
    b = told("b", "The Osk Harbour Board denied letting tankers land oil by night. It will publish its books in June.")
    (found,) = (q for q in asked(a, b) if q.head == "denial")
    assert {place.telling for value in found.values for place in value.places} == {"b"}


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("The Dunlow clerk denied that the sluice was left open.", "the sluice was left open"),
        ("The Dunlow clerk dismissed rumours of a drowned ferryman.", "rumours of a drowned ferryman"),
        ("The Dunlow clerk took issue with reports that a ferryman drowned.", "reports that a ferryman drowned"),
        ("The Dunlow clerk did not take issue with reports that a ferryman drowned.", None),
        (
            "The Dunlow clerk denied ever having slept at the sluice and said it was wet.",
            "ever having slept at the sluice",
        ),
        ("The Dunlow clerk denied those reports.", None),
        ("The Dunlow clerk denied any wrongdoing.", None),
    ],
)
def test_what_is_denied_stands_in_the_denial_where_nothing_else_says_it(said: str, what: str | None) -> None:
    a = told("a", f"Rain fell on Hallan for a week. {said} The bakers of Osk struck at noon.")
    b = told("b", "A brass band played on the pier at Hallan. Its trombone was lost at sea in a storm.")
    found = [q for q in asked(a, b) if q.head == "denial"]
    assert [(q.relation, words(q, a, b)) for q in found] == (
        [("denied", [{said[: said.index(what)].strip()}, {what}])] if what else []
    )


def test_of_a_denial_that_says_what_it_denies_only_what_speaks_of_it_is_shown() -> None:
    b = "The Osk harbour board denied that tankers land oil by night. The board met on Monday. A gate stood open."
    claim = "Two captains accused the Osk harbour board of letting tankers land oil by night."
    other = "The Osk harbour board met for an hour, and its cook served herring."
    told_so = told("a", f"{claim} {other}"), told("b", b)
    (found,) = (q for q in asked(*told_so) if q.head == "denial")
    assert words(found, *told_so)[1] == {claim}


def test_who_lied_about_it_is_said_to_have_done_it() -> None:
    a = told(
        "a", "The Dunlow mill lied when it said that it never poured dye into the river, two anglers said on Monday."
    )
    b = told("b", "The Dunlow mill has denied ever pouring dye into the river. It employs 40 dyers in two sheds.")
    (found,) = (q for q in asked(a, b) if q.head == "denial")
    assert [{place.telling for place in value.places} for value in found.values] == [{"b"}, {"a"}]


def test_allegations_that_were_denied_are_a_denial() -> None:
    a = told("a", CLAIMED)
    b = told("b", "At Osk harbour, claims that tankers land oil by night were denied. The board will meet in June.")
    (found,) = (q for q in asked(a, b) if q.head == "denial")
    assert {place.telling for place in found.values[0].places} == {"b"}


@pytest.mark.parametrize(
    ("said", "claim", "answers"),
    [
        ("“We do not land oil by night,” said Ada Brook of the board.", CLAIMED, True),
        ("“We do not land oil by night,” said Ada Brook of the board.", "“{}”, said Nils Holm, a captain.", True),
        # nobody is quoted with it, or nobody with what it turns
        ("Tankers do not land oil by night at Osk harbour.", CLAIMED, False),
        ("“We do not land oil by night,” said Ada Brook of the board.", "{}. The captains met on Monday.", False),
        # another word is turned
        ("“We do not sleep by night,” said Ada Brook of the board.", CLAIMED, False),
    ],
)
def test_a_not_turns_down_what_somebody_else_claims_with_its_word(said: str, claim: str, answers: bool) -> None:
    a = told("a", claim.format("The Osk harbour board lets tankers land oil by night"))
    b = told("b", f"{said} A gate stood open.")
    assert len([q for q in asked(a, b) if q.head == "denial"]) == answers


def test_a_not_alone_denies_nothing() -> None:
    a = told("a", "Ada Brook said that she had not slept on the ferry. The ferry left Dunlow at dawn.")
    b = told("b", "The ferry to Hallan was late. Its cook sold out of soup before anybody had boarded.")
    assert not [q for q in asked(a, b) if q.head == "denial"]


# ---- names


def test_a_name_in_two_forms_is_found_where_the_same_words_stand_beside_it() -> None:
    a = told("a", "The fire began near the Shettlebrook sluice. Crews came from the Shettlebrook sluice road.")
    b = told("b", "Crews reached the Shettelbrook sluice at noon, the council said.")
    (found,) = (q for q in asked(a, b) if q.kind == "name")
    assert (found.relation, [value.label for value in found.values]) == ("differs", ["Shettlebrook", "Shettelbrook"])


@pytest.mark.parametrize("headline", ["Fire At Shettlebrook Sluice Kills Two Cooks", "FIRE AT SHETTLEBROOK"])
def test_a_name_in_a_headline_stays_a_name(headline: str) -> None:
    a = told("a", f"{headline}\n\nThe fire began near the Shettlebrook sluice. Nobody saw it begin.")
    b = told("b", "Crews reached the Shettelbrook sluice at noon, the council said.")
    (found,) = (q for q in asked(a, b) if q.kind == "name")
    assert {value.label for value in found.values} == {"Shettlebrook", "Shettelbrook"}


@pytest.mark.parametrize(
    "other",
    [
        "Crews reached the Shettlebrooks at noon.",  # a plural
        "A herring called Shettelbrook won the race.",  # other words beside it
        "CREWS REACH THE SHETTELBROOK SLUICE",  # a headline in capitals
        "Crews saw the Shettlebrook and the Shettelbrook sluice. The Shettelbrook sluice is older than Shettlebrook.",
    ],
)
def test_other_names_are_no_forms_of_it(other: str) -> None:
    a = told("a", "The fire began near the Shettlebrook sluice. Crews came from the Shettlebrook sluice road.")
    assert not [q for q in asked(a, told("b", other)) if q.kind == "name" and q.relation == "differs"]


@pytest.mark.parametrize(
    ("mine", "theirs", "forms"),
    [
        (
            "The pier was closed at noon on Monday by order of the Osk Air Transport Board.",
            "A clerk of the Osk Air Transportation Board saw it.",
            ["Osk Air Transport Board", "Osk Air Transportation Board"],
        ),
        (
            "The minister, Liam Tiong Ray, left the pier at noon.",
            "A clerk met Liam Tiong Rai on the stairs.",
            ["Liam Tiong Rai", "Liam Tiong Ray"],
        ),
        ("The judge was Saeed Lindqvist of Osk.", "The judge, Saed Lindqvist, was late.", ["Saed", "Saeed"]),
        (
            "Police on the pier sought Ada LaMaretta, 38, of Osk.",
            "A clerk saw Ada Maretta, 38, on the pier.",
            ["LaMaretta", "Maretta"],
        ),
        (
            "The pier was closed at noon on Monday by order of the Osk Harbour Board.",
            "A clerk of the Osk Harbour Bank saw it.",
            [],
        ),
        ("The minister, Liam Tiong Ray, left the pier at noon.", "A clerk met Liam Tiong Bose on the stairs.", []),
    ],
)
def test_a_word_of_a_name_may_be_written_otherwise(mine: str, theirs: str, forms: list[str]) -> None:
    found = asked(told("a", f"{mine} It rained all day."), told("b", f"Herring was cheap. {theirs}"))
    named = [sorted(value.label for value in one.values) for one in found if one.kind == "name"]
    assert named == [forms] * bool(forms)


@given(st.permutations("abc"))
@settings(max_examples=6, deadline=None)
def test_a_name_is_a_persons_if_any_telling_says_so(order: list[str]) -> None:
    said = {
        "a": "It rained all day. A book on Pelham Tiong Ray was sold.",
        "b": "The minister, Pelham Tiong Ray, left the pier at noon.",
        "c": "Herring was cheap. A book on Pelham Tiong Rai was sold.",
    }
    found = [one for one in asked(*(told(name, said[name]) for name in order)) if one.kind == "name"]
    assert [{value.label for value in one.values} for one in found] == [{"Pelham Tiong Rai", "Pelham Tiong Ray"}]


# ---- answers of a few words, what is quoted in other words, what settles what was open


@pytest.mark.parametrize(
    ("mine", "theirs", "kind"),
    [
        (
            "The boy was taken to Osk Children's Hospital with serious injuries after the fall.",
            "The boy was taken to Osk Children's Hospital with minor injuries after the fall.",
            "injuries",
        ),
        (
            "The sailors of the Osk ferry were accused of burning it in May.",
            "The sailors of the Osk ferry were found guilty of burning it in May.",
            "verdict",
        ),
        (
            "The boy was taken to Osk Children's Hospital with serious injuries after the fall.",
            "The skipper said that the harbour had suffered only minor losses of herring.",
            "",
        ),
        (
            "The cook was struck by a silver Osk Marine wagon on Harbour Street.",
            "The cook was hit by a grey Osk Marine wagon heading north on Harbour Street.",
            "colour",
        ),
        (
            "The herring fair of Dunlow was postponed on Monday because of the storm.",
            "The herring fair of Dunlow was cancelled because of the storm, a clerk said.",
            "going_on",
        ),
        (
            "The boy was taken to Osk Children's Hospital with serious injuries after the fall.",
            "The boy was taken to Osk Children's Hospital with minor injuries and not serious injuries after the fall.",
            "",
        ),
    ],
)
def test_two_words_of_a_list_stand_side_by_side_beside_like_words(mine: str, theirs: str, kind: str) -> None:
    a, b = told("a", f"{mine} It rained."), told("b", f"{theirs} Herring was cheap.")
    found = [q for q in asked(a, b) if q.provenance.rule == "two-words-of-a-list"]
    assert [q.head for q in found] == [kind] * bool(kind)
    for one in found:
        assert one.relation == "to compare" and len(one.values) == 2


def test_what_somebody_says_in_other_words_stands_side_by_side() -> None:
    a = told(
        "a", 'It is calm. "Because the Osk sound is so shallow, no tidal wave is to be feared," he told the Herald.'
    )
    b = told("b", 'Nobody fled. "The Osk sound is shallow, so that no tidal wave need be feared," he told the clerk.')
    (found,) = (q for q in asked(a, b) if q.provenance.rule == "one-speaker-in-other-words")
    assert found.relation == "to compare" and {place.telling for v in found.values for place in v.places} == {"a", "b"}


@pytest.mark.parametrize(("ending", "found"), [("in honor of Jo", False), ("for Jo, and nine gave the bread", True)])
def test_a_part_of_what_is_said_is_not_in_other_words(ending: str, found: bool) -> None:
    part = f"Me and six of my friends carried stones to mend the old sluice you lost in the flood, {ending}."
    whole = (
        "I wrote it four times but the ink was too pale, and my heart was full of light. My clerk sent it, "
        "that me and six of my friends carried stones to mend the old sluice you lost in the flood, in honour of Jo."
    )
    a, b = told("a", f'It is calm. "{part}" it said.'), told("b", f'Nobody fled. She wrote, "{whole}"')
    lines = [q for q in asked(a, b) if q.provenance.rule == "one-speaker-in-other-words"]
    assert bool(lines) == found


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("former mayor Mara Lind", {"mayor", "former mayor"}),
        ("Mara Lind, the former mayor of Dunlow,", {"mayor", "former mayor"}),
        ("former harbour mayor Mara Lind", set()),
        ("former director Mara Lind", set()),
    ],
)
def test_a_post_that_one_telling_says_was_left(said: str, labels: set[str]) -> None:
    a = told("a", "The sluice was opened on Monday. Dunlow mayor Mara Lind said that the herring were safe.")
    b = told("b", f"It rained. On Monday, {said} told the clerks that nobody had asked the herring.")
    found = [q for q in asked(a, b) if q.head == "post" and q.relation == "to compare"]
    assert [{value.label for value in q.values} for q in found] == ([labels] if labels else [])


def test_one_saying_that_is_given_to_two_speakers_stands_side_by_side() -> None:
    first = '"The Osk sluice is rotten, and it will be mended before the herring come," {} said on Monday.'
    second = '"The Osk sluice is rotten, but will be mended well before the first herring," {} said.'
    a, b = told("a", f"It is calm. {first.format('Ada Brook')}"), told("b", f"Nobody fled. {second.format('Karl Moe')}")
    (found,) = (q for q in asked(a, b) if q.provenance.rule == "one-speaker-in-other-words")
    assert {place.telling for v in found.values for place in v.places} == {"a", "b"}
    between_them = (
        "Nobody fled. The boats lay in the harbour for a week. A brass band played all night long on the pier."
    )
    c = told("c", f"{first.format('Ada Brook')} {between_them * 3} {second.format('Karl Moe')}")
    assert not [q for q in asked(c) if q.provenance.rule == "one-speaker-in-other-words"]


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ('"The Osk sluice is rotten, and it will be mended before the herring come," Ada Brook said.', True),
        ("Ada Brook said that the Osk sluice is rotten, and it will be mended before the herring come.", False),
    ],
)
def test_what_is_told_of_one_is_not_set_beside_what_another_is_quoted_with(first: str, found: bool) -> None:
    """In an outlet's own words two speakers may well say one thing; in marks a reader asks whose words they are."""
    second = '"The Osk sluice is rotten, but will be mended well before the first herring," Karl Moe said.'
    lines = asked(told("a", f"It is calm. {first}"), told("b", f"Nobody fled. {second}"))
    assert any(q.provenance.rule == "one-speaker-in-other-words" for q in lines) == found


def test_a_suspect_who_was_sought_was_arrested_later() -> None:
    shot = "shot the clerk of the Dunlow ferry office"
    a = told("a", f"It rained all day. A gunman {shot} on Monday, and police were searching for the gunman.")
    b = told("b", f"It was dry again. A man who {shot} was arrested after a chase.", TUESDAY)
    (found,) = (q for q in asked(a, b) if q.head == "open")
    assert found.relation == "updated" and found.provenance.rule == "sought"


@pytest.mark.parametrize(
    ("mine", "theirs", "relation"),
    [
        ("51 passengers were taken to hospital", "more than 51 people were taken to hospital", "to compare"),
        ("51 passengers were taken to hospital", "at least 51 people were taken to hospital", ""),
        ("$51 million was paid by the yard", "more than $51 million was paid by the yard", ""),
    ],
)
def test_more_than_so_many_are_not_so_many(mine: str, theirs: str, relation: str) -> None:
    a = told("a", f"After the Osk tram derailed near Dunlow {mine}, the police said on Monday.")
    b = told("b", f"The police said that {theirs} after the Osk tram derailed near Dunlow. It rained.")
    found = {q.relation for q in asked(a, b) if q.kind in ("count", "money") and len(q.values) > 1}
    assert (relation in found) if relation else "to compare" not in found


# ---- what is told alike


def test_a_figure_that_is_not_round_is_told_of_one_thing() -> None:
    a = "Herring was scarce. Finn Oster of the Osk club finished second in the league this season with {} catches."
    b = "It rained all day. Oster, 34, of the Osk club, caught {} passes this season, the second most in the league."
    found = {}
    for number in ("109", "two"):
        lines = asked(told("a", a.format(number)), told("b", b.format(number)))
        found[number] = any(q.relation == "same" and q.kind == "count" for q in lines)
    assert found == {"109": True, "two": False}


def test_a_great_count_in_like_words_is_told_of_one_thing() -> None:
    a = told("a", "The herring war has claimed more than 20,000 lives and driven 2 million people from Osk since 2009.")
    b = told("b", "Rain fell. The herring war is blamed for the deaths of more than 20,000 people in Osk since 2009.")
    assert [q for q in asked(a, b) if q.relation == "same" and q.kind == "count"]


def test_sentences_that_say_one_thing_are_told_alike() -> None:
    a = told("a", "The Osk ferry was towed into Dunlow by the pilot boat Hestia after its engine failed in the sound.")
    b = told(
        "b",
        "After its engine failed in the sound, the Osk ferry was towed into Dunlow by the pilot boat Hestia, we hear.",
    )
    (found,) = (q for q in asked(a, b) if q.head == "statement")
    assert found.relation == "same" and {place.telling for place in found.values[0].places} == {"a", "b"}


@pytest.mark.parametrize(
    ("mine", "theirs", "alike"),
    [
        ("north", "north", True),
        ("north", "northern", True),
        ("north", "south", False),
        ("third", "third", True),
        ("third", "fourth", False),
        ("north and south", "south", True),  # who has both says the other's, too
        ("captain's brother's", "captain's son's", True),  # he may be both
    ],
)
def test_what_differs_in_a_word_that_is_never_told_for_another_is_not_told_alike(
    mine: str, theirs: str, alike: bool
) -> None:
    said = "The Osk ferry was towed to the {} quay of Dunlow by the pilot boat Hestia after its engine failed."
    lines = asked(told("a", said.format(mine)), told("b", said.format(theirs) + " It rained."))
    found = [q for q in lines if q.provenance.rule in ("told-alike", "in-the-same-words")]
    assert bool(found) is alike


def test_letters_that_are_two_in_lower_case_move_nothing() -> None:
    ends = "on suspicion of reckless arson near warehouse TÜRKİYE"
    a = told("a", f"It rained. The skipper, who had mended nets all winter, was led off by police on Sunday {ends}.")
    b = told("b", f"Herring was cheap. Later, a man of 40 of the town asked for tea and bread {ends}.")
    (line,) = (q for q in asked(a, b) if q.provenance.rule == "in-the-same-words")
    assert words(line, a, b) == [{ends.removeprefix("on ")}]


def test_what_a_telling_shares_with_its_own_reprint_is_not_told_alike() -> None:
    first = "The skipper, who had mended nets all winter, was led off on suspicion of setting the Osk sluice alight."
    second = "Nobody in town spoke of it, and a man of 40 was held on suspicion of setting the Osk sluice alight."
    a = told("a", f"{first} The rain had stopped by then. {second}")
    b = told("b", f"{first} Herring was cheap.")
    lines = [q for q in asked(a, b) if q.relation == "same"]
    assert lines
    for line in lines:
        assert {place.telling for place in line.values[0].places} == {"a", "b"}


def test_what_is_told_alike_in_whole_is_not_told_in_part_again() -> None:
    said = [f"The clerk of Osk{letter} sold forty barrels of herring{letter} at Dunlow{letter}." for letter in LETTERS]
    a = told("a", " ".join(said))
    b = told("b", " ".join(line.replace("sold", "had sold on") for line in said))
    found = asked(a, b)
    assert any(q.relation == "same" for q in found)
    assert not [q for q in found if q.provenance.rule == "in-the-same-words"]


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        ("on suspicion of setting the Osk sluice alight", "on suspicion of setting the Osk sluice alight", True),
        ("on suspicion of setting the Osk sluice alight", "on suspicion of setting the old Osk sluice alight", True),
        ("after 12 crates of tinned Osk herring", "after 15 crates of tinned Osk herring", False),
        ("with Mara Lind Osk", "without Mara Lind Osk", False),
    ],
)
def test_what_is_said_in_the_same_words_is_told_with_these_words(mine: str, theirs: str, found: bool) -> None:
    a = told("a", f"The skipper, who had mended nets all winter, was led off {mine} on Sunday night, police said.")
    b = told("b", f"Nobody in town spoke of it at first. A man of 40 was held {theirs}; he asked for tea and bread.")
    lines = [q for q in asked(a, b) if q.provenance.rule == "in-the-same-words"]
    assert bool(lines) == found
    for line in lines:
        assert words(line, a, b) == [{mine.removeprefix("on "), theirs.removeprefix("on ")}]


@pytest.mark.parametrize(
    "other",
    [
        "The Osk ferry was not towed into Dunlow by the pilot boat Hestia after its engine failed in the sound.",
        "The Osk ferry 12 was towed into Dunlow by the pilot boat Hestia after its engine failed in the sound.",
        "The Hallan bus was repaired in Dunlow by a garage after its brakes failed on the hill.",
    ],
)
def test_what_denies_or_gives_another_figure_is_not(other: str) -> None:
    a = told("a", "The Osk ferry was towed into Dunlow by the pilot boat Hestia after its engine failed in the sound.")
    assert not [q for q in asked(a, told("b", other)) if q.head == "statement"]


def stretches_apart(cuts: list[int]) -> list[Span]:
    """Every second stretch between cuts: none overlaps another."""
    return [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]


@given(st.sets(st.integers(0, 30)).map(sorted), st.integers(0, 30), st.integers(1, 12))
def test_what_a_span_overlaps_is_what_going_through_all_finds(cuts: list[int], start: int, length: int) -> None:
    held, asked_for = Held(), Span(start, start + length)
    spans = stretches_apart(cuts)
    for span in reversed(spans):
        held.add(span, Stretch([Place("a", span)], 1.0))
    assert [(span, stretch.places) for span, stretch in held.over(asked_for)] == [
        (span, [Place("a", span)]) for span in spans if span.overlaps(asked_for)
    ]


@pytest.mark.parametrize(("other", "same"), [(Span(4, 14), True), (Span(5, 15), False), (Span(4, 15), False)])
def test_stretches_are_one_where_six_tenths_of_the_longer_are_shared(other: Span, same: bool) -> None:
    assert mostly(Span(0, 10), other) == mostly(other, Span(0, 10)) == same


# ---- training


def test_a_regression_finds_the_odds_there_are() -> None:
    rows = [({"x": 1.0}, True)] * 60 + [({"x": 1.0}, False)] * 20 + [({}, True)] * 20 + [({}, False)] * 60
    found = fit(rows, 1e-6)
    assert probability(found, {"bias": 1.0, "x": 1.0}) == pytest.approx(0.75, abs=0.001)
    assert probability(found, {"bias": 1.0}) == pytest.approx(0.25, abs=0.001)
    held = fit(rows, 1e6)
    assert abs(held["x"]) < 0.001


def test_calibration_turns_scores_into_shares() -> None:
    scores = [(2.0, place < 30) for place in range(40)] + [(-2.0, place < 10) for place in range(40)]
    slope, offset = calibrated(scores)
    assert probability({"bias": offset, "score": slope}, {"bias": 1.0, "score": 2.0}) == pytest.approx(0.75, abs=0.001)


def test_a_text_of_values_alone_loses_none_and_costs_no_more_than_its_length() -> None:
    def text(number: int) -> str:
        return "".join(f"{place} people were killed by the flood. " for place in range(2, number + 2))

    def spent(number: int) -> tuple[float, int]:
        a, b = told("a", text(number)), told("b", text(10))
        start = process_time()
        found = asked(a, b)
        return process_time() - start, sum(
            1 for q in found for value in q.values for telling, _ in value.facts if telling == "a"
        )

    spent(50)
    (small, few), (large, many) = spent(400), spent(1600)
    assert (few, many) == (400, 1600)
    assert large < 12 * small  # a square would make it sixteen times


# ---- decisions


def test_no_line_holds_two_values_that_a_person_set_apart() -> None:
    """Not even through a third value that goes with both."""
    said = "The Dunlow yard took a ${} million bid from Osk Marine for its dock, the harbour board said."
    three = [told(name, said.format(value)) for name, value in zip("abc", (38, 47, 55), strict=True)]
    found = asked(*three)
    assert between(found, "$38 million", "$47 million", "$55 million") is not None
    places = {value.label: value.places[0] for q in found for value in q.values if value.places and q.kind == "money"}
    apart = ValueDecision(places["$38 million"], places["$55 million"])
    decided = asked(*three, decisions=(apart,))
    assert between(decided, "$38 million", "$55 million") is None
    assert between(decided, "$38 million", "$47 million") is not None


def test_what_a_telling_repeats_goes_with_what_was_decided_of() -> None:
    a = told("a", f"{BIDS[0]} The $38 million bid for the Dunlow yard was read out on the quay.")
    b = told("b", BIDS[1])
    found = between(asked(a, b), "$38 million", "$47 million")
    assert found is not None
    first, second = (value.places[0] for value in found.values)
    assert between(asked(a, b, decisions=(ValueDecision(first, second),)), "$38 million", "$47 million") is None


def test_statements_that_a_person_set_apart_are_not_told_alike() -> None:
    said = "The Osk ferry was towed into Dunlow by the pilot boat Hestia after its engine failed in the sound."
    a, b = told("a", said), told("b", f"{said[:-1]}, we hear.")
    (found,) = (q for q in asked(a, b) if q.head == "statement")
    first, second = found.values[0].places
    assert not [q for q in asked(a, b, decisions=(ValueDecision(first, second),)) if q.head == "statement"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Some 40 people were aboard when the alarm of the Osk ferry sounded at 6:42 p.m. off Dunlow.",
            "The alarm of the Osk ferry sounded at 7:15 p.m. off Dunlow, its mate told the board.",
        ),
        (
            "The Osk ferry was towed into Dunlow by the pilot boat Hestia after its engine failed in the sound.",
            "The Osk ferry was towed into Dunlow by the pilot boat Hestia after its engine failed in a sound.",
        ),
    ],
)  # fmt: skip
def test_every_place_that_the_table_prints_can_be_decided_of(tmp_path: Path, first: str, second: str) -> None:
    (tmp_path / "a.txt").write_text(f"{first}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{second}\n", encoding="utf-8")
    entry = next(each for each in tellings.compare(tmp_path).slots if each.kind in ("clock", "claim"))
    lines = [line for value in entry.values for line in value.lines][:2]
    names = {line.label: line.name for line in tellings.read(tmp_path).tellings}
    first_place, second_place = (f"{names[line.words.telling]}@{value_in(line)[0]}" for line in lines)
    decided = tellings.read(tmp_path, not_the_same=[(first_place, second_place)])
    assert decided.decisions and entry.id not in {each.id for each in decided.facts}


def test_three_forms_of_a_name_are_one_question() -> None:
    a = told("a", "The fire began near the Shettlebrook sluice. Nobody saw it begin.")
    b = told("b", "Crews reached the Shettelbrook sluice at noon, the council said.")
    c = told("c", "Water from the Shettlebroook sluice put it out.")
    (found,) = (q for q in asked(a, b, c) if q.kind == "name")
    assert {value.label for value in found.values} == {"Shettlebrook", "Shettelbrook", "Shettlebroook"}


@pytest.mark.parametrize("same", [True, False])
def test_what_a_person_decided_of_values_is_an_example_to_learn_from(tmp_path: Path, same: bool) -> None:
    for name, text in zip("ab", BIDS, strict=True):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = between(read_story(tmp_path).questions, "$38 million", "$47 million")
    assert found is not None
    first, second = (value.places[0] for value in found.values[:2])
    write(tmp_path / "decisions.jsonl", [ValueDecision(first, second, same)])
    (example,) = decided(tmp_path, tmp_path / "decisions.jsonl")
    assert example.right is same and example.apart and example.features["money"] == 1.0


def test_all_who_are_blamed_stand_in_one_line() -> None:
    a = told("a", "The ferry sank. Osk blamed the harbour board for the fire, which began at noon on Monday.")
    b = told("b", "It rained all day. The clerks pinned the blame on the skipper, and the skipper blamed the board.")
    (found,) = (q for q in asked(a, b) if q.head == "blame")
    assert found.relation == "to compare"
    assert words(found, a, b) == [{"the harbour board", "the board"}, {"the skipper"}]
    assert not [q for q in asked(a, told("c", "It rained. Everybody blamed the board for it.")) if q.head == "blame"]


def test_who_is_blamed_does_not_depend_on_the_order_of_the_tellings() -> None:
    said = ("the Osk harbour board", "the board", "the school board", "Osk", "the Osk harbour", "the skipper")
    texts = [f"It rained. The clerks blamed {who} for the fire." for who in said]
    tellings = [told(name, text) for name, text in zip("abcdef", texts, strict=True)]
    wanted = None
    for order in permutations(tellings):
        (found,) = blame(order, ())
        wanted = wanted or found
        assert found == wanted
    assert wanted is not None
    assert {frozenset(each) for each in words(wanted, *tellings)} == {
        frozenset({"the Osk harbour board", "the Osk harbour", "Osk"}),
        frozenset({"the board"}),  # of the harbour, or of the school?
        frozenset({"the school board"}),
        frozenset({"the skipper"}),
    }


def test_years_a_few_years_apart_stand_side_by_side() -> None:
    a = told("a", "Voters of Osk in 2009 approved a $3 million bond to buy the pier, Lind said. It rained all day.")
    b = told("b", "Herring was cheap. Osk voters in 2010 approved a $3 million bond to pay for the pier.")
    assert [q.relation for q in asked(a, b) if q.kind == "date" and len(q.values) > 1] == ["to compare"]


@pytest.mark.parametrize(
    ("theirs", "relation"),
    [
        ("after police arrested 18 people of the Osk ferry in May", "compatible"),
        ("after 18 people were arrested by police of the Osk ferry in May", "compatible"),
        # By these words it is not sure that those are the same.
        ("after police took away 18 people of the Osk ferry in May", "to compare"),
        ("and police saw 18 people leave the Osk ferry in May", "to compare"),
        ("after police arrested 19 people of the Osk ferry in May", None),
    ],
)
def test_parts_of_one_telling_are_the_whole_of_another(theirs: str, relation: str | None) -> None:
    a = told("a", "It rained all day. Police arrested 17 men and one woman of the Osk ferry in May.")
    b = told("b", f"Herring was cheap. The Osk ferry sailed on {theirs}.")
    found = [q for q in asked(a, b) if q.provenance.rule == "parts-add-up"]
    assert [one.relation for one in found] == ([relation] if relation else [])
    for one in found:
        assert words(one, a, b) == [{"17 men and one woman"}, {"18"}]
