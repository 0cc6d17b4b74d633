"""Who said what: quotations as PARC 3.0 has them (source, cue, content), each with its speaker.

1. cues: every verb of speech outside quotation marks, with its subject;
2. reported: clauses that a cue governs, indirect ("said that …") or mixed (with fragments in marks);
3. direct: stretches in marks that no such clause has taken, with the cue beside them, else before them;
4. posts: words set without marks and signed ("— name (@handle) October 27, 2020") or introduced as a whole.
A stretch that is no statement (title, nickname, scare quotes, inscription) is kept as such; one whose
speaker cannot be told is kept as unsure, with the reason.
"""

from __future__ import annotations

from tellings.model.records import Block, Chain, Document, Mention, Quote, Quoted, Sentence, Timex
from tellings.within.quotes.context import Context
from tellings.within.quotes.cues import find_cues
from tellings.within.quotes.direct import direct_quotes
from tellings.within.quotes.posts import signed_posts, whole_posts
from tellings.within.quotes.reported import reported_quotes


def quotes(
    document: Document,
    blocks: tuple[Block, ...],
    sentences: tuple[Sentence, ...],
    timexes: tuple[Timex, ...],
    mentions: tuple[Mention, ...],
    chains: tuple[Chain, ...],
    quoted: tuple[Quoted, ...],
) -> tuple[Quote, ...]:
    """The quotations of a telling, sorted by span; indices in them point into this tuple."""
    context = Context.of(document, blocks, sentences, timexes, mentions, chains, quoted)
    cues = find_cues(context)
    reported = reported_quotes(context, cues)
    direct = direct_quotes(context, cues, reported)
    posts = signed_posts(context, direct)
    whole, reported = whole_posts(context, direct, reported, posts)
    return context.arrange([*reported, *direct, *posts, *whole])
