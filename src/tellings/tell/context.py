"""Whether a sentence can be read by itself, and whom its first word means where it cannot."""

from __future__ import annotations

import re

from tellings.model.record import Evidence
from tellings.model.records import Telling
from tellings.model.text import Span

# First words that lean on what stands before: a pronoun, a pointing word, a conjunction.
_LEANS = re.compile(
    r"[\W_]*(?:i|we|my|our|you|your|he|she|they|it|his|her|their|its|him|them|this|these|those|that|such|but|and|so|or|yet|"
    r"however|meanwhile|then|also|instead|still|there|here|both|neither|another|others|afterwards|therefore|moreover|"
    r"nevertheless)(?![\w'’-]*\w)",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"[\W_]*(?P<word>he|she|his|her|they|their)(?![\w'’])", re.IGNORECASE)


def dangles(words: str) -> bool:
    """Whether a sentence begins with a word that leans on what stands before it."""
    return _LEANS.match(words) is not None


def who_is_meant(telling: Telling, words: Evidence) -> str | None:
    """The name, as the telling prints it, of the person whom a sentence that begins with a pronoun speaks of; `None`
    where it begins otherwise, or that is not known."""
    match = _PERSONAL.match(words.exact)
    if match is None:
        return None
    place = Span(words.start + match.start("word"), words.start + match.end("word"))
    for mention in telling.mentions:
        if mention.span == place and mention.kind == "pronoun" and mention.chain is not None:
            return telling.chains[mention.chain].name
    return None
