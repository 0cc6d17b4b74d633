"""Stretches in quotation marks that no reported clause has taken: whose words they are, if anybody's."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import pairwise

from tellings.model.records import Quoted
from tellings.model.text import Span
from tellings.within.quotes.attribution import (
    GOES_ON,
    Attribution,
    Surroundings,
    attribute,
    cue_after,
    cue_before,
    likely,
)
from tellings.within.quotes.context import NOT_TOLD, STATEMENT_WORDS, Context, Draft, head_words, listed, pattern, words
from tellings.within.quotes.forms import Cue, speech_verbs
from tellings.within.quotes.nested import nested_quotes
from tellings.within.quotes.reported import INSIDE
from tellings.within.quotes.speakers import (
    author_of_medium,
    described_before,
    institution,
    last_teller,
    medium_of_source,
    speaker_of,
    unnamed_teller,
)
from tellings.within.quotes.statements import no_statement, repeated_headlines
from tellings.within.quotes.told import Told

_WORD = re.compile(r"\w+")
#: Why a stretch ends where it does (within/marks): its paragraphs were run together.
RUN_TOGETHER = "one closing mark for two opening marks"
#: Characters after a quotation within which "she added" still adds to it.
_ADDED = 1200


def direct_quotes(context: Context, cues: tuple[Cue, ...], reported: list[Draft]) -> list[Draft]:
    """Drafts for every stretch in marks outside reported clauses, nested ones included, in order."""
    outermost = sorted((draft for draft in reported if draft.within is None), key=lambda draft: draft.content)
    taken = [draft.content for draft in outermost]
    taken_starts = [span.start for span in taken]
    cue_starts = [cue.span.start for cue in cues]
    drafts: list[Draft] = []
    told = Told(reported)
    for index, stretch in enumerate(context.outer):
        position = bisect_right(taken_starts, stretch.span.start) - 1
        if position >= 0 and taken[position].end >= stretch.content.end:
            if (inner := _inside(context, cues, cue_starts, stretch, outermost[position])) is not None:
                drafts.append(told.add(inner))
            continue
        before = context.outer[index - 1] if index else None
        after = context.outer[index + 1] if index + 1 < len(context.outer) else None
        drafts.append(told.add(_decide(context, cues, cue_starts, stretch, before, after, drafts, reported, told)))
    _spread_over_paragraphs(drafts)
    drafts = [each for draft in drafts for each in _at_opening_marks(context, draft)]
    drafts.extend(nested_quotes(context, drafts))
    repeated_headlines(context, drafts)
    return drafts


def _inside(
    context: Context, cues: tuple[Cue, ...], cue_starts: list[int], stretch: Quoted, outer: Draft
) -> Draft | None:
    """A quotation inside a reported clause, with a cue of its own there: "Ana Vell said she told the owners, “…”"."""
    first, last = outer.content.start, outer.content.end
    nearby = [c for c in cues[bisect_left(cue_starts, first) : bisect_left(cue_starts, last)] if not c.negated]
    around = Surroundings(outer.content, None, None, first, last, nearby, [], Told())
    found = cue_after(context, stretch, around) if stretch.span.start <= first + 1 else None
    if found is None or found.cue is None or found.cue.rule not in ("beside", "after"):
        before = [cue for cue in nearby if cue.span.start < stretch.span.start]
        found = cue_before(context, stretch, before, first, Told())
        if found is None or found.mixed or not context.text[: stretch.span.start].rstrip().endswith((",", ":")):
            return None
    draft = Draft(stretch.span, stretch.content, "direct", "shown", "", quoted=stretch, within=outer)
    draft.rule, draft.score = f"{found.rule}{INSIDE}", found.score
    draft.cue = found.cue.span if found.cue else None
    draft.source, draft.speaker = found.source, found.speaker
    return draft


def _decide(
    context: Context,
    cues: tuple[Cue, ...],
    cue_starts: list[int],
    stretch: Quoted,
    previous: Quoted | None,
    following: Quoted | None,
    drafts: list[Draft],
    reported: list[Draft],
    told: Told,
) -> Draft:
    text = context.text
    paragraph = context.paragraph_at(stretch.span.start)
    floor = max(paragraph.start, previous.span.end if previous else 0)
    ceiling = min(paragraph.end, following.span.start) if following else paragraph.end
    nearby = [c for c in cues[bisect_left(cue_starts, floor) : bisect_right(cue_starts, ceiling)] if not c.negated]
    draft = Draft(stretch.span, stretch.content, "direct", "shown", "", quoted=stretch)
    if reason := no_statement(context, stretch, floor):
        draft.status, draft.reason, draft.rule = "not-a-statement", reason, reason
        return draft
    around = Surroundings(paragraph, previous, following, floor, ceiling, nearby, drafts, told)
    found = attribute(context, stretch, around)
    if (found is None or found.cue is None) and (told_inside := _cue_inside(context, stretch)) is not None:
        # "“It sank, the mayor said.”": the closing mark stands behind its cue.
        end, found = told_inside
        draft.content, draft.span = Span(draft.content.start, end), Span(draft.span.start, end)
    if found is None:
        count = len(_WORD.findall(text, stretch.content.start, stretch.content.end))
        embedded = bool(text[floor : stretch.span.start].strip()) or bool(
            text[stretch.span.end : ceiling].strip(" .,!?")
        )
        if count < STATEMENT_WORDS or (embedded and count < 8 and not text[stretch.content.start].isupper()):
            draft.status, draft.reason, draft.rule = (
                "not-a-statement",
                "words in marks with nobody said to speak them",
                "scare quotes",
            )
        elif (guess := likely(context, stretch, around)) is not None:
            _fill(context, draft, guess, drafts, reported, told)
        else:
            draft.status, draft.reason, draft.rule = "unsure", NOT_TOLD, "no cue"
        return draft
    _fill(context, draft, found, drafts, reported, told)
    return draft


def _cue_inside(context: Context, stretch: Quoted) -> tuple[int, Attribution] | None:
    """Where what is said ends and whose it is, where a cue with somebody told of stands at the end of marks that were
    closed too late."""
    text, content = context.text, stretch.content
    match = pattern("cue at the end of marks").search(text, content.start, content.end)
    if match is None or len(text[content.start : match.start()].split()) < STATEMENT_WORDS:
        return None
    source = Span(*match.span("source" if match["source"] else "source_2")).trimmed(text)
    named = [m for m in context.mentions_between(source.start, source.end) if m.kind == "name"]
    person = bool(named) and named[-1].span.end == source.end and context.may_be_person(named[-1])
    head = head_words(source.of(text))
    determined = len(head) > 1 and head[0] in listed("source_determiner") and head[-1] in listed("source_person")
    if not (person or determined):
        return None
    verb = Span(*match.span("verb" if match["source"] else "verb_2"))
    group = words().meanings("speech_verb")[verb.of(text)]
    cue = Cue(verb, group, source, "beside", context.sentence_at(match.start()), negated=False)
    return match.start(), Attribution(cue, source, speaker_of(context, source), "enclosed cue", score=0.8)


def _fill(
    context: Context, draft: Draft, found: Attribution, drafts: list[Draft], reported: list[Draft], told: Told
) -> None:
    draft.rule, draft.score = found.rule, found.score
    draft.rank, draft.others, draft.meant = found.rank, found.others, found.meant
    if draft.quoted and draft.quoted.rule not in ("balanced", "closed in a later paragraph"):
        draft.rule = f"{found.rule}; {draft.quoted.rule}"
    draft.cue = found.cue.span if found.cue else None
    draft.source, draft.speaker = found.source, found.speaker
    if (unnamed := unnamed_teller(context, found.source, told)) is not None:
        draft.meant, draft.speaker = unnamed, None
    elif found.cue is not None and (other := last_teller(context, found.source, told)) is not None:
        draft.speaker = other
    elif draft.speaker is None and draft.meant is None:
        draft.meant = described_before(context, found.source, told)
    if (meant := institution(context, found.source, told)) is not None:
        draft.meant, draft.speaker = meant
    medium = medium_of_source(context, found.source)
    if medium and found.speaker is None:
        draft.medium = found.source
        author = author_of_medium(context, medium, draft.span.start, drafts, reported)
        draft.speaker = author
        if author is not None:
            draft.rule += "; the author of what is quoted"
    sentence_start = context.sentence_at(draft.span.start).start
    if draft.medium is None and found.cue:
        inner = found.cue.sentence
        draft.medium = context.medium_between(
            found.cue.span.end, min(inner.end, found.cue.span.end + 80)
        ) or context.medium_between(min(inner.start, sentence_start), min(found.cue.span.start, draft.span.start))
    if found.continues is not None:
        draft.continues = found.continues
        if found.rule == GOES_ON:
            draft.cue = found.continues.cue  # one cue for both
    elif found.cue is not None and drafts and _goes_on(draft, drafts[-1], found.cue, told):
        draft.continues = drafts[-1]
    if found.mixed and not _marks_alone(context, draft, found):
        draft.type = "mixed"
        if found.cue is not None and found.cue.span.end < draft.span.start:
            # Words before the marks are part of it, and so both marks are; so are words of the clause behind them.
            start = _clause_start(context, found.cue, draft.span.start)
            end = _clause_goes_on(context, draft.span.end, found.cue.sentence.end)
            draft.content = draft.span = Span(start, end).trimmed(context.text)
    elif (
        found.cue is not None
        and found.cue.span.start >= draft.span.end
        and (first := _clause_before_marks(context, draft, found.cue)) is not None
    ):
        draft.type = "mixed"
        draft.content = draft.span = Span(first, draft.span.end)


def _marks_alone(context: Context, draft: Draft, found: Attribution) -> bool:
    """Whether the words between a cue and the marks behind it are the telling's own: the cue has its words before it
    already ("“…,” Vell said on Friday, in an attack on “them.”"), or is one of calling something so ("described as a
    “hard” time")."""
    cue = found.cue
    if cue is None or cue.span.end > draft.span.start:
        return False
    before = context.last_outer_before(cue.clause_start)
    spoken = before is not None and not context.text[before.span.end : cue.clause_start].strip(" ,")
    clause = pattern("that clause").search(context.text, cue.span.end, draft.span.start) is not None
    return (spoken and not clause) or pattern("as right behind").match(
        context.text, cue.span.end, draft.span.start
    ) is not None


def _clause_start(context: Context, cue: Cue, position: int) -> int:
    """Where what a cue governs begins, when the mark at `position` stands in the middle of it."""
    start = cue.span.end
    gap = context.text[start:position]
    if match := pattern("that clause").search(gap):
        start += match.end()
    elif cue.group in ("tell", "ask"):
        return position  # "told the crew, being “cold”": what stands between is whom, and when
    elif match := pattern("topic first").match(gap):
        start += match.end()
    if (medium := pattern("in a medium").match(context.text, start)) is not None and medium.end() <= position:
        start = medium.end()
    when = pattern("day behind").match(context.text, start, position)
    return when.end() if when else start


def _clause_before_marks(context: Context, draft: Draft, cue: Cue) -> int | None:
    """Where the clause begins that a stretch closes, of which the cue behind it reports all: "The exhibit would stay
    shut “until further notice,” Vell said"; `None` where the marks hold all of it."""
    text = context.text
    sentence = context.sentence_at(draft.span.start)
    if not text[draft.content.start].islower() or not sentence.contains(draft.span) or cue.rule == "shared":
        return None
    before = context.last_outer_before(draft.span.start)
    start = max(sentence.start, before.span.end if before is not None else 0)
    lead = text[start : draft.span.start]
    if (
        start != sentence.start
        or len(lead.split()) < 2
        or lead.rstrip()[-1] in ":,;—–-"
        or _verb_in(context, start, draft.span.start)
    ):
        return None
    return Span(start, draft.span.start).trimmed(text).start


def _verb_in(context: Context, start: int, end: int) -> bool:
    """Whether a verb of speech stands between two places."""
    return any(not context.in_quotation(match.start()) for match in speech_verbs(context.text, start, end))


def _clause_goes_on(context: Context, position: int, limit: int) -> int:
    """Where a clause ends that goes on behind the marks in it: "called it “a wreck” that nobody would buy|, as"."""
    text = context.text
    if not pattern("noun phrase goes on").match(text, position, limit):
        return position
    stop = pattern("clause stop").search(text, position + 1, limit)
    while stop is not None and context.in_quotation(stop.start()):
        stop = pattern("clause stop").search(text, stop.end(), limit)
    end = stop.start() if stop is not None else limit
    while end > position and (text[end - 1].isspace() or text[end - 1] in ".!?…,;:"):
        end -= 1
    return end if not _verb_in(context, position, end) else position


def _goes_on(draft: Draft, last: Draft, cue: Cue, told: Told) -> bool:
    """Whether a stretch goes on with the one before: one cue between both, or a cue of adding and nothing else told
    since."""
    if last.status != "shown" or last.speaker != draft.speaker:
        return False
    if last.cue == cue.span:
        return True
    if draft.speaker is None:
        return False
    near = draft.span.start - last.span.end < _ADDED
    return cue.group == "add" and near and not told.any_reported(last.span.end, draft.span.start)


def _at_opening_marks(context: Context, draft: Draft) -> list[Draft]:
    """A quotation of several paragraphs that were run together, each with an opening mark, as one draft for each."""
    if draft.quoted is None or draft.quoted.rule != RUN_TOGETHER or draft.type != "direct":
        return [draft]
    text = context.text
    marks = list(_OPENS_AGAIN.finditer(text, draft.content.start, draft.content.end))
    if not marks:
        return [draft]
    whole, drafts = draft.span, [draft]
    start = draft.content.start
    for mark in marks:
        last = drafts[-1]
        last.content = Span(start, mark.start("end")).trimmed(text)
        last.span = Span(last.span.start, mark.start("end"))
        start = mark.end()
        drafts.append(
            replace(last, span=Span(mark.start("mark"), whole.end), content=Span(start, start), continues=last)
        )
    drafts[-1].content = Span(start, draft.quoted.content.end).trimmed(text)
    return drafts


_OPENS_AGAIN = re.compile(r"[.!?…](?P<end>)\s+(?P<mark>[“\"‘'])(?=[A-Z])")


def _spread_over_paragraphs(drafts: list[Draft]) -> None:
    """A quotation closed in a later paragraph has one speaker: the surest attribution among its paragraphs."""
    run: list[Draft] = []
    for draft in drafts:
        run.append(draft)
        if draft.quoted is not None and draft.quoted.runs_on:
            continue
        if len(run) > 1:
            known = [d for d in run if d.status == "shown" and d.speaker is not None] or [
                d for d in run if d.status == "shown"
            ]
            if known:
                best = max(known, key=lambda d: d.score or 0)
                for earlier, later in pairwise(run):
                    later.continues = earlier
                for d in run:
                    guessed = d.rank == "probably"
                    if d is not best and (
                        guessed or d.status != "shown" or d.speaker is None or d.speaker != best.speaker
                    ):
                        d.rank, d.status, d.reason, d.rule = (
                            best.rank,
                            "shown",
                            None,
                            "one quotation over several paragraphs",
                        )
                        d.source, d.speaker, d.cue = best.source, best.speaker, d.cue or best.cue
        run = []
