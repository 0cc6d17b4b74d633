"""Who is shown as the speaker of an utterance, how sure that is, and whether it is shown: decided here alone, for the
record of many tellings and for the quotations of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tellings.across.families.grouping import within_one
from tellings.across.people import people
from tellings.model.record import SpeakerLine
from tellings.model.records import Quote, QuoteStatus, SpeakerRank, Telling
from tellings.model.rules import load
from tellings.within.quotes.context import NOT_TOLD

NOBODY = SpeakerLine(None, None, "unsure")
#: Of those who may be meant instead, how many are named.
_RIVALS = 2
#: First letters that stand for a name, at least.
_FIRST_LETTERS = 3


class _Sure(IntEnum):
    """How a telling says who speaks, surest first."""

    BY_NAME = 0
    BY_ANOTHER_WORD = 1
    PROBABLY = 2


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who speaks, and whether the utterance is shown; `reason` is there where nobody is named."""

    speaker: SpeakerLine
    status: QuoteStatus
    reason: str | None


@dataclass(frozen=True, slots=True)
class People:
    """The people of some tellings: `by_chain` gives the id for a (telling id, chain index), `names` the name for an id,
    those most spoken of first, and `places` its place among these."""

    by_chain: Mapping[tuple[str, int], str]
    names: Mapping[str, str]
    places: Mapping[str, int]

    @classmethod
    def of(cls, by_chain: Mapping[tuple[str, int], str], names: Mapping[str, str]) -> People:
        """These people."""
        return cls(by_chain, names, {person: index for index, person in enumerate(names)})


def attributed(found: Sequence[tuple[Telling, Quote]], known: People) -> Attributed:
    """Who says an utterance that these quotations print, none of them "not-a-statement"."""
    if all(quote.status != "shown" for _, quote in found):
        reason = next((quote.reason for _, quote in found if quote.reason), None)
        return Attributed(NOBODY, "unsure" if all(quote.found_by_model for _, quote in found) else "shown", reason)
    speaker = _speaker(found, known)
    # Who tells an utterance in other words may have it from somebody else: those who print it say whose it is.
    printed = [(telling, quote) for telling, quote in found if quote.type != "indirect" and named_in(telling, quote)]
    if printed and len(printed) < len(found):
        said_by = _speaker(printed, known)
        if said_by.name is not None and not _may_be_one(said_by.name, speaker.name or ""):
            speaker = said_by
    if speaker.person is None and speaker.name is not None and is_pronoun(speaker.name):
        # The source is cited all the same; a pronoun is nobody's name.
        return Attributed(NOBODY, "shown", f"who “{speaker.name}” is cannot be told")
    if speaker.name is None:
        return Attributed(NOBODY, "shown", NOT_TOLD)
    return Attributed(speaker, "shown", None)


def attributed_in(telling: Telling) -> dict[int, Attributed]:
    """The same for each quotation of one telling, by its index, as a record of this telling alone has it. What states
    nothing is in no record, and not here."""
    persons = people((telling,))
    known = People.of(
        {chain: str(place) for place, person in enumerate(persons) for chain in person.chains},
        {str(place): person.name for place, person in enumerate(persons)},
    )
    together = within_one(telling)
    covered = {index for indices in together for index in indices}
    alone = [(index,) for index in range(len(telling.quotes)) if index not in covered]
    return {
        index: who
        for indices in [*together, *alone]
        if telling.quotes[indices[0]].status != "not-a-statement"
        for who in [attributed([(telling, telling.quotes[index]) for index in indices], known)]
        for index in indices
    }


