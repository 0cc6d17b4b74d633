"""How sure it is who speaks: a probability for each attribution, a rank, and who else may be meant.

A rule says who speaks; a logistic regression over what stands around (how the source is worded, how far its name is,
who else could be "she") says how often an answer like this one is right. It is trained on texts whose speakers were
annotated by reading (train/speakers.py) and calibrated on texts that it was not trained on (Platt 1999); its file
holds weights and two thresholds. Whom it finds unsure is named with "probably", or not at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice

import msgspec

from tellings.model.records import Mention
from tellings.model.regression import logistic
from tellings.model.text import Span
from tellings.within.quotes.context import Context, Draft, endings, listed, pattern, words
from tellings.within.quotes.forms import speech_verbs
from tellings.within.quotes.speakers import is_source
from tellings.within.quotes.subjects import own_subject

#: Characters before a source within which somebody may be meant by its pronoun.
_REACH = 1500
#: Share from which one of several whom a pronoun may mean is named without "probably".
SURE_SHARE = 0.75
#: Share below which nobody is named; set on ten real stories and on invented texts of two people of one gender.
LEAST_SHARE = 0.62
#: Characters before a lone surname within which two people of that name make it nobody's.
_NAMESAKES = 600
#: Characters of a given name and what joins it to the next.
_JOINED = 40


@dataclass(frozen=True, slots=True)
class Weights:
    """The model: weight by feature, slope and offset of the calibration, and the probabilities from which a speaker is
    "said by" and "probably", for sources of a kind ("pronoun", "other")."""

    features: dict[str, float]
    slope: float
    offset: float
    said_by: dict[str, float]
    probably: dict[str, float]


def rank_speakers(context: Context, drafts: Sequence[Draft]) -> None:
    """Give each draft that names somebody its probability and rank; one that is less than probable names nobody."""
    around = Surrounding(context, drafts)
    model = weights()
    for draft in sorted(drafts, key=lambda each: each.span.start):
        if draft.status != "shown" or draft.described is None:
            continue
        kind = source_kind(context, draft)
        sure = probability(model, features(around, draft))
        if draft.continues is not None and draft.continues.probability is not None:
            sure = min(sure, draft.continues.probability)
        draft.probability = round(sure, 3)
        if _goes_on(context, draft):
            # Who was just quoted goes on, unless somebody with a name came up: no model is asked.
            draft.probability = None
            sure = model.said_by[kind] if not _named_near(around, draft) else model.probably[kind]
        if (namesakes := _namesakes(context, draft)) is not None:
            draft.others, sure = namesakes, 0.0
        if pattern("points back").search(draft.described.of(context.text)):
            sure = 0.0  # "many of whom say": the words say nothing of who it is
        platform = draft.speaker is not None and context.chains[draft.speaker].name in words().words("medium_name")
        if platform and (draft.cue is None or not is_source(context, draft.source, draft.cue)):
            draft.speaker, draft.others, sure = None, (), 0.0  # a platform says nothing
        rivalled = bool(draft.shares) and draft.shares[0] < SURE_SHARE
        if draft.shares and draft.shares[0] < LEAST_SHARE:
            sure = 0.0  # two fit nearly as well
        if draft.rank == "probably" or sure < model.said_by[kind] or rivalled or draft.disputed:
            draft.rank = "probably" if sure >= model.probably[kind] else "unsure"
        if draft.rank == "unsure":
            _leave_open(context, draft)


def _goes_on(context: Context, draft: Draft) -> bool:
    """Whether a pronoun stands for what was just quoted or told of, and no candidates were weighed: a person without a
    name, or an institution that is "it"."""
    if draft.source is None or draft.shares:
        return False
    return _stands_for_another(context, draft) or (
        draft.speaker is not None and draft.source.of(context.text).casefold() in listed("thing_pronoun")
    )


def _stands_for_another(context: Context, draft: Draft) -> bool:
    """Whether a pronoun is the source, and other words say whom it means; a description says enough by itself."""
    return draft.meant is not None and source_kind(context, draft) == "pronoun"


def _named_near(around: Surrounding, draft: Draft) -> bool:
    """Whether somebody is named between the words for who speaks, as they stand last, and the pronoun for them."""
    if draft.meant is None or draft.source is None:
        return False
    last = around.last_told(draft.source.start)
    again = last is not None and last.source is not None and last.described == draft.meant
    end = last.source.end if again and last is not None and last.source is not None else draft.meant.end
    return any(m.span.start > end for m in around.people_before(draft.source.start, None))


def _namesakes(context: Context, draft: Draft) -> tuple[int, ...] | None:
    """The people of one surname where the source is only that and nothing beside it says which; else `None`."""
    if draft.source is None or draft.speaker is None:
        return None
    mention = context.mention_in(draft.source)
    word = draft.source.of(context.text)
    if mention is not None and not listed("told_apart").isdisjoint(word.casefold().split()):
        word = mention.span.of(context.text)  # "the younger Vell"
    if not word[0].isupper() or mention is None:
        return None
    near = context.mentions_between(max(0, draft.source.start - _NAMESAKES), draft.source.start)
    found: dict[int, None] = {}
    for m in reversed(near):
        if m.kind != "name" or m.chain is None or m.span.of(context.text).split()[1:][-1:] != [word]:
            continue
        if context.chains[m.chain].kind == "person":
            found[m.chain] = None
            found.update(dict.fromkeys(_joined_by_given_name(context, m)))
    return tuple(found) if len(found) > 1 else None


def _joined_by_given_name(context: Context, named: Mention) -> Iterator[int]:
    """Who is named before somebody by the given name alone: "|Jon| and Karl Lind" are two of one surname."""
    near = context.mentions_between(max(0, named.span.start - _JOINED), named.span.start)
    for m in near:
        between = context.text[m.span.end : named.span.start]
        alone = m.kind == "name" and " " not in m.span.of(context.text)
        if alone and m.chain is not None and between.strip() in listed("subject_joint"):
            yield m.chain


def _leave_open(context: Context, draft: Draft) -> None:
    """Take the name from a draft whose speaker is not even probable; who may be meant stays."""
    if draft.speaker is not None:
        draft.others = (draft.speaker, *draft.others)[:3]
    draft.status, draft.speaker = "unsure", None
    names = [context.chains[chain].name for chain in draft.others]
    if names:
        draft.reason = f"who speaks is not sure: {', or '.join(names)}"
    elif draft.source is not None and source_kind(context, draft) == "pronoun":
        draft.reason = f"who “{draft.source.of(context.text)}” is cannot be told"
    else:
        draft.reason = "who speaks is not sure"


def probability(model: Weights, found: Sequence[str]) -> float:
    """How often an attribution with these features is right, from 0 to 1, calibrated."""
    weight = model.features
    score = sum([weight[each] for each in found if each in weight])
    return logistic(model.slope * score + model.offset)


@cache
def weights() -> Weights:
    """The trained model. Raises msgspec.DecodeError where its file is broken."""
    file = resources.files("tellings").joinpath("data", "en", "quote", "speakers.json")
    return msgspec.json.decode(file.read_bytes(), type=Weights)


class Surrounding:
    """What the features of a telling's drafts are read from, looked up once."""

    def __init__(self, context: Context, drafts: Sequence[Draft]) -> None:
        self.context = context
        self.told = sorted(
            (draft for draft in drafts if draft.status == "shown" and draft.source is not None), key=_source_start
        )
        self._starts = [_source_start(draft) for draft in self.told]
        self.genders = [
            sum(chain.gender in (gender, "unknown") and chain.kind == "person" for chain in context.chains)
            for gender in ("male", "female")
        ]

    def last_told(self, position: int) -> Draft | None:
        """The last draft whose source ends before a position."""
        index = bisect_left(self._starts, position) - 1
        return self.told[index] if index >= 0 else None

    def people_before(self, position: int, gender: str | None) -> Iterator[Mention]:
        """Names of people who may be of a gender, nearest first, outside marks."""
        context = self.context
        for mention in reversed(context.mentions_between(max(0, position - _REACH), position)):
            if mention.kind != "name" or mention.chain is None or context.in_quotation(mention.span.start):
                continue
            chain = context.chains[mention.chain]
            if chain.kind in ("person", "unknown") and (gender is None or chain.gender in (gender, "unknown")):
                yield mention


