"""Verbs of speech outside quotation marks, each with its subject."""

from __future__ import annotations

import re

from tellings.model.rules import load
from tellings.model.text import Span
from tellings.model.tokens import tokens_of
from tellings.within.quotes import no_cue, participles
from tellings.within.quotes.context import Context, endings, head_words, is_participle, keyed, listed, pattern, words
from tellings.within.quotes.forms import BESIDE, Cue, Decision, Form, floor, verb_of_speech
from tellings.within.quotes.nouns import claims
from tellings.within.quotes.shared import without_own_subject
from tellings.within.quotes.subjects import (
    carries_words,
    clause_before,
    is_medium,
    leading_subject,
    of_several,
    subject_after,
    subject_before,
    trimmed_source,
)

#: Verbs of speech beyond which a sentence is asked whether it is one, and the words to each that it has then at least:
#: no sentence of prose holds so many, and in a chant, a list or a page made to stop the program each would be looked
#: into for who speaks.
_MANY, _WORDS_TO_EACH = 12, 8
#: Words of a subject that is a determiner and a noun for somebody.
_SOMEBODY = 2


def find_cues(context: Context) -> tuple[Cue, ...]:
    """All cues of the telling's story sentences, in order."""
    found: list[Cue] = []
    verb = verb_of_speech()
    for sentence in context.story:
        in_sentence: list[Cue] = []
        if not verb.may_stand(tokens_of(context.text).words(sentence.start, sentence.end)):
            continue
        nouns = {claim.noun.start for claim in claims(context, sentence)}
        verbs = [
            match
            for match in verb.finditer(context.text, sentence.start, sentence.end)
            if not context.in_quotation(match.start()) and match.start() not in nouns
        ]
        if len(verbs) > _MANY and len(verbs) * _WORDS_TO_EACH > len(sentence.of(context.text).split()):
            continue
        for match in verbs:
            if cue := _cue(Form(context, sentence, match, tuple(in_sentence))):
                in_sentence.append(cue)
        found.extend(in_sentence)
    return tuple(found)


def _cue(form: Form) -> Cue | None:
    """The cue that a form is, with its subject; the first step that decides does. `None` for what is no cue."""
    for step in _STEPS:
        decision = step(form)
        if decision is not None:
            return decision if isinstance(decision, Cue) else None
    return without_own_subject(form)


def _noun(form: Form) -> Decision:
    return "no cue" if no_cue.is_noun(form) else None


def _moved_to_say(form: Form) -> Decision:
    """ "the fire prompted |Ana Vell| to warn that", "|Two clerks| have come forward to accuse"."""
    if form.near.isdisjoint(listed("infinitive_mark")):
        return None
    if (moved := pattern("moved to say").search(form.before)) is not None:
        return form.cue(trimmed_source(form.context, form.group_of(moved)), "beside")
    out = pattern("come out to say").match(form.before)
    return form.cue(form.group_of(out).trimmed(form.text), "beside") if out is not None else None


def _not_said(form: Form) -> Decision:
    """An infinitive, but of who goes on to say it; an order."""
    infinitive = form.infinitive and not form.went_on
    return "no cue" if infinitive or form.stands(keyed("let us")) else None


def _of_the_accused(form: Form) -> Decision:
    """ "has been accused by |Ana Vell| of"."""
    if not form.past or not form.passive:
        return None
    accused = pattern("accused by somebody").match(form.text, form.span.start, form.sentence.end)
    if accused is None:
        return None
    return form.cue(trimmed_source(form.context, Span(*accused.span("who"))), "beside")


def _in_the_passive(form: Form) -> Decision:
    """ "was told by |Ana Vell|"; without "by" it is nobody's."""
    if not form.passive or is_participle(form.word):
        return None
    agent = _agent(form.context, form.span)
    return form.cue(agent, "after") if agent is not None and len(agent) else "no cue"


def _no_saying(form: Form) -> Decision:
    return "no cue" if no_cue.no_saying(form) else None


def _quoted_by_another(form: Form) -> Decision:
    """ "The Post quoted |Ana Vell| as saying"."""
    quoted = _quoted_as(form.context, form.sentence, form.span)
    return form.cue(quoted, "beside") if quoted is not None else None


