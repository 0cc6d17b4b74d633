"""Statements put together: what each event of a story is told by, when it was, and how much it matters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tellings.across.chronology import worth
from tellings.across.chronology.dated_by_others import dated_by_others
from tellings.across.chronology.grouping import Group, days_of, one_event_each
from tellings.across.chronology.likeness import OPENING, Words
from tellings.across.chronology.redated import redated
from tellings.across.chronology.statements import LONG_AGO, Statement, statements
from tellings.across.headlines import headlines
from tellings.across.origins import by_telling
from tellings.language.base import UNDECLARED
from tellings.model.records import Interval, Telling
from tellings.model.regression import probability, shipped

#: Probability that a careful reader would note an event, from which it is kept: of a dated one and of an undated one.
DATED, UNDATED = 0.3, 0.4
#: Tellings of a story of which the models know what matters: they were trained on stories of up to a dozen. Of larger
#: piles the days are weighed by who tells of them.
SMALL = 40
#: Probability from which a dated event of a larger pile is kept: what matters there, these models hardly know.
OF_MANY = 0.1
#: Dated events of a story that are few.
FEW = 10
#: Sentences of a story that are looked at though nothing says their day, the first ones of each telling; the fewest of
#: a telling.
ALL, FEWEST = 600, 3
#: Sentences on events of days long past that one telling alone tells, from which it is a gallery, or a list of other
#: cases: none of them is of the story.
LISTED = 12
#: Probability of a pair of statements from which the smaller group of the two is a part of the larger.
ABSORBED = 0.1
#: The same, of what is told without any day, and of what is told of a week or a month, whichever group is larger.
ABSORBED_OPEN, ABSORBED_VAGUE = 0.25, 0.15
#: No pair is as probable.
NEVER = 2.0
#: Days of a week, and of a month.
WEEK, MONTH = 7, 31


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its statements, the days that they support, how likely a careful reader would note it, how likely
    as one of weight, and how many independent origins open with it."""

    group: tuple[Statement, ...]
    when: Interval
    dated: bool
    likely: float
    weighty: float
    opens: int

    @property
    def telling_it_best(self) -> tuple[Statement, ...]:
        """Its statements that give a day, and not on the side; all, where none does."""
        plain = tuple(one for one in self.group if one.dated and not one.background)
        return plain or tuple(one for one in self.group if one.dated) or self.group

    @property
    def plainly_dated(self) -> bool:
        """Whether a statement gives its day, and not on the side."""
        return any(one.dated and not one.background for one in self.group)

    @property
    def of_a_list(self) -> bool:
        """Whether all that tells it is one telling's line below its opening that ends as no sentence does: the headline
        of another story."""
        return len({one.telling for one in self.group}) == 1 and not any(
            one.whole or one.number < OPENING for one in self.group
        )

    @property
    def looks_back_alone(self) -> str | None:
        """The telling that alone tells it, below its opening, of days long past; `None` where it is no such event."""
        tellings = {one.telling for one in self.group}
        old = all(
            one.dated and one.told is not None and (one.told - one.when.latest).days > LONG_AGO for one in self.group
        )
        return min(tellings) if old and len(tellings) == 1 and self.opens == 0 else None

    @property
    def announced(self) -> bool:
        """Whether it is told of as still to come."""
        return self.group[0].announced


def told_events(
    tellings: Sequence[Telling],
    origins: Sequence[Sequence[str]],
    pairs: Mapping[str, float] | None = None,
    noted: Mapping[str, float] | None = None,
    weighty: Mapping[str, float] | None = None,
) -> tuple[list[Told], Words]:
    """All that `tellings` tell of, by what a sentence says happened; `pairs`, `noted` and `weighty`: the weights of the
    models, those shipped unless given: of more tellings than `SMALL` others than of few."""
    origin_of = by_telling(origins)
    many = "_of_many" if len(tellings) > SMALL else ""
    pairs = pairs or shipped(UNDECLARED, "timeline", f"pairs{many}")
    noted = noted or shipped(UNDECLARED, "timeline", f"notable{many}")
    weighty = weighty or shipped(UNDECLARED, "timeline", f"weighty{many}")
    groups, words, story = grouped(tellings, origin_of, pairs)
    found = []
    for group in groups:
        speaking = worth.features(group.statements, group.echo, words, story, origin_of)
        found.append(
            Told(
                group.statements,
                days_of(group.statements),
                any(one.dated for one in group.statements),
                probability(speaking, noted),
                probability(speaking, weighty),
                _opens(group, origin_of),
            )
        )
    return found, words


def grouped(
    tellings: Sequence[Telling], origin_of: Mapping[str, int], pairs: Mapping[str, float]
) -> tuple[list[Group], Words, worth.Story]:
    """The statements of `tellings` in groups of one event each, and what they are held against."""
    told, words = redated_statements(tellings, pairs)
    story = worth.story_of(told, words, origin_of, headlines(tellings))
    groups = one_event_each(told, words, pairs)
    return (absorbed(groups) if len(tellings) <= SMALL else groups), words, story