def _source_start(draft: Draft) -> int:
    return draft.source.start if draft.source is not None else draft.span.start


def source_kind(context: Context, draft: Draft) -> str:
    """ "pronoun" where the source is one, or goes on from one; else "other"."""
    source = draft.source
    return "pronoun" if source is not None and source.of(context.text).casefold() in _pronouns() else "other"


@cache
def _pronouns() -> frozenset[str]:
    return listed("personal_pronoun")


def features(around: Surrounding, draft: Draft) -> list[str]:
    """What the model looks at, as names of features that hold."""
    context, source = around.context, draft.source
    text = context.text
    rule = draft.rule.split(";")[0].split(", inside")[0]
    found = ["", f"type={draft.type}", f"rule={rule}", f"nested={draft.within is not None}"]
    found.extend(f"also={part.strip()}" for part in draft.rule.split(";")[1:])
    chain = context.chains[draft.speaker] if draft.speaker is not None else None
    kind = "none" if source is None else source_kind(context, draft)
    mention = context.mention_in(source) if source is not None else None
    if kind == "other":
        kind = mention.kind if mention is not None else "phrase"
    found += [f"kind={kind}", f"rule={rule}|kind={kind}", f"chain={chain.kind if chain else None}|kind={kind}"]
    found.append(f"meant={_stands_for_another(context, draft)}")
    if draft.cue is not None:
        verb = draft.cue.of(text).casefold()
        # By the ending of the whole cue, as the model was trained.
        found += [f"cue={verb}", f"participle={verb.endswith(endings('participle_ending'))}"]
        sentence = context.sentence_at(draft.cue.start)
        told = (m for m in speech_verbs(text, sentence.start, sentence.end) if not context.in_quotation(m.start()))
        found.append(f"verbs={sum(1 for _ in islice(told, 4))}")
        if source is not None:
            behind = source.start > draft.cue.start
            distance = draft.cue.start - source.end if not behind else source.start - draft.cue.end
            found += [f"behind={behind}", f"away={min(max(distance, 0) // 8, 8)}|{behind}"]
    if source is not None and kind != "pronoun":
        found.extend(_of_words(context, source, mention))
    if chain is not None:
        found.append(f"full={' ' in chain.name}|{chain.kind}")
        inside = context.mentions_between(draft.content.start, draft.content.end)
        itself = any(m.kind == "name" and m.chain == draft.speaker for m in inside)
        found.append(f"in its own words={itself}|{draft.type}|{kind}")
    if kind in ("pronoun", "none") or draft.rank == "probably":
        found.extend(_of_pronoun(around, draft, kind))
    return found


