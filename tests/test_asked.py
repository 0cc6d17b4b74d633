"""What is asked of values and statements: types of questions, corrections, tolls, what is left open, posts."""

import re
from datetime import date

import pytest
from test_to_compare import MONDAY, TUESDAY, between, told

from tellings.across.families import families
from tellings.across.people import people
from tellings.across.questions import questions
from tellings.across.questions.answers import readings
from tellings.across.questions.corrections import compiled
from tellings.across.questions.statements import statements
from tellings.model.records import Question, Telling, ValueDecision
from tellings.model.rules import Rule, load

RULES = load("en", "question").rules
CORRECTIONS = [rule for rule in RULES if "relation" in rule.meaning]
OPEN = [rule for rule in RULES if "answered" in rule.meaning]


def asked(*tellings: Telling, decisions: tuple[ValueDecision, ...] = ()) -> tuple[Question, ...]:
    return questions(tellings, people(tellings), decisions, families(tellings, ()))


def by_rule(found: tuple[Question, ...], rule: str) -> list[Question]:
    return [question for question in found if question.provenance.rule == rule]


# ---- the rules' own examples


def test_every_rule_is_of_one_kind() -> None:
    assert {rule.name for rule in (*CORRECTIONS, *OPEN)} == {rule.name for rule in RULES}
    assert {rule.meaning["relation"] for rule in CORRECTIONS} == {"corrected", "updated"}


@pytest.mark.parametrize("rule", CORRECTIONS, ids=lambda rule: rule.name)
def test_a_correction_says_which_value_was_given_before(rule: Rule) -> None:
    pattern = compiled(load("en", "question").expand(rule.pattern))

    def masked(example: str) -> str:
        return example.replace("<earlier>", "⟦0⟧").replace("<now>", "⟦1⟧")

    for example in rule.yes:
        match = pattern.search(masked(example))
        assert match and (match["earlier"], match["now"]) == ("0", "1"), example
    for example in rule.no:
        assert not pattern.search(masked(example)), example


@pytest.mark.parametrize("rule", OPEN, ids=lambda rule: rule.name)
def test_what_leaves_a_question_open(rule: Rule) -> None:
    pattern = re.compile(load("en", "question").expand(rule.pattern), re.IGNORECASE)
    for example in rule.yes:
        assert pattern.search(example), example
    for example in rule.no:
        assert not pattern.search(example), example


# ---- types of questions


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Several people were killed and 12 were injured in the mill.", {"12": "injured"}),
        ("The blast, killing five men and injuring 40, was heard at sea.", {"five": "killed", "40": "injured"}),
        ("At least seven people lost their lives in the mill.", {"At least seven": "killed"}),
        ("About 51 passengers were taken to two nearby hospitals.", {"About 51": "hospitalised"}),
        ("Osk Marine offered $38 million for the yard.", {"$38 million": "offered"}),
        ("The court fined the yard $2 million on Monday.", {"$2 million": "fined"}),
        ("Shares of the yard fell 3 percent by noon.", {"3 percent": "fell"}),
        ("The stone weighed 12 tonnes when it was found.", {"12 tonnes": "weight"}),
        ("The yard has 212 cranes.", {"212": ""}),
    ],
)
def test_the_words_beside_a_value_say_what_is_asked_of_it(text: str, types: dict[str, str]) -> None:
    telling = told("a", text)
    found = {reading.answer.span.of(text): reading.around.asked for reading in readings((telling,), ())}
    assert {value: found[value] for value in types} == types


def test_the_killed_are_never_set_beside_the_injured() -> None:
    a = told("a", "The mill at Dunlow burned on Monday. The fire in the mill hall at Dunlow left 12 workers dead.")
    b = told("b", "The mill at Dunlow burned on Monday. The fire in the mill hall at Dunlow left 31 workers hurt.")
    assert between(asked(a, b), "12", "31") is None


# ---- corrections and tolls


def test_what_a_telling_corrects_is_claimed_as_corrected() -> None:
    a = told(
        "a", "A boy fell into the weir at Dunlow. He was first said to be 4 years old, but police later said he is 3."
    )
    (found,) = by_rule(asked(a), "first-said-otherwise")
    assert found.relation == "corrected"
    assert [value.label for value in found.values] == ["4", "3"]


def test_what_a_person_set_apart_is_not_said_to_be_corrected() -> None:
    a = told(
        "a", "A boy fell into the weir at Dunlow. He was first said to be 4 years old, but police later said he is 3."
    )
    (found,) = by_rule(asked(a), "first-said-otherwise")
    decision = ValueDecision(found.values[0].places[0], found.values[1].places[0])
    assert not by_rule(asked(a, decisions=(decision,)), "first-said-otherwise")


TOLL = "A tram overturned in Dunlow on Monday morning. {} people were killed when the tram left the rails, police said."


