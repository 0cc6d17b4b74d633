"""Denials, each with the sentences that most likely say what is denied.

A denial is a sentence whose source denies ("denied that", "called it untrue"), or in which somebody says that something
is not so. What it denies is seldom put in the same words: it is looked for by the rare words and names of the denial,
of the sentence before it, to which it may answer, and among claims, what opens a telling, and what stands around the
denial first. Where the denial says itself what it denies ("denied that the gate was open"), only what speaks of that is
kept; where nothing does, its own words are what is denied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tellings.across.questions.sentence_words import LEAD, by_place
from tellings.across.questions.statements import BY_STANCE, BY_WORD, ROOM, Likeness, Statement
from tellings.across.word_vectors import stem
from tellings.language.base import Language

#: What words weigh in a denial: those of its clause, those of the sentence before and after.
TURNED, BEFORE, AFTER = 1.6, 0.35, 0.15
#: What the words that are turned into their opposite weigh besides, the first most, and what it costs a sentence that
#: it holds none of them.
IN_FOCUS, FARTHER, UNSAID = 1.0, 0.8, 0.7
#: What a claim, what opens a telling, and what is itself turned, are worth.
CLAIMS, OPENS, TURNS = 1.25, 1.15, 0.75
#: Cosine from which two sentences say one thing.
ALIKE = 0.4
#: Cosine from which two denials of one side are of one thing.
ONE_SIDE = 0.2
#: Stems of a sentence that claims something.
CLAIMING = 5
#: Sentences on either side of a denial among which a telling mostly says what is denied, and what that is worth.
PASSAGE, IN_PASSAGE = 8, 0.1
#: Share of the best likeness from which a sentence may say what is denied, the least, and how many are shown.
NEARLY, LEAST, SHOWN = 0.6, 0.1, 3
#: Cosine from which it is looked whether a sentence says the same: with its surroundings what does is near, too.
MAY_BE_ALIKE = ALIKE / 2
#: The most by which a cosine counts, with room for rounding; and that below which a sentence elsewhere is neither what
#: is denied nor says the same.
STRONGEST = 1.01 * CLAIMS * OPENS
FAR = min(NEARLY * LEAST / STRONGEST, MAY_BE_ALIKE)
#: Cosine from which a "not" alone turns down what is said elsewhere.
MUCH = 0.35
#: Words behind a "not" of which another source must say so many, how rare together, and how near its sentence must be.
IN_REACH, TURNED_DOWN, RARE, OF_ONE_THING = 6, 2, 5.0, 0.22
#: Share of the words of what a denial says itself, by their rarity, that a sentence has which speaks of it; one that
#: claims something, or names who denies, has fewer. How near what is denied is where no sentence speaks of it.
OF_THE_CONTENT, IN_SO_MANY_WORDS = (0.45, 0.1), 0.2
#: Sentences on a side at most.
SIDE = 8
#: What a denial is worth by where it stands, and the more for each telling that prints it.
_WORTH, PRINTED = (1.0, 0.85, 0.7), 0.15
#: What a denial must be worth to be shown.
WORTH = 0.1


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial with what most likely is denied, the likeliest first. `by_stance`: its source denies in so many words;
    `likeness` is how near the likeliest is, 0 to 1 and more; `score` what it is worth to a reader. `claims` may be
    empty where a denial says itself what is denied."""

    denials: tuple[Statement, ...]
    claims: tuple[Statement, ...]
    by_stance: bool
    likeness: float
    score: float


def denials(found: Sequence[Statement], likeness: Likeness, language: Language, most: int) -> tuple[Denial, ...]:
    """Up to `most` denials among the statements of a story, the weightiest first."""
    story = _Story(found, likeness, frozenset(map(stem, language.words(ROOM, "in_mind"))))
    each = [denial for place, one in enumerate(found) if one.denied and (denial := story.denial(place)) is not None]
    each.sort(key=lambda denial: (-denial.score, denial.denials[0].places[0]))
    kept: list[Denial] = []
    for denial in each:
        same = next((place for place, other in enumerate(kept) if story.of_one(denial, other)), None)
        if same is not None:
            kept[same] = _merged(kept[same], denial)
        elif len(kept) < most:
            kept.append(denial)
    return tuple(kept)


def _one_side(a: Statement, b: Statement) -> bool:
    """Whether one person is quoted in both, or who speaks for one name ("Osk Marine", "a lawyer for Osk Marine")."""
    return bool(a.speakers & b.speakers or a.sources & b.sources & (a.names | b.names))


def _says(denial: Statement, claim: Statement) -> bool:
    """Whether a sentence says a word that a denial turns into its opposite, or the denial turns none."""
    return not denial.focus or not claim.stems.isdisjoint(denial.focus)


def _merged(one: Denial, other: Denial) -> Denial:
    """A denial with another of the same thing."""
    told = (*one.denials, *(each for each in other.denials if each not in one.denials))
    claims = (*one.claims, *(each for each in other.claims if each not in one.claims and each not in told))
    return replace(one, denials=told[:SIDE], claims=tuple(each for each in claims if each not in told)[:SIDE])


