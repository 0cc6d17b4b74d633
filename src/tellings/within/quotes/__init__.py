"""Who said what: quotations as PARC 3.0 has them (source, cue, content), each with its speaker.

1. cues: every verb of speech outside quotation marks, with its subject;
2. reported: clauses that a cue governs, indirect ("said that …") or mixed (with fragments in marks);
3. direct: stretches in marks that no such clause has taken, with the cue beside them, else before them;
4. posts: words set without marks and signed ("— name (@handle) October 27, 2020") or introduced as a whole;
5. transcripts: lines under the name of who speaks, and headlines that name who says so;
6. the trained model: clauses in what is left, kept apart as unsure, and only where `model` asks for them.
A stretch that is no statement (title, nickname, scare quotes, inscription) is kept as such; one whose
speaker cannot be told is kept as unsure, with the reason.
"""

from __future__ import annotations

from tellings.model.records import Quote
from tellings.model.text import Span
from tellings.within.quotes.certainty import rank_speakers
from tellings.within.quotes.circumstances import circumstances
from tellings.within.quotes.context import Context, Draft
from tellings.within.quotes.cues import find_cues
from tellings.within.quotes.decided import as_decided
from tellings.within.quotes.direct import direct_quotes
from tellings.within.quotes.learned import ended, learned_quotes
from tellings.within.quotes.posts import signed_posts, whole_posts
from tellings.within.quotes.pronouns import resolve_pronouns
from tellings.within.quotes.reported import reported_quotes
from tellings.within.quotes.stance import take_stances
from tellings.within.quotes.transcripts import headlines, transcripts, without_overlaps


def quotes(context: Context, *, model: bool) -> tuple[Quote, ...]:
    """The quotations of a telling, sorted by span; indices in them point into this tuple."""
    drafts = by_rule(context)
    if model:
        ended(context, drafts)
        drafts.extend(learned_quotes(context, occupied(drafts)))
    resolve_pronouns(context, drafts)
    rank_speakers(context, drafts)
    take_stances(context, drafts)
    return as_decided(context.arrange(drafts), context.document, context.chains)


def by_rule(context: Context) -> list[Draft]:
    """Steps 1 to 5."""
    cues = find_cues(context)
    reported = reported_quotes(context, cues)
    direct = direct_quotes(context, cues, reported)
    reported = _outside_mixed(reported, direct)
    posts = signed_posts(context, direct)
    whole, reported = whole_posts(context, direct, reported, posts)
    spoken = transcripts(context)
    drafts = [*without_overlaps([*reported, *direct, *posts, *whole], spoken), *spoken]
    named = headlines(context, drafts)
    drafts = [*without_overlaps(drafts, named), *named]
    circumstances(context, drafts)
    return drafts


def _outside_mixed(reported: list[Draft], direct: list[Draft]) -> list[Draft]:
    """Of reported clauses those that are no part of what the same cue tells with words in marks further on."""
    mixed: dict[Span | None, Draft] = {draft.cue: draft for draft in direct if draft.type == "mixed" and draft.cue}
    whole = {id(each): mixed[each.cue] for each in reported if each.cue in mixed}
    parts = {id(each) for each in reported if id(each) in whole and whole[id(each)].content.contains(each.content)}
    for draft in direct:
        if id(draft.continues) in parts:
            draft.continues = whole[id(draft.continues)]
    return [each for each in reported if id(each) not in parts]


def occupied(drafts: list[Draft]) -> list[Span]:
    """What drafts leave no room in: their words and their cues."""
    return [span for draft in drafts if draft.source for span in (draft.content, draft.cue) if span is not None]
