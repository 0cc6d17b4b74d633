"""Who "he" or "she" is as a source: the candidates weighed against one another.

Every person named before who may be of that gender is a candidate; a log-linear model over where and how each was
named last, who was quoted last and who the text is about gives each a share (Denis and Baldridge 2008 rank candidates
for a pronoun in this way). Its weights are trained by train/speakers.py, on pronouns made of names and on stories
read by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from tellings.language.base import UNDECLARED
from tellings.model.records import Chain, Mention
from tellings.model.regression import shipped, softmax
from tellings.model.text import Span
from tellings.within.quotes.context import Context, Draft, head_words, listed, pattern, words
from tellings.within.quotes.subjects import own_subject

#: Characters before a pronoun within which its person was named, most candidates, least share of one that is a rival.
_REACH, _MOST, RIVAL = 4000, 12, 0.04
#: The last drafts whose speakers count.
_RECENT = 6
#: Characters before a pronoun in which another name may be the one that is meant.
_NEAR = 400


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be meant: the chain, the last mention before the pronoun that is none, and all such mentions."""

    chain: int
    last: Mention
    named: tuple[Mention, ...]


def resolve_pronouns(context: Context, drafts: Sequence[Draft], model: Mapping[str, float] | None = None) -> None:
    """Give each draft whose source is "he" or "she" the likeliest person, with the others who may be meant.

    `model`: weights in place of those that are shipped.
    """
    model = shipped(UNDECLARED, "quote", "pronouns") if model is None else model
    answers: dict[Span, tuple[tuple[int, float], ...]] = {}
    told: list[Draft] = []
    speakers: set[int | None] = set()
    for draft in sorted(drafts, key=_place):
        source = draft.source
        if draft.status == "shown" and source is not None and pronoun_of(context, source) and draft.meant is None:
            if source not in answers:
                answers[source] = shares(context, draft, told, model, speakers)
            ranked = answers[source]
            answer = ranked[0][0] if ranked else None
            draft.agreed = answer == draft.speaker
            draft.disputed = draft.speaker is not None and not draft.agreed
            draft.disputed = draft.disputed or _behind_somebody_unnamed(context, source, answer, told)
            draft.disputed = draft.disputed or _since_another_name(context, source, answer)
            draft.speaker = answer
            draft.shares = tuple(share for _, share in ranked)
            draft.others = tuple(chain for chain, share in ranked[1:3] if share >= RIVAL)
        if draft.status == "shown" and source is not None:
            told.append(draft)
            speakers.add(draft.speaker)
    for draft in drafts:
        if draft.continues is not None and draft.continues.speaker != draft.speaker:
            draft.continues = None


def _behind_somebody_unnamed(context: Context, source: Span, answer: int | None, told: Sequence[Draft]) -> bool:
    """Whether one person without a name was quoted in the sentence before, and whom the pronoun is taken for was not
    brought up since: "Karl Moe left. … The official said … |He| said"; or the pronoun follows one so disputed."""
    last = next((each for each in reversed(told) if each.source is not None and each.source.start < source.start), None)
    if last is not None and last.disputed and last.speaker == answer and pronoun_of(context, last.source) is not None:
        return True
    if last is None or last.speaker is not None or last.described is None or last.source is None:
        return False
    head = head_words(last.described.of(context.text))
    near = context.story_index(source.start) - context.story_index(last.source.start) <= 1
    if not head or head[-1] not in listed("source_person") or not near:
        return False
    since = context.mentions_between(last.source.start, source.start)
    return not any(mention.chain == answer and mention.kind != "pronoun" for mention in since)


