"""Who says words in the draft and in the tellings: whether both can be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tellings.across.checking.sources import Sources
from tellings.across.families.speakers import Sameness, Speaker, speaker_of
from tellings.across.keys import word_table
from tellings.model.records import Place, Quote, Telling

#: How probable the person that a pronoun means must be for the words to be nobody else's.
SURE = 0.95


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
        if quote.status == "shown" and quote.rank == "said by" and quote.speaker is not None:
            return Said(place, quote, speaker_of(telling, quote))
    return None


def draft_speaker(draft: Telling, quote: Quote | None, sources: Sources) -> Speaker | None:
    """Who speaks a quotation of the draft; `None` where no name says so: whom a pronoun means is not sure enough to say
    that it is another. A surname alone names a person where it is one of the tellings."""
    if quote is None or quote.rank == "unsure":
        return None
    speaker = speaker_of(draft, quote)
    name = speaker.name or speaker.described
    if speaker.kind in (None, "unknown") and name and any(name <= known for known in sources.persons):
        return Speaker(name, "person", frozenset())
    return speaker if speaker.name and by_name(draft, quote) else None


def is_sure(telling: Telling, quote: Quote) -> bool:
    """Whether it is sure who speaks: by a name, or by a pronoun whose person is hardly ever another."""
    return by_name(telling, quote) or (quote.probability is not None and quote.probability >= SURE)


def by_name(draft: Telling, quote: Quote | None) -> bool:
    """Whether the draft says who speaks by a name, and by no pronoun."""
    source = quote.source if quote is not None else None
    return source is not None and any(
        mention.kind == "name" and mention.span.overlaps(source) for mention in draft.mentions
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
            continue
        if speaker.sameness(said.speaker) is not Sameness.OTHER or _is_named_around(speaker, said, sources):
            return ()
        found.append(said)
    sure = any(is_sure(sources.by_id[said.place.telling], said.quote) for said in found)
    return tuple(found) if sure else ()


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