def test_a_toll_that_can_only_rise_is_updated() -> None:
    a, b = told("a", TOLL.format("At least five")), told("b", TOLL.format("Seven"))
    (found,) = by_rule(asked(a, b), "toll-rises")
    assert found.relation == "updated" and {value.label for value in found.values} == {"at least 5", "7"}


@pytest.mark.parametrize(
    ("low", "high", "first", "second"),
    [
        ("At least five", "Seven", TUESDAY, MONDAY),  # the lower one is of a later day
        ("At least five", "Fifty", MONDAY, MONDAY),  # of another size
        ("Several", "Seven", MONDAY, MONDAY),  # no number
        ("At least fifty", "Fifty-one", MONDAY, MONDAY),  # nearly one
        ("At least five", "Seven", None, MONDAY),  # no day
    ],
)
def test_other_tolls_are_not(low: str, high: str, first: date | None, second: date | None) -> None:
    a, b = told("a", TOLL.format(low), first), told("b", TOLL.format(high), second)
    assert not by_rule(asked(a, b), "toll-rises")


# ---- what is left open


def test_who_did_not_comment_and_speaks_later_is_told_as_updated() -> None:
    a = told("a", "The mill at Dunlow burned. The mayor, Mara Lind, did not respond to requests for comment.")
    b = told("b", 'The mill at Dunlow burned. Mayor Mara Lind said on Tuesday: "We will rebuild the mill."', TUESDAY)
    (found,) = by_rule(asked(a, b), "no-comment")
    assert found.relation == "updated"
    assert "did not respond" in found.values[0].label and "We will rebuild" in found.values[1].label


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ('The mill at Dunlow burned. Mayor Mara Lind said: "We will rebuild the mill."', MONDAY),
        ('The mill at Dunlow burned. The owner, Karl Moe, said: "We will rebuild the mill."', TUESDAY),
    ],
)
def test_nothing_is_claimed_of_another_day_or_person(text: str, day: date) -> None:
    a = told("a", "The mill at Dunlow burned. The mayor, Mara Lind, did not respond to requests for comment.")
    assert not [q for q in by_rule(asked(a, told("b", text, day)), "no-comment") if q.relation == "updated"]


def test_a_cause_not_known_stands_beside_the_cause() -> None:
    a = told("a", "The mill at Dunlow burned. The cause of the fire in the mill was not yet known, the owner said.")
    b = told("b", "The mill at Dunlow burned. The fire in the mill was caused by a cable, the fire chief said.")
    (found,) = by_rule(asked(a, b), "cause-not-known")
    assert found.relation == "to compare"
    assert [len(value.places) for value in found.values] == [1, 1]


# ---- posts, wordings, names


def test_two_posts_of_one_person_stand_side_by_side() -> None:
    a = told("a", "The zoo at Dunlow is shut. Zoo director Mara Lind told reporters that the bears were safe.")
    b = told("b", "The zoo at Dunlow is shut. Mara Lind, the zoo's president, told reporters that the bears were safe.")
    (found,) = by_rule(asked(a, b), "posts-of-one-person")
    assert found.whom == "Mara Lind" and {value.label for value in found.values} == {"director", "president"}


@pytest.mark.parametrize(
    "text",
    [
        "The zoo at Dunlow is shut. Zoo Director Mara Lind told reporters that the bears were safe.",
        "The zoo at Dunlow is shut. Mara Lind, the zoo's former president, told reporters that the bears were safe.",
        "The zoo is shut. Mara Lind, the president, spoke. Director Mara Lind told reporters that the bears were safe.",
        "The zoo at Dunlow is shut. Captain Mara Lind told reporters that the bears were safe.",
    ],
)
def test_one_post_or_one_of_another_time_or_kind_is_no_difference(text: str) -> None:
    a = told("a", "The zoo at Dunlow is shut. Zoo director Mara Lind told reporters that the bears were safe.")
    found = by_rule(asked(a, told("b", text)), "posts-of-one-person")
    assert not [question for question in found if question.relation != "same"]


def test_one_speaker_in_other_words_is_set_side_by_side() -> None:
    a = told("a", '"There was a woman lying on top of me in the tram," Karl Moe said.')
    b = told("b", 'Karl Moe spoke outside. "A girl lay on top of me, in that tram, and bled," Karl Moe said.')
    found = by_rule(asked(a, b), "one-speaker-in-other-words")
    assert len(found) == 1 and found[0].whom == "Karl Moe"
    assert all("on top of me" in value.label for value in found[0].values)
    c = told("c", 'Nora Quill spoke outside. "A girl lay on top of me, in that tram, and bled," Nora Quill said.')
    assert not by_rule(asked(a, c), "one-speaker-in-other-words")