def _denied_in_future(form: Form) -> Decision:
    """ "the office will |reject| new papers": what it is going to do."""
    denies = words().meanings("stance").get(form.folded) == "denies"
    return "no cue" if denies and form.is_behind("will right before") else None


def _what_says_so(form: Form) -> Decision:
    """ "a statement that said it sank"."""
    medium = pattern("what says so").search(form.before) if not form.participle else None
    if medium is None:
        return None
    return form.cue(_who_issued(form.context, form.sentence, form.left, medium), "beside")


def _own_subject(form: Form) -> Decision:
    """The cue with the subject that stands before it."""
    subject = participles.subject_of(form) if form.participle else None
    if isinstance(subject, Cue):
        return subject
    subject = subject or subject_before(form.context, form.left, form.span.start, mentions_only=form.participle)
    if subject is not None:
        told = _told_there(form, trimmed_source(form.context, subject))
        if isinstance(told, Cue):
            return told
        subject = told
    if (decision := _done_by(form, subject)) is not None or subject is None:
        return decision
    return _said_by(form, subject)


def _told_there(form: Form, subject: Span) -> Span | Cue:
    """A subject in which another verb of speech stands with its own: "papers revealed |the clerk| urged"; or whose
    this verb is, too: "|a man| told it Holm rang and said"."""
    teller = _teller_in(form.text, subject, form.earlier)
    if teller is None:
        return subject
    if teller.span.end == subject.end and teller.subject is not None:
        mention = form.context.mention_in(teller.subject)
        if mention is None or mention.span != teller.subject:
            return subject  # "residents from three neighbouring |states|"
        return form.cue(teller.subject, "shared")  # "|Vell| claims it sank and says"
    between = form.text[subject.end : form.span.start].casefold().split()
    told = _subject_told(form.text, teller.span.end, subject)
    if not between and _is_somebody(form.context, told):
        return told
    return form.cue(teller.subject, "shared") if listed("relative_subject").isdisjoint(between) else subject


def _done_by(form: Form, subject: Span | None) -> Decision:
    """A past participle with "by" behind it: ", dubbed by |Vell| a", "a charge dismissed by |Ana Vell| as a lie", "the
    man described by |the Post| as old"."""
    if not form.past or not form.next_is("by next") or (subject is None and not form.behind_comma):
        return None
    agent = _agent(form.context, form.span)
    if agent is not None:
        return form.cue(agent, "after")
    return "no cue" if subject is None or form.context.mention_in(subject) is None else None


def _said_by(form: Form, subject: Span) -> Decision:
    """The cue with a subject, unless that shows it to be none."""
    context = form.context
    if pattern("finite verb first").match(form.text, form.span.end + 1):
        subject = _who_says_so_of(context, subject)
    if form.past and _of_the_noun_behind(context, subject, form.span):
        return "no cue"  # "a third |suspected| fire"
    if form.participle:
        subject = participles.of_its_clause(form, subject)
    if any(reason(form, subject) for reason in (_of_a_people, _of_one, _noun_in_the_plural, _shared_medium)):
        return "no cue"
    behind = _named_behind(form, subject) if not form.participle else None
    return form.cue(behind, "after") if behind is not None else form.cue(subject, "beside")


#: What decides whether a form is a cue, and whose, in this order.
_STEPS = (
    _noun,
    _moved_to_say,
    _not_said,
    _of_the_accused,
    _in_the_passive,
    _no_saying,
    _quoted_by_another,
    _denied_in_future,
    participles.decided,
    _what_says_so,
    _own_subject,
)


def _shared_medium(form: Form, subject: Span) -> bool:
    """ "a post |shared| from the harbour": nobody speaks here."""
    return (
        form.past
        and is_medium(subject.of(form.text))
        and listed("institution_noun").isdisjoint(subject.of(form.text).casefold().split()[-1:])
        and _passive_tail().match(form.text, form.span.end) is not None
    )