def _speaker(found: Sequence[tuple[Telling, Quote]], known: People) -> SpeakerLine:
    """The person whom the variants name, surest first: where the telling has a name for who speaks, before where it has
    a pronoun or goes on from an earlier line, before where it is only probable. Of several the one most say, then the
    one most spoken of. With no person, the words that most describe the speaker, by the same order."""
    votes: tuple[Counter[str], ...] = tuple(Counter() for _ in _Sure)
    described: tuple[Counter[str], ...] = tuple(Counter() for _ in _Sure)
    meant: list[str] = []
    names: set[str] = set()
    for telling, quote in found:
        if quote.status != "shown":
            continue
        sure = _sureness(telling, quote)
        person = known.by_chain.get((telling.id, quote.speaker)) if quote.speaker is not None else None
        if person is not None:
            votes[sure][person] += 1
        elif quote.speaker is not None:
            names.add(telling.chains[quote.speaker].name)
            described[sure][telling.chains[quote.speaker].name] += 1
        elif quote.described is not None:
            described[sure][quote.described.of(telling.text)] += 1
        for chain in quote.others:
            other = known.by_chain.get((telling.id, chain))
            meant.append(telling.chains[chain].name if other is None else known.names[other])
    if not all(_says_little(words) for each in described for words in each):
        for each in described:
            for words in [words for words in each if _is_document(words)]:
                del each[words]
    for sure, each in zip(_Sure, votes, strict=True):
        if each:
            first, *rivals = sorted(_fuller(each, known.names), key=lambda one: (-each[one], known.places[one]))
            return _line(known.names[first], first, sure, [known.names[one] for one in rivals], meant)
    _spell_out(described, names)
    for sure, each in zip(_Sure, described, strict=True):
        if each:
            # A pronoun says least, then a document; of equals a name most, and more than its first letters.
            name = min(
                each, key=lambda words: (_says_little(words), -each[words], words not in names, -len(words.split()))
            )
            return _line(name, None, sure, [], meant)
    return NOBODY


def _spell_out(described: Sequence[Counter[str]], names: set[str]) -> None:
    """Count what says a name by its first letters for the name, where that is told as well: "HRS" beside "the Harbour
    Rescue Service"."""
    for short in names:
        full = [name for name in names if _first_letters(short, name)]
        if len(full) != 1:
            continue
        for each in described:
            if each[short]:
                each[full[0]] += each.pop(short)


def _fuller(votes: Counter[str], names: Mapping[str, str]) -> list[str]:
    """The people voted for, but for those who may be another of them by a shorter name: "Lind" beside "Ana Lind" speaks
    against nobody. Their votes are that one's."""
    words = {one: _words(names[one]) for one in votes}
    kept = []
    for one in votes:
        longer = [other for other in votes if words[one] < words[other]]
        if len(longer) == 1:
            votes[longer[0]] += votes[one]
        if not longer:
            kept.append(one)
    return kept


def _first_letters(short: str, name: str) -> bool:
    """Whether a name is another one's first letters."""
    return len(short) >= _FIRST_LETTERS and short != name and short == "".join(filter(str.isupper, name))


def _may_be_one(name: str, other: str) -> bool:
    within = _words(name) <= _words(other) or _words(other) <= _words(name)
    return within or _first_letters(name, other) or _first_letters(other, name)


def _words(name: str) -> frozenset[str]:
    return frozenset(name.casefold().split())


def _line(name: str, person: str | None, sure: _Sure, rivals: Sequence[str], others: Sequence[str]) -> SpeakerLine:
    """`rivals` are those whom other tellings name, `others` those whom a telling that is not sure may mean."""
    probable = sure == _Sure.PROBABLY
    instead = dict.fromkeys((*rivals, *(other for other in others if probable and not _may_be_one(other, name))))
    instead.pop(name, None)
    rank: SpeakerRank = "probably" if probable or rivals else "said by"
    return SpeakerLine(name, person, rank, tuple(instead)[:_RIVALS])


def _sureness(telling: Telling, quote: Quote) -> _Sure:
    if quote.rank != "said by":
        return _Sure.PROBABLY
    if quote.speaker is None or quote.source is None:
        return _Sure.BY_ANOTHER_WORD
    mentions = (telling.mentions[index] for index in telling.chains[quote.speaker].mentions)
    named = any(each.kind == "name" and quote.source.overlaps(each.span) for each in mentions)
    return _Sure.BY_NAME if named else _Sure.BY_ANOTHER_WORD


def named_in(telling: Telling, quote: Quote) -> str | None:
    """Who speaks as the telling names or describes them; a pronoun is nobody's name."""
    if quote.speaker is not None:
        return telling.chains[quote.speaker].name
    words = quote.described.of(telling.text) if quote.described is not None else None
    return None if words is None or is_pronoun(words) else words


def _says_little(words: str) -> int:
    return 2 if is_pronoun(words) else int(_is_document(words))


def _is_document(words: str) -> bool:
    """Whether a source is a statement, a post: it stands for somebody who is not told."""
    return words.casefold().rpartition(" ")[2] in load("en", "quote").words("medium_noun")


def is_pronoun(name: str) -> bool:
    """Whether a source is a pronoun, which is nobody's name."""
    return name.casefold() in load("en", "quote").words("personal_pronoun")
