"""Stretches in quotation marks that no reported clause has taken: whose words they are, if anybody's."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from tellings.model.records import Quoted
from tellings.model.rules import load
from tellings.model.text import Span
from tellings.within.quotes.context import Context, Draft, words
from tellings.within.quotes.cues import Cue, leading_subject
from tellings.within.quotes.speakers import author_of_medium, is_source, medium_of_source, speaker_of

_SENTENCE_END = re.compile(r"[.!?…][”\"’')]*\s+(?=[A-Z“\"‘])")
#: Furthest a cue may start behind its quotation, in characters, and a lead-in may end before it.
_NEAR_AFTER, _NEAR_BEFORE = 90, 150
_HEADLINE = "words in marks in a headline"
#: Words that may stand between a quotation and the subject of the cue behind it.
_JOINING = frozenset({"and", "but", "as", "so", "then", "later", "when", "meanwhile", "or as", "or, as"})
#: Characters after a quotation within which "she added" still adds to it.
_ADDED = 1200
#: Fewest words of a stretch that can stand as a statement with no cue beside it.
_STATEMENT_WORDS = 5


_STATEMENT = re.compile(rf"\W*(?:\w+\W+){{{_STATEMENT_WORDS - 1}}}\w")


@dataclass(frozen=True, slots=True)
class _Attribution:
    cue: Cue | None
    source: Span | None
    speaker: int | None
    rule: str
    mixed: bool = False
    score: float | None = None
    continues: bool = False


def direct_quotes(context: Context, cues: tuple[Cue, ...], reported: list[Draft]) -> list[Draft]:
    """Drafts for every stretch in marks outside reported clauses, nested ones included, in order."""
    taken = sorted(draft.content for draft in reported)
    taken_starts = [span.start for span in taken]
    cue_starts = [cue.span.start for cue in cues]
    drafts: list[Draft] = []
    for index, stretch in enumerate(context.outer):
        position = bisect_right(taken_starts, stretch.span.start) - 1
        if position >= 0 and taken[position].end >= stretch.content.end:
            continue
        before = context.outer[index - 1] if index else None
        after = context.outer[index + 1] if index + 1 < len(context.outer) else None
        drafts.append(_decide(context, cues, cue_starts, stretch, before, after, drafts, reported))
    _spread_over_paragraphs(drafts)
    drafts.extend(_nested(context, drafts))
    _headlines(context, drafts)
    return drafts


def _decide(
    context: Context,
    cues: tuple[Cue, ...],
    cue_starts: list[int],
    stretch: Quoted,
    previous: Quoted | None,
    following: Quoted | None,
    drafts: list[Draft],
    reported: list[Draft],
) -> Draft:
    text = context.text
    paragraph = context.paragraph_at(stretch.span.start)
    floor = max(paragraph.start, previous.span.end if previous else 0)
    ceiling = min(paragraph.end, following.span.start) if following else paragraph.end
    nearby = [c for c in cues[bisect_left(cue_starts, floor) : bisect_right(cue_starts, ceiling)] if not c.negated]
    draft = Draft(stretch.span, stretch.content, "direct", "shown", "", quoted=stretch)
    if reason := _no_statement(context, stretch, floor, paragraph):
        draft.status, draft.reason, draft.rule = "not-a-statement", reason, reason
        return draft
    found = (
        _signed(context, stretch, paragraph)
        or _cue_after(context, stretch, nearby, ceiling, following)
        or _verb_after(context, stretch)
        or _cue_before(context, stretch, nearby, floor)
        or _verb_and_colon(context, stretch, floor)
        or _medium_before(context, stretch, floor)
        or _continued(context, stretch, floor, drafts, previous)
        or _sentence_before(context, stretch, cues, cue_starts, paragraph, floor, drafts, reported)
        or _own_paragraph(context, stretch, paragraph, drafts, reported)
    )
    if found is None:
        count = len(re.findall(r"\w+", stretch.content.of(text)))
        embedded = bool(text[floor : stretch.span.start].strip()) or bool(
            text[stretch.span.end : ceiling].strip(" .,!?")
        )
        if count < _STATEMENT_WORDS or (embedded and count < 8 and not text[stretch.content.start].isupper()):
            draft.status, draft.reason, draft.rule = (
                "not-a-statement",
                "words in marks with nobody said to speak them",
                "scare quotes",
            )
        else:
            draft.status, draft.reason, draft.rule = "unsure", "who says this is not told beside it", "no cue"
        return draft
    _fill(context, draft, found, drafts, reported)
    return draft


def _fill(context: Context, draft: Draft, found: _Attribution, drafts: list[Draft], reported: list[Draft]) -> None:
    draft.rule, draft.score = found.rule, found.score
    if draft.quoted and draft.quoted.rule not in ("balanced", "closed in a later paragraph"):
        draft.rule = f"{found.rule}; {draft.quoted.rule}"
    draft.cue = found.cue.span if found.cue else None
    draft.source, draft.speaker = found.source, found.speaker
    medium = medium_of_source(context, found.source)
    if medium and found.speaker is None:
        draft.medium = found.source
        author = author_of_medium(medium, draft.span.start, drafts)
        if author is None and medium in ("post", "note", "essay", "message"):
            author = _bringer(context, draft.span.start)
        draft.speaker = author
        if author is not None:
            draft.rule += "; the author of what is quoted"
    sentence_start = context.sentence_at(draft.span.start).start
    if draft.medium is None and found.cue:
        inner = found.cue.sentence
        draft.medium = context.medium_between(
            found.cue.span.end, min(inner.end, found.cue.span.end + 80)
        ) or context.medium_between(min(inner.start, sentence_start), min(found.cue.span.start, draft.span.start))
    if found.continues and drafts:
        draft.continues = next(
            (d for d in reversed(drafts) if d.status == "shown" and d.speaker == draft.speaker), None
        )
    elif found.cue is not None and drafts and _goes_on(draft, drafts[-1], found.cue, reported):
        draft.continues = drafts[-1]
    if found.mixed:
        draft.type = "mixed"
        if found.cue is not None and found.cue.span.end < draft.span.start:
            start = found.cue.span.end
            gap = context.text[start : draft.span.start]
            match = re.search(r"\bthat\s+", gap) or re.match(r"\s+(?:(?:of|about|how)\s+)?", gap)
            start += match.end() if match else 0
            draft.content = Span(min(start, draft.content.start), draft.content.end)
            draft.span = Span(draft.content.start, draft.span.end)


def _goes_on(draft: Draft, last: Draft, cue: Cue, reported: list[Draft]) -> bool:
    """Whether a stretch goes on with the one before: one cue between both, or a cue of adding and nothing else told
    since."""
    if last.status != "shown" or last.speaker != draft.speaker or draft.speaker is None:
        return False
    if last.cue == cue.span:
        return True
    since = any(last.span.end <= other.content.start < draft.span.start for other in reported)
    return cue.group == "add" and not since and draft.span.start - last.span.end < _ADDED


def _ends_open(text: str, content: Span) -> bool:
    """Whether the quotation ends in the middle of a sentence, as before "she said"."""
    last = text[content.end - 1] if len(content) else "."
    return last not in ".!?…" or text[max(content.start, content.end - 2) : content.end] in ("?!", "!!")


def _cue_after(
    context: Context, stretch: Quoted, cues: list[Cue], ceiling: int, following: Quoted | None
) -> _Attribution | None:
    """ "…," she said. — the cue right behind, unless it leads to the next quotation."""
    text = context.text
    for cue in cues:
        if cue.span.start < stretch.span.end or cue.clause_start - stretch.span.end > _NEAR_AFTER:
            continue
        gap = text[stretch.span.end : cue.clause_start if cue.rule in ("beside", "none") else cue.span.start]
        if (
            _SENTENCE_END.search(gap + " ")
            or re.search(r"[.!?;]\s", gap)
            or cue.subject is None
            or not is_source(context, cue.subject)
        ):
            return None
        open_end = _ends_open(text, stretch.content) or text[stretch.span.end : stretch.span.end + 1] == ","
        tail = text[cue.clause_end : ceiling]
        leads_on = (
            following is not None
            and ceiling == following.span.start
            and not re.search(r"[.!?]\s*\Z|[.!?][”\"’')]*\s+\S", tail)
            and len(tail) < 120
        )
        last = text[stretch.content.end - 1]
        if not open_end and leads_on and last in ".":
            return None
        if (
            not open_end
            and last == "."
            and text[cue.clause_start].isupper()
            and re.match(r"\s*(?:that\b|[,:]\s*\Z)", tail)
        ):
            return None
        # A full stop inside, then a sentence about something else that happens to have a cue.
        if not open_end and gap.strip(" ,–—-") and cue.rule != "shared":
            return None
        plain = gap.strip(" ,–—-").casefold()
        if plain and (len(plain) > 45 if cue.rule == "shared" else plain not in _JOINING):
            return None
        if not open_end and last == "." and not re.match(r"\s*(?:[.,]|\Z|(?:on|in|to|of|about|at)\b)", tail):
            return None
        speaker = speaker_of(context, cue.subject)
        return _Attribution(cue, cue.subject, speaker, f"cue after, subject {cue.rule}", score=0.95)
    return None


_SIGNATURE = re.compile(r"\s*(?:[–—]|--?)\s*(?P<name>[A-Z][^\n–—“”\"]{2,60}?)\s*\Z")


def _signed(context: Context, stretch: Quoted, paragraph: Span) -> _Attribution | None:
    """ "…" — Ana Vell: a quotation with a dash and a name, to the end of its paragraph."""
    match = _SIGNATURE.match(context.text[stretch.span.end : paragraph.end])
    if match is None:
        return None
    source = Span(stretch.span.end + match.start("name"), stretch.span.end + match.end("name"))
    speaker = speaker_of(context, source)
    if speaker is None or not context.is_person(
        next(m for m in context.mentions_between(source.start, source.end) if m.chain == speaker)
    ):
        return None
    return _Attribution(None, source, speaker, "signed with a dash", score=0.9)


def _cue_before(context: Context, stretch: Quoted, cues: list[Cue], floor: int) -> _Attribution | None:
    """She added, "…" — the last cue before it in the same sentence."""
    text = context.text
    start = _clause_floor(text, floor, stretch.span.start)
    for cue in reversed(cues):
        if cue.span.end > stretch.span.start or cue.span.start < start:
            continue
        gap = text[cue.span.end : stretch.span.start]
        if len(gap) > _NEAR_BEFORE or cue.subject is None or not is_source(context, cue.subject):
            continue
        subject = cue.subject
        inner = gap.strip()
        mixed = _is_mixed(text, stretch, gap)
        if cue.rule == "after":
            continue
        if mixed and not inner and text[stretch.content.start].islower():
            mixed = True
        speaker = speaker_of(context, subject)
        return _Attribution(cue, subject, speaker, f"cue before, subject {cue.rule}", mixed=mixed, score=0.9)
    return None


_INVERTED = re.compile(r",?\s+(?P<verb>[a-z]{3,}ed|wrote|said)\s+(?P<role>(?:[\w’'-]+\s){0,3}?)(?=[A-Z])")


def _verb_after(context: Context, stretch: Quoted) -> _Attribution | None:
    """ "…," lamented Senator Ana Vell: a finite verb and a person right behind are evidence enough."""
    text = context.text
    if not _ends_open(text, stretch.content):
        return None
    match = _INVERTED.match(text, stretch.span.end)
    if match is None:
        return None
    for mention in context.mentions_between(match.end(), match.end() + 30):
        if mention.kind == "name" and context.is_person(mention):
            between = text[match.end() : mention.span.start]
            if mention.span.start == match.end() or between.strip() in load("en", "name").meanings("title"):
                source = Span(match.start("role"), mention.span.end)
                return _Attribution(
                    None, source, speaker_of(context, mention.span), "a verb and a name behind", score=0.85
                )
        return None
    return None


_COLON = re.compile(r"\s(?P<verb>\w{3,}(?:ed|s)|wrote|said|spoke|put it)(?:\s\w+ly)?:\s*\Z")


def _verb_and_colon(context: Context, stretch: Quoted, floor: int) -> _Attribution | None:
    """ "Ana Vell sighed: “…”": a person, any finite verb and a colon are evidence enough."""
    text = context.text
    start = max(_clause_floor(text, floor, stretch.span.start), stretch.span.start - _NEAR_BEFORE)
    match = _COLON.search(text, start, stretch.span.start)
    if match is None:
        return None
    for mention in context.mentions_between(start, match.start() + 1):
        if mention.span.end == match.start() and context.is_person(mention):
            return _Attribution(None, mention.span, speaker_of(context, mention.span), "a verb and a colon", score=0.8)
    return None


def _is_mixed(text: str, stretch: Quoted, gap: str) -> bool:
    if gap.rstrip().endswith((",", ":")) or not len(stretch.content):
        return False
    if re.search(r"\b(?:that|how|why|of|about|being|as|a|an|the|her|his|their|was|is|were|are|to|not)\s*\Z", gap):
        return True
    return text[stretch.content.start].islower() and bool(gap.strip())


def _clause_floor(text: str, floor: int, position: int) -> int:
    """The start of the sentence that runs into the quotation."""
    if text[floor:position].rstrip()[-1:] in (".", "!", "?", "…"):
        return position
    start = floor
    for match in _SENTENCE_END.finditer(text, floor, position + 1):
        start = match.end()
    return start


def _medium_before(context: Context, stretch: Quoted, floor: int) -> _Attribution | None:
    """ "… shared it with the caption, “…”": a noun that carries words leads in; its sentence's subject speaks."""
    text = context.text
    start = _clause_floor(text, floor, stretch.span.start)
    lead = text[start : stretch.span.start]
    match = re.search(rf"\b(?:{words().alternatives('medium_noun')})\b(?P<rest>[^.!?]{{0,60}})\Z", lead)
    if not match or not re.search(r"(?:[,:]\s*\Z|\Z)", lead):
        return None
    kind = words().meanings("medium_noun").get(re.match(r"[\w-]+", match.group()).group(), "")  # type: ignore[union-attr]
    if kind in ("inscription", "headline") or (
        match.group("rest").strip(" ,:") and not lead.rstrip().endswith((",", ":"))
    ):
        return None
    source = leading_subject(context, Span(start, stretch.span.start), stretch.span.start)
    if source is None:
        return None
    return _Attribution(None, source, speaker_of(context, source), "introduced by its medium", score=0.8)


