"""Who says words in the draft and in the tellings: whether both can be one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tellings.across.checking.locating import ROOM
from tellings.across.checking.sources import Sources, language_of_telling, starting_in
from tellings.across.families.speakers import Sameness, Speaker, name_words, speaker_of
from tellings.across.families.telling_words import tells
from tellings.across.keys import normal_form, word_table, words
from tellings.language.base import UNDECLARED, language_of
from tellings.model.records import Place, Quote, Telling
from tellings.model.text import Span

#: How probable the person that a pronoun means must be for the words to be nobody else's.
SURE = 0.95
#: Blocks before words that nobody is surely said to say, and behind them, in which who may mean them is named.
BLOCKS_BEFORE, BLOCKS_BEHIND = 4, 2
#: Words around a name among which a description of who bears it stands.
AROUND = 10
_POSSESSIVE = "'s"
_POSSESSED = re.compile(r"['’]s?(?!\w)")


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a telling in somebody's mouth: the quotation that holds them, and where its source stands."""

    place: Place
    quote: Quote
    speaker: Speaker

    @property
    def source(self) -> Place | None:
        """The words that say who speaks."""
        span = self.quote.described
        return Place(self.place.telling, span) if span is not None else None


def said_at(place: Place, sources: Sources) -> Said | None:
    """Whose words stand at a place of a telling, where that is sure; `None` where it is nobody's, or not sure."""
    telling = sources.by_id[place.telling]
    for quote in sources.quotes_over(place):
        if quote.status != "shown" or quote.rank != "said by":
            continue
        if quote.speaker is not None:
            return Said(place, quote, speaker_of(telling, quote))
        if (speaker := _described_by_name(telling, quote)) is not None:
            return Said(place, quote, speaker)
    return None


def _described_by_name(telling: Telling, quote: Quote) -> Speaker | None:
    """Who speaks where a description ends in a name: "the analyst Tora Lind of Osk Bank". Not she in "a friend of Tora
    Lind", whom another word of it leads to, or in "Tora Lind's lawyer"."""
    described = quote.described
    if described is None:
        return None
    text = telling.text
    name = next(iter(starting_in(telling.mentions, described)), None)
    if name is None or name.kind != "name" or name.chain is None or telling.chains[name.chain].kind != "person":
        return None
    before = words(text, (Span(described.start, name.span.start),))
    leading = language_of_telling(telling).words(ROOM, "leads_to_another")
    if any(word.normal in leading or word.normal.endswith(_POSSESSIVE) for word in before):
        return None
    if any(each.normal.endswith(_POSSESSIVE) for each in words(text, (name.span,))[-1:]) or _POSSESSED.match(
        text, name.span.end
    ):
        return None
    return Speaker(frozenset(name_words(telling.chains[name.chain].name)), "person", frozenset())


def draft_speaker(draft: Telling, quote: Quote | None, sources: Sources) -> Speaker | None:
    """Who speaks a quotation of the draft; `None` where no name says so: whom a pronoun means is not sure enough to say
    that it is another. A surname alone names a person where it is one of the tellings."""
    if quote is None or quote.rank == "unsure":
        return None
    speaker = speaker_of(draft, quote)
    name = speaker.name or speaker.described
    if speaker.kind in (None, "unknown"):
        if sources.is_person(name):
            return _person(name)
        if (person := sources.person_in(name)) is not None:
            return _person(person)  # "Norwave CEO Tora Lind"
    written = _named(draft, quote)
    # Who is linked with another name in the draft is still the one whose name stands beside the words.
    return replace(speaker, name=speaker.name | written) if speaker.name and written else None


def _person(name: frozenset[str]) -> Speaker:
    """Somebody of a name, its words parted as those of all speakers are: "O'Dea" is two."""
    return Speaker(frozenset(each for word in name for each in name_words(word)), "person", frozenset())


def is_sure(telling: Telling, quote: Quote) -> bool:
    """Whether it is sure who speaks: by a name, or by a pronoun whose person is hardly ever another."""
    return by_name(telling, quote) or (quote.probability is not None and quote.probability >= SURE)


def by_name(draft: Telling, quote: Quote | None) -> bool:
    """Whether the draft says who speaks by a name, and by no pronoun."""
    return bool(_named(draft, quote))


def _named(telling: Telling, quote: Quote | None) -> frozenset[str]:
    """The words of the names that stand where it says who speaks."""
    source = quote.source if quote is not None else None
    if source is None:
        return frozenset()
    return frozenset(
        word
        for mention in telling.mentions
        if mention.kind == "name" and mention.span.overlaps(source)
        for word in name_words(mention.span.of(telling.text))
    )


def another(speaker: Speaker, places: Sequence[Place], sources: Sources) -> tuple[Said, ...]:
    """Those who say the words at `places`, where `speaker` can be none of them, and one at least is named there; else
    none. A telling that names nobody counts for neither."""
    found = []
    for place in places:
        telling = sources.by_id[place.telling]
        said = said_at(place, sources)
        if said is None:
            described = (speaker_of(telling, quote).described for quote in sources.quotes_over(place))
            if any(speaker.name & words for words in described):
                return ()
            if (said := _probably(speaker, place, sources) or _of_nobody_here(speaker, place, sources)) is not None:
                found.append(said)
            continue
        if not _is_other(speaker, said.speaker, sources) or _is_named_around(speaker, said, sources):
            return ()
        found.append(said)
    return tuple(found) if any(_is_sure(speaker, said, sources) for said in found) else ()


