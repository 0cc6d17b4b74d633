"""Nouns of saying, each with whose words they are: "|Ana Vell|'s claim that …", "reports from |Merrin| that …"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tellings.model.rules import load
from tellings.model.text import Span
from tellings.model.tokens import tokens_of
from tellings.within.quotes.context import Context, endings, is_participle, keyed, listed


@dataclass(frozen=True, slots=True)
class Claim:
    """A noun of saying, whose it is, the end of all that stands before "that", and whether it is the subject of its
    sentence: then a verb follows, and nothing tells where the clause ends."""

    noun: Span
    source: Span
    end: int
    subject: bool


def claims(context: Context, sentence: Span) -> Iterator[Claim]:
    """The nouns of saying in a sentence that a clause with "that" completes, outside marks."""
    text = context.text
    words = tokens_of(text).words(sentence.start, sentence.end)
    if listed("claim_noun").isdisjoint(words):
        return
    for found in (keyed("claim of somebody"), keyed("claim by somebody")):
        if not found.may_stand(words):
            continue
        for match in found.pattern.finditer(text, sentence.start, sentence.end):
            noun, source = Span(*match.span("claim")), Span(*match.span("source")).trimmed(text)
            owner = _owner(context, source) if source.start < noun.start else source
            if (
                owner is None
                or _ends_in_a_verb(owner.of(text))
                or context.in_quotation(match.start())
                or context.in_quotation(match.end() - 1)
            ):
                continue
            before = text[sentence.start : min(noun.start, owner.start)].split()
            titles = load("en", "name").meanings("title")
            subject = all(word in titles or word.casefold() in listed("source_determiner") for word in before)
            yield Claim(noun, owner, match.start("that") - 1, subject)


def _ends_in_a_verb(owner: str) -> bool:
    """Whether words behind "by" or "from" run on into a verb, of which the clause is the object: "a report from Osk
    |showed| that", "reports from Osk |claiming| that"."""
    last = owner.split()[-1]
    return last[0].islower() and (is_participle(last) or last.endswith(endings("past_ending")))


def _owner(context: Context, source: Span) -> Span | None:
    """Whose a noun of saying is: the name that a stretch ends with, else all of it, where it is described."""
    for mention in context.mentions_between(source.start, source.end):
        if mention.kind == "name" and mention.span.end == source.end:
            return mention.span
    first = source.of(context.text).split()[0].casefold()
    return source if first in listed("source_determiner", "source_noun") else None