def _continued(
    context: Context, stretch: Quoted, floor: int, drafts: list[Draft], previous: Quoted | None
) -> _Attribution | None:
    """ "A," she said. "B" — nothing but the first one's cue clause between the two."""
    if previous is None or not drafts or drafts[-1].quoted is not previous or drafts[-1].status == "not-a-statement":
        return None
    last = drafts[-1]
    text = context.text
    between = text[previous.span.end : stretch.span.start]
    if "\n" in between or not between.strip():
        if "\n" in between or last.status != "shown":
            return None
    elif (
        last.cue is None
        or not previous.span.end <= last.cue.start < stretch.span.start
        or _SENTENCE_END.search(between.rstrip()[:-1] + "x")
    ):
        return None
    if last.source is None and last.speaker is None:
        return None
    return _Attribution(None, last.source, last.speaker, "goes on after its cue", score=0.9, continues=True)


def _sentence_before(
    context: Context,
    stretch: Quoted,
    cues: tuple[Cue, ...],
    cue_starts: list[int],
    paragraph: Span,
    floor: int,
    drafts: list[Draft],
    reported: list[Draft],
) -> _Attribution | None:
    """The sentence before it, in its paragraph, tells of speech or brings up what is quoted."""
    text = context.text
    lead = text[floor : stretch.span.start].rstrip()
    if not lead or lead[-1] not in ".:!?…" or not _stands_alone(text, stretch, paragraph):
        return None
    start = _clause_floor(text, floor, floor + len(lead) - 1)
    sentence = Span(start, stretch.span.start)
    for draft in reversed(reported):
        if draft.cue and sentence.start <= draft.cue.start < sentence.end and draft.source is not None:
            return _Attribution(
                None, draft.source, draft.speaker, "follows the same speaker's reported words", score=0.75
            )
    subject = leading_subject(context, sentence, sentence.end)
    if subject is None:
        return None
    nearby = cues[bisect_left(cue_starts, sentence.start) : bisect_right(cue_starts, sentence.end)]
    if any(cue.subject is not None for cue in nearby) or context.medium_between(sentence.start, sentence.end):
        return _Attribution(
            None, subject, speaker_of(context, subject), "introduced by the sentence before", score=0.75
        )
    return None