def redated_statements(tellings: Sequence[Telling], pairs: Mapping[str, float]) -> tuple[list[Statement], Words]:
    """The statements of `tellings`, by the days on which they were written, and what their words are worth."""
    most = max(FEWEST, ALL // max(1, len(tellings)))
    told = [one for telling in tellings for one in statements(telling, most)]
    told = redated(tellings, told, Words(told), pairs, most)
    told = dated_by_others(tellings, told, pairs, most)
    return told, Words(told)


def absorbed(groups: Sequence[Group]) -> list[Group]:
    """The groups, small ones in the larger one that probably tells of theirs, too, where their days can be one, and
    those that say only the week or the month in one that says the day."""
    order = sorted(range(len(groups)), key=lambda place: (-_size(groups[place]), place))
    rank = {place: number for number, place in enumerate(order)}
    home = {place: place for place in order}
    for place in reversed(order):  # the smallest first
        mine = groups[place]
        near = [
            (-chance, rank[other], other)
            for other, chance in mine.beside.items()
            if chance >= _absorbed_from(mine, groups[other]) and can_be_of(mine.statements, groups[other].statements)
        ]
        if near:
            home[place] = min(near)[-1]
    members: dict[int, list[int]] = defaultdict(list)
    for place in range(len(groups)):
        top = place
        if home[top] != top and home[home[top]] == home[top]:
            top = home[top]
        members[top].append(place)
    return [
        _joined([groups[place], *(groups[other] for other in rest if other != place)])
        for place, rest in sorted(members.items())
    ]


def _absorbed_from(mine: Group, theirs: Group) -> float:
    """The probability from which a group is part of another, which can be of its day; more than 1 where it never is."""
    larger = _size(theirs) > _size(mine)
    if any(one.open for one in mine.statements):
        return ABSORBED_OPEN if larger else NEVER
    if larger:
        return ABSORBED
    return ABSORBED_VAGUE if WEEK <= days_of(mine.statements).days <= MONTH else NEVER


def _size(group: Group) -> int:
    return len({one.telling for one in group.statements})


def can_be_of(mine: Sequence[Statement], theirs: Sequence[Statement]) -> bool:
    """Whether every statement of a group can be of the day of another group."""
    when, dated = days_of(theirs), any(one.dated for one in theirs)
    if any(one.open for one in (*mine, *theirs)) and not _weekdays_meet(mine, theirs):
        return False
    apart = {one.place for one in mine}.isdisjoint(one.place for one in theirs)
    return (
        apart
        and mine[0].announced == theirs[0].announced
        and all(
            (one.when.overlaps(when) and when.days == 1 if one.dated else when.earliest <= one.when.latest) and dated
            for one in mine
        )
    )


def _weekdays_meet(mine: Sequence[Statement], theirs: Sequence[Statement]) -> bool:
    """Whether two groups name a weekday in common, or one of them names none."""
    one, other = ({day for each in group for day in each.weekdays} for group in (mine, theirs))
    return not one or not other or not one.isdisjoint(other)


def _joined(groups: Sequence[Group]) -> Group:
    if len(groups) == 1:
        return groups[0]
    told = tuple(one for group in groups for one in group.statements)
    own = {one.telling for one in told}
    echo: dict[str, float] = {}
    for group in groups:
        for telling, chance in group.echo.items():
            if telling not in own:
                echo[telling] = max(chance, echo.get(telling, 0.0))
    return Group(told, echo, {})


def _opens(group: Group, origin_of: Mapping[str, int]) -> int:
    """How many independent origins open with an event."""
    return len({origin_of[one.telling] for one in group.statements if one.number < OPENING})


def kept(found: Sequence[Told], *, several: bool, small: bool) -> list[Told]:
    """Those that a reader would probably note, a dated one the sooner; what several origins open with, or one with
    its day; and where few are dated, all of these. What none dates is kept of `several` origins alone, and in a
    `small` story, one of no more than `SMALL` tellings, nothing of a long list of what is long past."""
    few = sum(each.plainly_dated for each in found) <= FEW
    likely = DATED if small else OF_MANY
    chosen = [
        each
        for each in found
        if (each.dated or several)
        and not each.of_a_list
        and (
            each.likely >= (likely if each.dated else UNDATED)
            or each.opens > 1
            or (each.plainly_dated and (few or each.opens > 0))
        )
    ]
    if not small:
        return chosen
    listed: Counter[str | None] = Counter()
    for each in chosen:
        listed[each.looks_back_alone] += len({one.place for one in each.group})
    return [each for each in chosen if each.looks_back_alone is None or listed[each.looks_back_alone] <= LISTED]
