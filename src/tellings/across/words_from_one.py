"""Tellings that have the words of one utterance from one place: a post, a statement, what one outlet was told.

However many outlets print a post, its words have one origin. Only what the tellings say themselves joins them: each
names the post, the statement, or the outlet that was told. A telling that does not say where the words are from stands
by itself, and so do two posts of different platforms.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tellings.across.credits import outlet_key
from tellings.model.record import Stated
from tellings.model.records import Attested, Place, Quote, Telling, WordsFrom
from tellings.model.rules import RuleSet, load
from tellings.model.text import Span

_WORD = re.compile(r"[\w’'&.-]*\w")
#: What it is, and the name that tells it from others: a platform, the key of an outlet.
_Origin = tuple[WordsFrom, str]
_ANY = ""
_ONE_OF_A_KIND: tuple[WordsFrom, ...] = ("statement", "letter", "essay", "note", "book")


@dataclass(frozen=True, slots=True)
class OneOrigin:
    """Tellings (ids, sorted) whose words are from one place, and where they say so; what an outlet was told is its own
    words, too, which need not say it."""

    kind: WordsFrom
    tellings: tuple[str, ...]
    places: tuple[Place, ...]


def words_from_one(found: Sequence[tuple[Telling, Quote]]) -> tuple[OneOrigin, ...]:
    """The origins that several tellings of one utterance share, by the quotations that print it."""
    said: dict[_Origin, dict[str, Span]] = defaultdict(dict)
    for telling, quote in found:
        for origin, span in _told(telling.text, quote):
            said[origin].setdefault(telling.id, span)
    _join_posts(said)
    shared = []
    for (kind, name), spans in sorted(said.items()):
        own = {telling.id for telling, _ in found if kind == "outlet" and publishes(telling.document.publisher, name)}
        if len(together := own | spans.keys()) > 1:
            places = tuple(Place(telling, spans[telling]) for telling in sorted(spans))
            shared.append(OneOrigin(kind, tuple(sorted(together)), places))
    return tuple(shared)


def publishes(publisher: Attested | Stated | None, outlet: str) -> bool:
    """Whether a publisher is the outlet of this key."""
    return publisher is not None and outlet_key(publisher.value) == outlet


def tells_of(kind: WordsFrom, words: str) -> bool:
    """Whether the words for a medium, a listener or a cue tell that what is quoted is from something of this kind."""
    if kind == "outlet":
        return outlet_in(words) is not None
    origin = _of_medium(words)
    return (origin is not None and origin[0] == kind) or (kind == "post" and _posting(words) is not None)


def outlet_in(words: str) -> str | None:
    """The key of the outlet that the words for a listener or a medium name.

    >>> outlet_in("the Merrin Herald"), outlet_in("a Herald interview"), outlet_in("reporters in Merrin")
    ('merrin herald', 'herald', None)
    """
    named = [word for word in _WORD.findall(words) if word.casefold() not in _rules().words("article")]
    if named and named[-1].casefold() in _rules().words("medium_noun"):
        named = [word for word in named if word[0].isupper()]
    return outlet_key(" ".join(named)) if named and named[0][0].isupper() else None


def _told(text: str, quote: Quote) -> Iterator[tuple[_Origin, Span]]:
    """Where a quotation says its words are from, and the words that say it."""
    if quote.audience is not None and (outlet := outlet_in(quote.audience.of(text))) is not None:
        yield ("outlet", outlet), quote.audience
    if quote.medium is not None and (origin := _of_medium(quote.medium.of(text))) is not None:
        yield origin, quote.medium
    elif quote.cue is not None and (platform := _posting(quote.cue.of(text))) is not None:
        yield ("post", platform), quote.cue


def _posting(verb: str) -> str | None:
    """The platform of which a verb tells that something was posted there."""
    platform: str | None = _rules().meanings("posting_verb").get(verb.casefold())
    return platform


def _of_medium(words: str) -> _Origin | None:
    """The origin that the words for a medium tell of, where it is one thing that exists once."""
    if words.startswith("@"):
        return "post", _ANY
    found = _WORD.findall(words)
    platform = next((word for word in found if word in _rules().words("medium_name")), None)
    noun = next((word for word in map(str.casefold, reversed(found)) if word in _rules().words("medium_noun")), None)
    if noun is None:
        return None if platform is None else ("post", platform)
    kind = _rules().meanings("medium_noun")[noun]
    if kind == "post":
        return "post", platform or _rules().meanings("platform_noun").get(noun, _ANY)
    if kind in _rules().words("medium_of_outlet"):
        outlet = outlet_in(words)
        return None if outlet is None else ("outlet", outlet)
    return next(((each, "") for each in _ONE_OF_A_KIND if each == kind), None)


def _join_posts(said: dict[_Origin, dict[str, Span]]) -> None:
    """A post whose platform is not told is the one that is told of, where that is only one."""
    platforms = [name for kind, name in said if kind == "post" and name != _ANY]
    if len(platforms) == 1 and ("post", _ANY) in said:
        for telling, span in said.pop(("post", _ANY)).items():
            said["post", platforms[0]].setdefault(telling, span)


def _rules() -> RuleSet:
    return load("en", "quote")