def _stands_alone(text: str, stretch: Quoted, paragraph: Span) -> bool:
    """Whether the stretch is a sentence of its own, not words set in marks inside one."""
    content = stretch.content.of(text)
    return len(re.findall(r"\w+", content)) >= 3 and (content[-1:] in ".!?…,’'" or stretch.runs_on)


def _own_paragraph(
    context: Context, stretch: Quoted, paragraph: Span, drafts: list[Draft], reported: list[Draft]
) -> _Attribution | None:
    """A paragraph that is nothing but a quotation: the speaker of the paragraph before goes on."""
    text = context.text
    rest = text[paragraph.start : stretch.span.start] + text[stretch.span.end : paragraph.end]
    if rest.strip(" .,") or not _stands_alone(text, stretch, paragraph):
        return None
    before = context.paragraph_before(paragraph.start)
    if before is None:
        return None
    speakers = [d for d in [*drafts, *reported] if before.start <= d.span.start < before.end and d.status == "shown"]
    if not speakers:
        sentence = context.sentence_at(max(before.start, before.end - 2))
        subject = leading_subject(context, sentence, sentence.end)
        if subject is not None and (
            text[before.start : before.end].rstrip().endswith(":")
            or context.medium_between(sentence.start, sentence.end)
        ):
            return _Attribution(
                None, subject, speaker_of(context, subject), "introduced by the paragraph before", score=0.7
            )
        return None
    last = max(speakers, key=lambda d: d.span.start)
    if len({d.speaker for d in speakers}) > 1 and last.type == "indirect":
        return None
    if last.speaker is None and last.source is None:
        return None
    return _Attribution(
        None,
        last.source,
        last.speaker,
        "the paragraph before's speaker goes on",
        score=0.7,
        continues=last.type != "indirect",
    )


