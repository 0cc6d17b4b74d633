"""Which post somebody holds, where tellings say otherwise: "director Mara Lind" and "Mara Lind, the president".

A post is a word of a list right before a name, or in the apposition behind it. Only posts of one kind are set beside
one another, and only where no telling gives both. A post and the same one held before ("former mayor") are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tellings.across.questions.asked import ROOM
from tellings.across.questions.kept_apart import spoken_of
from tellings.language.base import Language, language_of
from tellings.model.records import Person, Place, Provenance, Question, QuestionValue, Telling, ValueDecision
from tellings.model.rules import lowered
from tellings.model.text import Span

STAGE = "questions"
#: Characters before and behind a name in which its post stands.
BEFORE, BEHIND = 40, 60
#: What it is worth to a reader.
WEIGHT = 0.4
#: Posts of which it says nothing that several tellings give them: they are part of a name.
RANK = "post_rank"
#: What begins the kind of a post that somebody may have left, and the name of one that was held before.
LEFT, PAST = "~", "-"

#: Kind of a post, the post, and where its word stands.
_Found = tuple[str, str, Span]


def posts(
    tellings: Sequence[Telling], people: Sequence[Person], decisions: Sequence[ValueDecision]
) -> Iterator[Question]:
    """Questions of the post of a person to whom tellings give several, or all of several tellings the same."""
    by_id = {telling.id: telling for telling in tellings}
    for person in people:
        held: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
        for name, chain in person.chains:
            telling = by_id.get(name)
            for kind, post, span in _of(telling, chain) if telling is not None else ():
                held[kind][post].append(Place(name, span))
        for kind, given in sorted(held.items()):
            if _apart(given, decisions):
                continue
            values = tuple(
                QuestionValue(_words(by_id, places[0]), (), places=tuple(sorted(places)))
                for _, places in sorted(given.items(), key=lambda item: (-len(item[1]), item[0]))
            )
            why = Provenance(STAGE, "posts-of-one-person")
            if len(given) > 1 and not _both(given):
                yield Question("claim", "post", person.name, "", values, "to compare", why, weight=WEIGHT)
            elif (
                len(given) == 1
                and kind != RANK
                and not kind.startswith(LEFT)
                and len({place.telling for place in values[0].places}) > 1
            ):
                yield Question("claim", "post", person.name, "", values, "same", why)


def _of(telling: Telling, chain: int) -> Iterator[_Found]:
    """The posts that a telling gives to somebody, wherever it names them."""
    language = language_of(telling.document.read_as)
    before, behind, _ = _patterns(language)
    for index in telling.chains[chain].mentions:
        mention = telling.mentions[index]
        if mention.kind != "name":
            continue
        start = max(0, mention.span.start - BEFORE)
        match = before.search(telling.text[start : mention.span.start])
        yield from _posts(match, start, language) if match else ()
        match = behind.match(telling.text, mention.span.end, mention.span.end + BEHIND)
        yield from _posts(match, 0, language) if match else ()


def _posts(match: re.Match[str], start: int, language: Language) -> Iterator[_Found]:
    """The post that a match gives, `start` characters from where it was looked for; one that somebody may have left
    also beside the same one held before. None where it is another one."""
    rules, said = language.rules(ROOM), _plain(match["post"])
    kind, post = _patterns(language)[2][said]
    span = Span(start + match.start("post"), start + match.end("post"))
    other, left = match["other"], said in rules.words("post_left")
    if not other:
        yield kind, post, span
        if left:
            yield LEFT + post, post, span
    elif left and _plain(other.replace("-", " ")) in rules.words("post_past"):
        yield LEFT + post, PAST + post, Span(start + match.start("other"), span.end)


def _plain(words: str) -> str:
    return " ".join(lowered(words).split())


def _both(given: Mapping[str, Sequence[Place]]) -> bool:
    """Whether one telling gives two of the posts: then somebody holds both, or held one before the other."""
    seen: set[str] = set()
    for places in given.values():
        tellings = {place.telling for place in places}
        if not seen.isdisjoint(tellings):
            return True
        seen |= tellings
    return False


def _apart(given: Mapping[str, Sequence[Place]], decisions: Sequence[ValueDecision]) -> bool:
    sides = list(given.values())
    return any(spoken_of(a, b, decisions) for place, a in enumerate(sides) for b in sides[:place])


def _words(tellings: Mapping[str, Telling], place: Place) -> str:
    return " ".join(place.span.of(tellings[place.telling].text).split())


@cache
def _patterns(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, tuple[str, str]]]:
    """What a post before a name ends with, what one behind it begins with, and word → kind and post."""
    rules = language.rules(ROOM)
    kinds = {
        word: (kind, post) for kind in sorted(rules.words("post_kind")) for word, post in rules.meanings(kind).items()
    }
    words = "|".join(rules.alternatives(kind) for kind in sorted(rules.words("post_kind")))
    other = rules.alternatives("post_other")
    one = rf"(?P<other>(?<!\w){other}[\s-]+)?(?<![\w-])(?P<post>{words})(?![\w-])"
    return (
        re.compile(rf"{one}\.?\s+$", re.IGNORECASE),
        re.compile(rf"\s*,\s+(?:[\w'’.-]+\s+){{0,5}}?{one}", re.IGNORECASE),
        kinds,
    )