def _since_another_name(context: Context, source: Span, answer: int | None) -> bool:
    """Whether a name of several words that may be a person's opened a sentence shortly before, and whom a pronoun is
    taken for was not brought up since: "Karl Moe left. … Raed Zakt fled at ten. … |He| said"."""
    near = context.mentions_between(max(0, source.start - _NEAR), source.start)
    since = False
    for mention in near:
        chain = context.chains[mention.chain] if mention.chain is not None else None
        if mention.kind == "pronoun" or chain is None:
            continue
        if mention.chain == answer:
            since = False
        elif (
            chain.kind == "unknown"
            and chain.gender == "unknown"
            and " " in mention.span.of(context.text)
            and not context.in_quotation(mention.span.start)
            and not context.text[context.sentence_at(mention.span.start).start : mention.span.start].strip()
        ):
            since = True
    return since


def _place(draft: Draft) -> tuple[int, int]:
    return (draft.source.start if draft.source is not None else draft.span.start, draft.span.start)


def pronoun_of(context: Context, source: Span | None) -> str | None:
    """ "male" or "female" where a source is a pronoun of one person, else `None`."""
    return words().meanings("one_person").get(source.of(context.text).casefold()) if source is not None else None


def shares(
    context: Context,
    draft: Draft,
    told: Sequence[Draft],
    model: Mapping[str, float],
    speakers: Set[int | None] | None = None,
) -> tuple[tuple[int, float], ...]:
    """(chain, share) of each candidate, likeliest first; the shares sum to 1. Empty without a candidate."""
    rows = list(candidates(context, draft, told, speakers))
    if not rows:
        return ()
    parts = softmax([sum(model.get(feature, 0.0) for feature in found) for _, found in rows])
    ranked = sorted(((part, -index) for index, part in enumerate(parts)), reverse=True)
    return tuple((rows[-index][0].chain, round(share, 4)) for share, index in ranked)


def candidates(
    context: Context, draft: Draft, told: Sequence[Draft], speakers: Set[int | None] | None = None
) -> Iterator[tuple[Candidate, list[str]]]:
    """Who may be meant by a draft's pronoun, nearest first, each with its features. `told` are the drafts with a source
    before it, in order, with their speakers; `speakers` these, where they are known already."""
    if speakers is None:
        speakers = {each.speaker for each in told}
    source = draft.source
    gender = pronoun_of(context, source)
    if source is None or gender is None:
        return
    place = source.start
    found: dict[int, list[Mention]] = {}
    for mention in reversed(context.mentions_between(max(0, place - _REACH), place)):
        # "Her husband" brings a person up as a name does, where it is known who that is.
        if mention.kind == "pronoun" or mention.chain is None:
            continue
        chain = context.chains[mention.chain]
        # A single word that is not known to be a person's is as often a place or a firm.
        person = chain.kind == "person" or (chain.kind == "unknown" and mention.chain in speakers)
        if person and (chain.gender in (gender, "unknown") or _told_later(context, chain, place)):
            found.setdefault(mention.chain, []).append(mention)
    outside = {
        chain: [m for m in named if not context.in_quotation(m.span.start)] or named for chain, named in found.items()
    }
    order = sorted(outside, key=lambda chain: -outside[chain][0].span.start)[:_MOST]
    around = _Around(context, draft, place, told)
    persons = sum(context.chains[chain].kind == "person" for chain in order)
    for index, place_of in enumerate(order):
        candidate = Candidate(place_of, outside[place_of][0], tuple(outside[place_of]))
        yield candidate, _features(around, candidate, index, persons, len(order))


def _told_later(context: Context, chain: Chain, place: int) -> bool:
    """Whether only pronouns behind a place tell the gender of a chain: they are no more than answers themselves."""
    if chain.gender_by != "pronoun":
        return False
    linked = (context.mentions[index] for index in chain.mentions)
    return all(mention.kind != "pronoun" or mention.span.start >= place for mention in linked)