def _bringer(context: Context, position: int) -> int | None:
    """The person in the sentence before, for "the note read" with no quotation earlier."""
    sentence = context.sentence_at(max(0, position - 1))
    for _ in range(3):
        subject = leading_subject(context, sentence, sentence.end)
        if subject is not None:
            return speaker_of(context, subject)
        if sentence.start == 0:
            return None
        sentence = context.sentence_at(sentence.start - 1)
    return None


def _no_statement(context: Context, stretch: Quoted, floor: int, paragraph: Span) -> str | None:
    """Why a stretch is no statement (a title, an inscription, a nickname); `None` when it may be one."""
    text = context.text
    content = stretch.content.of(text)
    if not any(character.isalnum() for character in content):
        return "no words"
    if context.block_at(stretch.span.start).kind in ("headline", "subheading"):
        return _HEADLINE
    lead = text[max(floor, stretch.span.start - 60) : stretch.span.start]
    if match := re.search(
        rf"\b(?:{words().alternatives('medium_noun')})\s+(?:that|which)\s+(?:reads?|says?|said)\s*[,:]?\s*\Z", lead
    ):
        kind = words().meanings("medium_noun").get(re.match(r"[\w-]+", match.group()).group(), "")  # type: ignore[union-attr]
        if kind == "inscription":
            return "an inscription"
    if re.search(rf"\b(?:{words().alternatives('named_noun')})\s*,?\s*\Z", lead, re.IGNORECASE):
        return "a title or a name"
    if re.search(r"\b(?:(?:is|are|was|were|been)\s+called|(?:an?|the|new)\s+[\w-]+\s+called)\s*\Z", lead):
        return "a title or a name"
    title = [word for word in re.findall(r"[^\W\d_]+", content) if len(word) > 3]
    # A comma or a full stop inside the marks may be the outlet's, where words that introduce no speech stand before.
    own_mark = content[-1] in ",." and len(content.split()) <= 5 and re.search(r"[\w’'-]\s*\Z", lead) is not None
    own_mark = own_mark and not re.search(rf"\b(?:{words().alternatives('speech_verb')})\s*\Z", lead)
    ends_plain = content[-1] not in ",.!?…" or own_mark
    if (
        ends_plain
        and title
        and all(word[0].isupper() for word in title)
        and len(content.split()) <= 7
        and not lead.rstrip().endswith((",", ":"))
    ):
        following = text[stretch.span.end : stretch.span.end + 2]
        if re.match(r"\s[a-z]", following) or re.match(r"[.,;)\s]", following):
            return "a title or a name"
    return None