def _subject_told(text: str, start: int, subject: Span) -> Span:
    """What stands in a subject behind a verb that ends at `start`, without the conjunction of what is told."""
    told = Span(start, subject.end).trimmed(text)
    first, _, rest = told.of(text).partition(" ")
    return Span(told.end - len(rest.lstrip()), told.end) if first in listed("clause_conjunction") and rest else told


def _is_somebody(context: Context, subject: Span) -> bool:
    """Whether what is told of is a person, a name or a described source."""
    last = subject.of(context.text).split()[-1]
    people = listed("source_person", "source_noun", "institution_noun", "several_word")
    return last[0].isupper() or last.casefold() in people or context.mention_in(subject) is not None


def _teller_in(text: str, subject: Span, earlier: tuple[Cue, ...]) -> Cue | None:
    """An earlier verb that stands with its own subject in what was taken as the subject of the next."""
    return next(
        (
            cue
            for cue in reversed(earlier)
            if cue.subject is not None
            and cue.subject.start == subject.start
            and cue.span.end <= subject.end
            and not text[cue.subject.end : cue.span.start].strip()
            and cue.group != "label"
            and (
                cue.span.end == subject.end
                or cue.span.of(text).endswith(endings("past_ending"))
                or cue.span.of(text) in listed("irregular_past")
            )
        ),
        None,
    )


def _who_issued(context: Context, sentence: Span, left: int, medium: re.Match[str]) -> Span:
    """Who speaks in "a statement that said": who put it out, where the sentence tells that, else what says so."""
    issued = not listed("posting", "put_in").isdisjoint(medium.string[: medium.start()].split()[-1:])
    who = leading_subject(context, sentence, left + medium.start("medium")) if issued else None
    return who or Span(left + medium.start("medium"), left + medium.end("medium"))


def _of_a_people(form: Form, subject: Span) -> bool:
    """Whether a form that can be a noun is one that an adjective stands before: "the Merrinese demands were met",
    "Viral tweets alleged"."""
    last = subject.of(form.text).split()[-1].casefold()
    if last in load("en", "name").words("people_word") and form.noun_too:
        near = form.text[max(0, form.span.start - BESIDE) : form.span.start]
        if pattern("preposition before an adjective").search(near):
            return True  # "rules against Democratic |claims|"
    several = of_several([last]) or last in listed("source_alone")
    if subject.of(form.text).casefold() == last and not several and form.context.mention_in(subject) is None:
        return form.noun_too  # "Immediate |calls for| revenge"
    return (
        (last in load("en", "name").words("people_word") or form.context.mention_in(subject) is None)
        and form.noun_too
        and pattern("finite verb first").match(form.text, form.span.end + 1) is not None
    )


def _noun_in_the_plural(form: Form, subject: Span) -> bool:
    """Whether a form in -s that is a noun as well is one, as the words before it are no subject of a verb in the
    singular: they end in an adjective, a number or a modifier ("Vell’s more incendiary |remarks|", "at least three
    |states|"), or are of several ("some of the news |reports|")."""
    if not form.folded.endswith(endings("plural_ending")) or pattern("noun too").fullmatch(form.folded) is None:
        return False
    if form.context.mention_in(subject) is not None:
        return False
    parts = subject.of(form.text).casefold().split()
    somebody = len(parts) == _SOMEBODY and parts[0] in listed("source_determiner")
    if somebody and parts[-1].endswith(endings("adjective_or_noun_ending")) and form.next_is("that right behind"):
        return False  # "the fugitive |claims| that": a noun that ends as adjectives do
    known = listed("source_person", "source_noun", "institution_noun", "medium_noun", "account_noun", "source_alone")
    last = parts[-1]
    if last in known or (last.isdigit() and len(last) == 4):
        return False
    return (
        last.isdigit()
        or last in listed("modifier_noun", "number_word", "several_word")
        or last.endswith(endings("adjective_ending"))
        or parts[0] in listed("several_first")
    )


def _of_the_noun_behind(context: Context, subject: Span, verb: Span) -> bool:
    """Whether a past form is no verb but says more of the noun behind it, as a determiner or a number stands before it
    and nothing else: "another |suspected| gang boss", "two |confirmed| cases"."""
    first, *others = subject.of(context.text).casefold().split()
    behind = pattern("bare noun next").match(context.text, verb.end)
    if behind is None or behind.group().strip().endswith(endings("participle_ending")):
        return False
    numbers = words().words("number_word")
    counts = first in numbers or first.isdigit()
    return (counts or first in listed("one_determiner")) and all(
        word in numbers or word in listed("place_in_a_row") for word in others
    )