class _Around:
    """What the features of all candidates of one pronoun have in common."""

    def __init__(self, context: Context, draft: Draft, place: int, told: Sequence[Draft]) -> None:
        self.context, self.draft, self.place = context, draft, place
        before = (each for each in reversed(told) if each.source is not None and each.source.start < place)
        self.told = list(islice(before, _RECENT))[::-1]
        self.sentence = context.sentence_at(place)
        self.index = context.story_index(place)
        self.before = context.sentence_before(place)
        self.subject = self._subject(self.before)
        self.own = self._subject(Span(self.sentence.start, place)) if place > self.sentence.start + 4 else None
        self.paragraph = context.paragraph_at(place)

    def _subject(self, sentence: Span) -> int | None:
        found = own_subject(self.context, sentence)
        mention = self.context.mention_in(found) if found is not None else None
        return mention.chain if mention is not None else None


def _features(around: _Around, candidate: Candidate, order: int, persons: int, count: int) -> list[str]:
    context, text, last = around.context, around.context.text, candidate.last
    chain = context.chains[candidate.chain]
    marked = context.in_quotation(last.span.start)
    breaks = text.count("\n", last.span.end, around.place)
    sentences = min(around.index - context.story_index(last.span.start), 6)
    same_sentence = last.span.start >= around.sentence.start
    home = context.sentence_at(last.span.start)
    subject = own_subject(context, home)
    leads = subject is not None and subject.overlaps(last.span)
    before = text[max(0, last.span.start - 16) : last.span.start]
    governed = pattern("governed before").search(before) is not None
    listens = pattern("listens").search(before) is not None
    owner = text[last.span.end : last.span.end + 2] in ("’s", "'s")
    captioned = last.span.end < around.paragraph.start and not context.ends_sentence(context.paragraph_at(home.start))
    inside = any(
        m.chain == candidate.chain and m.kind == "name"
        for m in context.mentions_between(around.draft.content.start, around.draft.content.end)
    )
    found = [
        f"order={min(order, 4)}",
        f"order={min(order, 4)}|of={min(count, 4)}",
        f"alone={persons == 1 and chain.kind == 'person'}",
        f"kind={chain.kind}|gender={chain.gender != 'unknown'}",
        f"known={chain.gender != 'unknown'}|others={min(persons, 3)}",
        f"sentences={sentences}",
        f"breaks={min(breaks, 4)}",
        f"leads={leads}|same={same_sentence}|sentences={min(sentences, 2)}",
        f"governed={governed}|sentences={min(sentences, 2)}",
        f"listens={listens}",
        f"owner={owner}",
        f"marked={marked}",
        f"inside={inside}|{around.draft.type}",
        f"about={around.subject == candidate.chain}|{around.subject is not None}",
        f"own={around.own == candidate.chain}|{around.own is not None}",
        f"times={min(len(candidate.named), 5)}",
        f"linked={around.draft.speaker == candidate.chain}|{around.draft.speaker is not None}",
        f"full={last.span.of(text).count(' ') > 0}|{last.kind}",
        f"behind={around.draft.cue is not None and around.draft.cue.start < around.place}",
        f"residue={not context.block_at(last.span.start).story}",
        f"caption={captioned}",
        f"apart={context.residue_between(last.span.end, around.place)}|breaks={min(breaks, 2)}",
    ]
    if around.told:
        latest = around.told[-1]
        same = latest.speaker == candidate.chain
        far = min((around.place - latest.span.end) // 250, 4) if around.place > latest.span.end else -1
        pronoun = pronoun_of(context, latest.source) is not None
        found += [
            f"told={same}|far={far}",
            f"told={same}|{latest.speaker is not None}|pronoun={pronoun}",
            f"told={same}|about={around.subject == candidate.chain}|{around.subject is not None}",
            f"told={same}|order={min(order, 2)}",
            f"told often={min(sum(d.speaker == candidate.chain for d in around.told), 4)}",
            f"told and same paragraph={same}|{latest.span.end >= around.paragraph.start}",
        ]
    else:
        found.append("first to speak" + f"|order={min(order, 3)}")
    return found