def _headlines(context: Context, drafts: list[Draft]) -> None:
    """Words in marks in a headline that a quotation of the body repeats are that speaker's."""

    def plain(draft: Draft) -> str:
        return " ".join(re.findall(r"\w+", draft.content.of(context.text).casefold()))

    body = [(f" {plain(d)} ", d) for d in drafts if d.status == "shown" and d.within is None]
    for draft in drafts:
        if draft.reason != _HEADLINE or len(plain(draft).split()) < 4:
            continue
        for text, said in body:
            if f" {plain(draft)} " in text:
                draft.status, draft.reason, draft.rule = "shown", None, "a headline repeats it"
                draft.speaker, draft.source = said.speaker, None
                break


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
                    if d is not best and (d.status != "shown" or d.speaker is None or d.speaker != best.speaker):
                        d.status, d.reason, d.rule = "shown", None, "one quotation over several paragraphs"
                        d.source, d.speaker, d.cue = best.source, best.speaker, d.cue or best.cue
        run = []


def _nested(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Quotations inside quotations: shown when the outer words name who speaks, by name or by @handle."""
    found = []
    by_quoted = {id(d.quoted): d for d in drafts if d.quoted is not None}
    for stretch in context.quoted:
        if stretch.outer is None:
            continue
        outer = by_quoted.get(id(context.quoted[stretch.outer]))
        enough = _STATEMENT.match(context.text, stretch.content.start, stretch.content.end)
        if outer is None or outer.status != "shown" or not enough:
            continue
        draft = Draft(stretch.span, stretch.content, "direct", "unsure", "nested", within=outer, quoted=stretch)
        draft.reason = "quoted inside another quotation; who speaks is not told beside it"
        if source := _named_inside(context, outer.content.start, stretch.span.start):
            draft.status, draft.reason, draft.rule, draft.source = (
                "shown",
                None,
                "nested, introduced inside the quotation",
                source,
            )
            draft.speaker = (
                _by_handle(context, source) if source.of(context.text).startswith("@") else speaker_of(context, source)
            )
        found.append(draft)
    return found


def _named_inside(context: Context, start: int, position: int) -> Span | None:
    """The handle or the name in the outer quotation's words that lead to the inner one."""
    text = context.text
    start = _clause_floor(text, start, position)
    lead = text[start:position]
    carried = re.search(
        rf"\b(?:{words().alternatives('medium_noun')}|{words().alternatives('speech_verb')})\b[^.!?]{{0,20}}\Z", lead
    )
    if carried is None:
        return None
    if handle := re.search(r"@\w+", lead):
        return Span(start + handle.start(), start + handle.end())
    names = [m for m in context.mentions_between(start, position) if m.kind == "name" and context.is_person(m)]
    return names[0].span if len(names) == 1 else None


def _by_handle(context: Context, handle: Span) -> int | None:
    """The person whose full name, run together, is the handle: @anavell for Ana Vell."""
    wanted = handle.of(context.text)[1:].casefold().replace("_", "")
    for index, chain in enumerate(context.chains):
        if chain.kind == "person" and " " in chain.name and re.sub(r"\W", "", chain.name.casefold()) == wanted:
            return index
    return None