def _of_one(form: Form, subject: Span) -> bool:
    """Whether a form that is a noun as well and no singular verb follows somebody single: "a former Liberal |state|
    lawmaker"; behind an auxiliary it is a verb."""
    inflected = (*endings("plural_ending"), *endings("past_ending"), *endings("participle_ending"))
    plain = not form.folded.split()[0].endswith(inflected)
    if not plain or pattern("noun too").fullmatch(form.folded) is None:
        return False
    if not form.near.isdisjoint(listed("finite_auxiliary", "infinitive_mark")):
        return False
    parts = subject.of(form.text).casefold().split()
    mention = form.context.mention_in(subject)
    if mention is None and not of_several(head_words(subject.of(form.text))):
        return True  # "it deepens a diplomatic |dispute|", "an early |report|"
    person = mention is not None and mention.kind == "name" and form.context.is_person(mention) and len(parts) > 1
    if parts[-1] in load("en", "name").words("people_word"):
        return True  # "Merrinese |state| radio"
    return listed("subject_joint").isdisjoint(parts) and (parts[0] in listed("indefinite") or person)


def _quoted_as(context: Context, sentence: Span, verb: Span) -> Span | None:
    """Who is quoted by another: "The Post quoted |Ana Vell| as saying", "|Ana Vell| was quoted as saying"."""
    text = context.text
    if not text.endswith(endings("quoting_word"), sentence.start, verb.start):
        return None
    if match := pattern("quoted as").search(text, sentence.start, verb.start):
        return Span(*match.span("who")).trimmed(text)
    if match := pattern("was quoted as").search(text, sentence.start, verb.start):
        return subject_before(context, sentence.start, match.start("verb"), mentions_only=False)
    return None


def source_at(context: Context, sentence: Span, verb: Span) -> Span | None:
    """The source of a word that is taken for a cue, whether it is in the word list or not."""
    left = floor(context, sentence, verb.start)
    participle = is_participle(verb.of(context.text))
    return (
        subject_before(context, left, verb.start, mentions_only=participle)
        or subject_after(context, sentence, verb, context.text[left : verb.start])
        or leading_subject(context, sentence, verb.start)
        or clause_before(context, max(left, sentence.start), verb.start)
    )


def _agent(context: Context, verb: Span) -> Span | None:
    """The one named behind "by" and a participle."""
    for mention in context.mentions_between(verb.end, verb.end + 60):
        if pattern("agent behind").fullmatch(context.text[verb.end : mention.span.start]):
            people = pattern("people of a body next").match(context.text, mention.span.end)
            return Span(mention.span.start, people.end()) if people is not None else mention.span
    return None


def _named_behind(form: Form, subject: Span) -> Span | None:
    """The person named right behind a verb that a comma parts from what is before it, where that is no person: "he was
    caught in Osk, ten miles from there, said |Karl Moe|, a clerk"."""
    if not form.behind_comma:
        return None
    context = form.context
    first, after = context.mention_in(subject), subject_after(context, form.sentence, form.span, form.before)
    second = context.mention_in(after) if after is not None else None
    if second is None:
        return None
    if first is None and carries_words(subject.of(context.text)):
        return after  # "His remarks, said |Broadboat|, were": whose verb stands behind
    if first is None or first.kind != "name" or context.is_person(first):
        return None
    ends = pattern("nothing more of a name").match(context.text, second.span.end) is not None
    return after if second.kind == "name" and context.is_person(second) and ends else None


def _who_says_so_of(context: Context, subject: Span) -> Span:
    """Who speaks where a relative clause lacks its pronoun, and its verb goes on behind: "the man |police| say is
    behind it"."""
    match = pattern("of whom others tell").fullmatch(context.text, subject.start, subject.end)
    return Span(match.start("who"), subject.end) if match is not None else subject


def _passive_tail() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{words().alternatives('passive_tail')})\b")