def test_one_saying_that_two_tellings_give_to_two_is_set_side_by_side() -> None:
    a = told("a", '"There was a woman lying on top of my old red lamp in the tram," Karl Moe said.')
    said = '{0} spoke outside. "A woman was lying on top of my lamp in the tram, bleeding," {0} said.'
    (found,) = by_rule(asked(a, told("b", said.format("Nora Quill"))), "one-speaker-in-other-words")
    assert (found.relation, found.whom) == ("to compare", None)


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ("FirstOsk", "First Osk", "a-space-differs"),
        ("Rye Song Gang", "Ryesonggang", "a-space-differs"),
        ("Osk League of the Red Kite", "Osk League for the Red Kite", "a-small-word-differs"),
    ],
)
def test_names_that_differ_by_a_space_or_a_small_word(first: str, second: str, rule: str) -> None:
    said = "The lights in Dunlow went out at noon. People in town said that {} had run out of coal."
    found = by_rule(asked(told("a", said.format(first)), told("b", said.format(second))), rule)
    assert [{value.label for value in question.values} for question in found] == [{first, second}]
    assert found[0].relation == "differs"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Vice-President Lind", "Vice President Lind"),  # plain words, as the text has them, too
        ("#FirstOsk", "First Osk"),  # a tag
        ("Osk League", "Osk league"),
        ("Osk’s League", "Osk's League"),
        ("Allan-Moe Hall", "Allan Moe Hall"),  # a hyphen is a matter of house style
        ("Osk League in Dunlow Bay", "Osk League on Dunlow Bay"),
    ],
)
def test_other_ways_to_write_are_no_forms_of_a_name(first: str, second: str) -> None:
    said = "The vice-president of Dunlow, no president, slept. People in town said that {} had run out of coal."
    found = asked(told("a", said.format(first)), told("b", said.format(second)))
    assert not [q for q in found if q.provenance.rule in ("a-space-differs", "a-small-word-differs")]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Sergei Osk", "Sergey Osk"), ("Eric Dartell", "Eric Drattell"), ("Keepers of Osk", "Keeper of Osk")],
)
def test_names_that_share_a_part_differ_by_more(first: str, second: str) -> None:
    said = "On Sunday the mayor met {}, 40, a clerk of the town, and spoke of herring."
    a, b = told("a", said.format(first)), told("b", f"Nobody in town slept. {said.format(second)}")
    (name,) = (q for q in asked(a, b) if q.kind == "name")
    assert name.relation == "differs"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Osk Biology", "Osk Ecology"),
        ("Osk Minister", "Osk Ministry"),
        ("Reggie Wayne", "Dwayne Allen"),
        ("Dunlow Marine Tides", "Dunlow Marine Tide"),
        ("Syria Bay", "Syrian Bay"),
    ],
)
def test_words_that_end_otherwise_are_two_names(first: str, second: str) -> None:
    said = "On Sunday the clerks of the town read out what {} was about, and sold {} tins of herring."
    found = asked(told("a", said.format(first, 30)), told("b", f"Nobody in town slept. {said.format(second, 30)}"))
    assert not [q for q in found if q.kind == "name" and q.relation == "differs"]


def test_a_rare_form_of_a_name_told_often_may_be_a_slip() -> None:
    often = told("a", "The Harrame mill burned. " + "Nobody in town knew whose the Harrame mill was. " * 6)
    slip = told("b", "Crews came at noon with two pumps, and left Harame by night.")
    other = told("c", "Crews came at noon with two pumps, and left Carrame by night.")
    (name,) = (q for q in asked(often, slip) if q.kind == "name")
    assert (name.relation, name.provenance.rule) == ("to compare", "perhaps-a-slip")
    assert not [q for q in asked(often, other) if q.kind == "name"]


# ---- what denials turn into their opposite


def test_a_denial_looks_for_the_word_that_it_turns() -> None:
    a = told(
        "a",
        "The crew drove off at dawn, they said. The sand road to Dunlow was not a straight road, Mara Lind said.",
    )
    b = told(
        "b",
        "The crew drove off at dawn on Monday, they said. The road to Dunlow was a straight line, Karl Moe claimed.",
    )
    turning = next(one for one in statements((a, b)) if one.turns)
    assert turning.focus[0] == "straight"
    found = next(q for q in asked(a, b) if q.head == "denial")
    assert "not a straight road" in found.values[0].label and "straight line" in found.values[1].label


def test_a_people_and_its_country_are_one_word() -> None:
    a = told("a", "The hack of Osk Credit hit up to 400,000 British clients, the firm said on Monday.")
    b = told(
        "b", "The hack of Osk Credit hit more than 690,000 Britons, the firm said on Monday. Tell us, it said.", TUESDAY
    )
    first, second = (next(iter(statements((telling,)))) for telling in (a, b))
    assert "britain" in first.stems & second.stems
    assert "america" not in statements((b,))[-1].stems