class _Story:
    """The statements of a story, with what stands beside each. `in_mind`: stems of which a "not" denies nothing ("has
    not decided")."""

    def __init__(self, found: Sequence[Statement], likeness: Likeness, in_mind: frozenset[str]) -> None:
        self._found = found
        self._likeness = likeness
        self._in_mind = in_mind
        self._beside: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self._around: dict[int, set[int]] = defaultdict(set)
        in_order: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, one in enumerate(found):
            for where in one.places:
                in_order[where.telling].append((where.span.start, place))
        for _, told in sorted(in_order.items()):
            row = [place for _, place in sorted(told)]
            for number, place in enumerate(row):
                self._around[place].update(row[max(0, number - PASSAGE) : number + PASSAGE + 1])
            for before, after in pairwise(row):
                self._beside[after].append((before, BEFORE))
                self._beside[before].append((after, AFTER))

    def of_one(self, a: Denial, b: Denial) -> bool:
        """Whether two denials are of one thing: they say it in like words, less so where one side
        says both, or one claim is likely for both."""
        one, other = a.denials[0], b.denials[0]
        likeness = self._likeness.alike(one, other)
        if likeness >= ALIKE or (likeness >= ONE_SIDE and _one_side(one, other)):
            return True
        return not set(a.claims).isdisjoint(b.claims) and min(one.denied, other.denied) >= BY_WORD

    def denial(self, place: int) -> Denial | None:
        """A denial with what it most likely denies; `None` where nothing is near, and it does not say itself what it
        denies."""
        one = self._found[place]
        weights = dict.fromkeys(one.stems, 1.0) | dict.fromkeys(one.turned, TURNED)
        weights |= {stem: TURNED + IN_FOCUS * FARTHER**rank for rank, stem in enumerate(one.focus)}
        for other, weight in self._beside[place]:
            for word in self._found[other].stems:
                weights.setdefault(word, weight)
        passage = self._around[place] if one.denied >= BY_WORD else set[int]()
        cosines = dict(self._likeness.near(weights, FAR, also=passage))
        most = {other: likeness * STRONGEST + IN_PASSAGE * (other in passage) for other, likeness in cosines.items()}
        focus = frozenset(one.focus)
        same: list[int] = []
        near: list[tuple[float, int]] = []
        best = LEAST
        for other in sorted(cosines, key=lambda other: (-most[other], other)):
            if most[other] < min(NEARLY * best, MAY_BE_ALIKE * STRONGEST):
                break  # neither this nor what is farther can be shown, or says the same
            statement, likeness = self._found[other], cosines[other]
            if other == place or len(statement.stems) < CLAIMING or _one_side(one, statement):
                continue  # nobody denies what they say themselves
            if statement.turns and likeness >= MAY_BE_ALIKE and self._likeness.alike(one, statement) >= ALIKE:
                same.append(other)
            elif statement.denied < BY_WORD and focus.isdisjoint(statement.focus):
                # A denial is no claim, nor what turns the same words into their opposite: it says what the denial says.
                likeness *= CLAIMS if statement.claims else 1.0
                likeness *= TURNS if statement.turns else 1.0
                likeness *= OPENS if statement.number < LEAD else 1.0
                likeness *= 1.0 if _says(one, statement) else UNSAID
                likeness += IN_PASSAGE if other in passage else 0.0
                near.append((-likeness, other))
                best = max(best, likeness)
        near.sort()
        if one.content:
            near = [each for each in near if -each[0] >= LEAST and self._of_the_content(one, self._found[each[1]])]
            best = max(IN_SO_MANY_WORDS, -near[0][0] if near else 0.0)
        elif not near or -near[0][0] < LEAST:
            return None
        # A "not" alone turns down what somebody else says with the word it turns, and puts as a claim or much the same.
        if one.denied < BY_WORD:
            nearest = self._found[near[0][1]]
            if not (self._answers(one, nearest) or self._turned_down(one, nearest, best)):
                return None
        nearly = NEARLY * -near[0][0] if near else 0.0
        claims = tuple(self._found[other] for likeness, other in near[:SHOWN] if -likeness >= nearly)
        denials = (one, *(self._found[other] for other in sorted(same)))
        tellings = frozenset[str]().union(*(each.tellings for each in denials))
        worth = by_place(one.number, _WORTH)
        score = one.denied * best * worth * (1 + PRINTED * (len(tellings) - 1))
        if score < WORTH:
            return None
        return Denial(denials, claims, one.denied == BY_STANCE, round(best, 3), score)

    def _of_the_content(self, one: Statement, claim: Statement) -> bool:
        """Whether a sentence speaks of what a denial says itself that it denies: a claim, or of who denies, in less of
        its words."""
        speaks_of_it = claim.claims or not one.sources.isdisjoint(claim.stems)
        weight = self._likeness.weight
        least = OF_THE_CONTENT[speaks_of_it]
        return any(weight(stems & claim.stems) >= least * weight(stems) for stems in one.content_stems)

    def _answers(self, one: Statement, nearest: Statement) -> bool:
        """Whether a "not" of somebody turns a word that somebody else claims, or says in much the same words."""
        spoken = _says(one, nearest) and bool(one.speakers) and bool(nearest.speakers)
        return spoken and (nearest.claims or self._likeness.alike(one, nearest) >= MUCH)

    def _turned_down(self, one: Statement, nearest: Statement, likeness: float) -> bool:
        """Whether a sentence that is quoted turns several words into their opposite that another source says."""
        said = [stem for stem in one.focus[:IN_REACH] if stem in nearest.stems]
        return (
            one.quoted
            and self._in_mind.isdisjoint(one.focus[:1])
            and (nearest.quoted or nearest.claims)
            and likeness >= OF_ONE_THING
            and len(said) >= TURNED_DOWN
            and self._likeness.weight(said) >= RARE
        )
