"""Who and what a telling speaks of: names, descriptions ("the singer's wife") and pronouns, in chains.

1. names: runs of capitalised words, cleared of words that only begin a sentence;
2. chains: one for each thing named, with its kind and gender where the text gives them away;
3. references: descriptions and pronouns, linked to a chain where that is safe, left alone where not.
"""

from __future__ import annotations

from tellings.language.base import Language
from tellings.model.records import Block, Chain, Document, Mention, Sentence
from tellings.model.text import Span
from tellings.within.mentions.chains import link_names
from tellings.within.mentions.names import find_names
from tellings.within.mentions.reference import link_references


def mentions(
    document: Document,
    blocks: tuple[Block, ...],
    sentences: tuple[Sentence, ...],
    quotations: tuple[Span, ...],
    language: Language,
) -> tuple[tuple[Mention, ...], tuple[Chain, ...]]:
    """The mentions of a telling, sorted by span, and the chains they belong to.

    `quotations` are the stretches in quotation marks: words in them are another's, so they never
    decide whom a pronoun outside means.
    """
    story = tuple(sentence for sentence in sentences if blocks[sentence.block].story)
    names = find_names(document.text, blocks, story, quotations, language)
    named = link_names(document.text, names, story, quotations, language)
    return link_references(document.text, blocks, story, quotations, named, language)