def _is_sure(speaker: Speaker, said: Said, sources: Sources) -> bool:
    """Whether it is sure that somebody else says words: by who is named, or since `speaker` is named nowhere near."""
    telling = sources.by_id[said.place.telling]
    return is_sure(telling, said.quote) or not _is_near(speaker, telling, said.quote)


def _is_other(speaker: Speaker, other: Speaker, sources: Sources) -> bool:
    """Whether two speakers are two people: a surname alone ("Reed") may be a person of another telling."""
    if other.kind in (None, "unknown") and other.name and _is_person(other.name, sources):
        other = replace(other, kind="person")
    return speaker.sameness(other) is Sameness.OTHER


def _is_person(name: frozenset[str], sources: Sources) -> bool:
    """Whether a telling has a name with a given name in it."""
    return not _given().isdisjoint(name) or any(
        name <= words and not _given().isdisjoint(words)
        for telling in sources.read
        for chain in telling.chains
        if chain.kind in ("person", "unknown") and (words := _words(chain.name))
    )


@cache
def _given() -> frozenset[str]:
    return frozenset(map(normal_form, language_of(UNDECLARED).lexicon.words("female", "male", "either")))


def _probably(speaker: Speaker, place: Place, sources: Sources) -> Said | None:
    """Who probably says the words at a place, where `speaker` is named nowhere near: only then it is sure that it is
    somebody else."""
    telling = sources.by_id[place.telling]
    for quote in sources.quotes_over(place):
        if quote.status != "shown" or quote.rank != "probably" or quote.speaker is None:
            continue
        other = speaker_of(telling, quote)
        if _is_other(speaker, other, sources) and not _is_near(speaker, telling, quote):
            return Said(place, quote, other)
    return None


def _of_nobody_here(speaker: Speaker, place: Place, sources: Sources) -> Said | None:
    """The quotation at a place whose telling names `speaker` nowhere, and describes nobody who may be meant."""
    telling = sources.by_id[place.telling]
    table = sources.words[telling.id]
    for quote in sources.quotes_over(place):
        if quote.type == "indirect" or not speaker.name.isdisjoint(map(_bare, table.normal)):
            continue
        other = speaker_of(telling, quote)
        if not other.name and other.described and not _are_beside(speaker, other.described, sources):
            return Said(place, quote, other)
    return None


def _are_beside(speaker: Speaker, described: frozenset[str], sources: Sources) -> bool:
    """Whether a word of a description stands near a name in a telling."""
    described = frozenset(filter(tells, described))
    for name in sorted(speaker.name):
        for telling, at in sources.where(name):
            around = sources.words[telling].normal[max(0, at - AROUND) : at + AROUND + 1]
            if not described.isdisjoint(map(_bare, around)):
                return True
    return False


def _is_near(speaker: Speaker, telling: Telling, quote: Quote) -> bool:
    """Whether a speaker is named, or meant, in the blocks around a quotation."""
    at = next((at for at, block in enumerate(telling.blocks) if block.span.overlaps(quote.content)), 0)
    near = telling.blocks[max(0, at - BLOCKS_BEFORE) : at + BLOCKS_BEHIND + 1]
    around = Span(near[0].span.start, near[-1].span.end)
    meant = {
        word
        for mention in telling.mentions
        if mention.chain is not None and around.contains(mention.span)
        for word in _words(telling.chains[mention.chain].name)
    }
    return not speaker.name.isdisjoint(meant | _words(around.of(telling.text)))


def _bare(word: str) -> str:
    return word.removesuffix(_POSSESSIVE)


def may_report(speaker: Speaker | None, sentence: Place, sources: Sources) -> bool:
    """Whether a sentence of a telling reports what somebody says whom `speaker` may be."""
    telling = sources.by_id[sentence.telling]
    said = [quote for quote in telling.quotes if quote.content.overlaps(sentence.span) and quote.status == "shown"]
    return any(speaker is None or speaker.sameness(speaker_of(telling, quote)) is not Sameness.OTHER for quote in said)


def _is_named_around(speaker: Speaker, said: Said, sources: Sources) -> bool:
    """Whether the name of a speaker stands beside the words in the telling, in or right around their quotation, outside
    of marks: then the telling may mean him, whatever is read of it."""
    telling = sources.by_id[said.place.telling]
    around = telling.sentence_around(said.quote.span)
    text = around.of(telling.text)
    inside = said.quote.content.of(telling.text)
    own = said.source.span.of(telling.text) if said.source is not None else ""
    return bool((speaker.name & _words(text)) - _words(inside) - _words(own))


def _words(text: str) -> frozenset[str]:
    return frozenset(word_table(text).normal)