def _of_words(context: Context, source: Span, mention: Mention | None) -> list[str]:
    """Features of a source that is no pronoun."""
    parts = source.of(context.text).split()
    last = parts[-1].casefold().strip(",.")
    before = context.text[max(0, source.start - 30) : source.start]
    folded = [part.casefold() for part in parts]
    return [
        f"words={min(len(parts), 6)}",
        f"of={not listed('noun_joint').isdisjoint(folded)}",
        f"and={not listed('subject_joint').isdisjoint(folded)}",
        f"comma={',' in source.of(context.text)}",
        f"medium={last in listed('medium_noun', 'medium_name')}",
        f"plain={last in listed('source_noun', 'source_person')}",
        f"digits={parts[0][0].isdigit()}",
        f"capital={parts[0][0].isupper()}|{mention is not None}",
        f"starts={folded[0] if folded[0] in listed('source_determiner') else ''}",
        f"before={_last_word(before)}",
        f"mark={before.rstrip()[-1:] if not before.rstrip()[-1:].isalnum() else 'word'}",
    ]


def _last_word(before: str) -> str:
    match = re.search(r"([a-z]{1,6})\W*\Z", before)
    return match[1] if match else ""


def _of_pronoun(around: Surrounding, draft: Draft, kind: str) -> list[str]:
    """Features of an answer to who a pronoun, or nobody written there, is."""
    context, text = around.context, around.context.text
    place = draft.source.start if draft.source is not None and kind == "pronoun" else draft.span.start
    word = draft.source.of(text).casefold() if draft.source is not None and kind == "pronoun" else ""
    gender = words().meanings("one_person").get(word)
    found = [f"pronoun={word}|{kind}"]
    if draft.shares:
        first, second = draft.shares[0], draft.shares[1] if len(draft.shares) > 1 else 0.0
        found += [
            f"share={int(first * 10)}",
            f"share={int(first * 10)}|agreed={draft.agreed}",
            f"margin={int((first - second) * 5)}|agreed={draft.agreed}",
            f"sure={first > 0.95}|{first > 0.985}|{draft.agreed}",
        ]
    chain = context.chains[draft.speaker] if draft.speaker is not None else None
    people = list(around.people_before(place, gender))
    near = [m for m in people if place - m.span.start < 500]
    found.append(f"could={min(len({m.chain for m in people}), 5)}|{kind}")
    found.append(f"could near={min(len({m.chain for m in near}), 4)}|{kind}")
    if gender is not None:
        found.append(f"in all={min(around.genders[gender == 'female'], 5)}")
    last = around.last_told(place)
    if last is not None:
        same = last.speaker == draft.speaker and last.speaker is not None
        named = last.source is not None and any(
            m.kind == "name" for m in context.mentions_between(last.source.start, last.source.end)
        )
        far = min((place - last.span.end) // 300, 3) if place > last.span.end else -1
        found += [f"told={same}|{named}", f"told={same}|far={far}", f"told={same}|{kind}"]
    else:
        found.append(f"told=nobody|{kind}")
    if chain is not None:
        found.append(f"known={chain.gender != 'unknown'}|{gender is not None}")
        names = [m for m in people if m.chain == draft.speaker]
        if names:
            name = names[0]
            order = next(index for index, m in enumerate(people) if m.chain == draft.speaker)
            sentence = context.sentence_at(name.span.start)
            subject = own_subject(context, sentence)
            leads = subject is not None and subject.overlaps(name.span)
            between = text.count(". ", name.span.end, place) + text.count("\n", name.span.end, place)
            found += [
                f"order={min(order, 3)}",
                f"sentences={min(between, 5)}",
                f"leads={leads}|order={min(order, 2)}",
                f"leads={leads}|sentences={min(between, 3)}",
                f"lines={min(text.count(chr(10), name.span.end, place), 3)}",
            ]
            governed = (
                pattern("governed right before").search(text, max(0, name.span.start - 12), name.span.start) is not None
            )
            found.append(f"governed={governed}|{people[0].chain == draft.speaker}")
            before = context.sentence_at(max(0, context.sentence_at(place).start - 2))
            subject = own_subject(context, before)
            about = context.mention_in(subject) if subject is not None else None
            if about is not None and about.chain is not None:
                fits = gender is None or context.chains[about.chain].gender in (gender, "unknown")
                found.append(f"about={about.chain == draft.speaker}|{fits}")
            else:
                found.append("about=nobody")
        else:
            found.append("never named near")
    return found
