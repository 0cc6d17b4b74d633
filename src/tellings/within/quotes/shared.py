"""Whose a verb of speech is that has no subject of its own before it: the one behind it, or of a verb before it."""

from __future__ import annotations

import re

from tellings.model.rules import words_in
from tellings.model.text import Span
from tellings.within.quotes.context import Context, endings, head_and_last, head_words, is_participle, listed, pattern
from tellings.within.quotes.forms import Cue, Form, is_plain
from tellings.within.quotes.speakers import may_speak
from tellings.within.quotes.subjects import (
    clause_subject,
    leading_subject,
    main_subject,
    opens_with_its_verb,
    subject_after,
    trimmed_source,
)

_MAIN_CLAUSE = re.compile(r",[”\"’']?\s")


def without_own_subject(form: Form) -> Cue:
    """The cue with whom it shares its subject, by the first way that finds one; of nobody where none does."""
    return next((found for step in _STEPS if (found := step(form)) is not None), form.of_nobody())


def _subject_behind(form: Form) -> Cue | None:
    """ "“…,” said |Ana Vell|"; not "…, called |Ana Vell| a foe", whom it is said of."""
    if form.participle or form.group in listed("object_group"):
        return None
    after = subject_after(form.context, form.sentence, form.span, form.before)
    return form.cue(after, "after") if after else None


def _parted_by_dashes(form: Form) -> Cue | None:
    """ "|an accuser| – a cousin – came and said"."""
    parted = pattern("parted by dashes").search(form.before)
    return form.cue(form.group_of(parted).trimmed(form.text), "shared") if parted is not None else None


def _of_the_first_teller(form: Form) -> Cue | None:
    """ "|Vell| said Holm erred when he left, and insisted"."""
    if not (form.joined and form.past):
        return None
    first = _first_teller(form.earlier)
    return form.cue(first, "shared") if first and form.is_behind("joined behind a comma") else None


def _in_a_relative_clause(form: Form) -> Cue | None:
    """ "a campaign that has filled the air and called it"."""
    inside = form.joined and pattern("joined in a relative clause").search(form.before)
    return form.of_nobody() if inside else None


def _in_a_bound_clause(form: Form) -> Cue | None:
    """ "after |rebels| turned away and said"."""
    if not form.joined or form.participle:
        return None
    clause = pattern("joined in a bound clause").search(form.before)
    if clause is None:
        return None
    start = form.left + clause.start("clause")
    bound = clause_subject(form.context, start, form.span.start)
    before_it = form.text[form.sentence.start : form.left + clause.start()].rstrip()
    # "did not say |when it sank|"
    completes = any(cue.span.end == form.sentence.start + len(before_it) for cue in form.earlier)
    inside = any(cue.span.start > start for cue in form.earlier)
    if bound is None or completes or inside:
        return None
    head = head_words(bound.of(form.text))[-1:]
    return form.cue(bound, "shared") if listed("event_noun").isdisjoint(head) else None


def _of_the_verb_before(form: Form) -> Cue | None:
    """ "a play of Osk, |she| looked up and said"."""
    if not form.joined or form.participle:
        return None
    own = pattern("own subject of the verb before").search(form.before)
    if own is None or any(cue.span.end > form.left + own.start() for cue in form.earlier):
        return None
    return form.cue(form.group_of(own), "shared")


def _participle_of_a_bound_clause(form: Form) -> Cue | None:
    """ "after |Ana Vell| used a post, warning that"."""
    if not form.participle or form.told():
        return None
    clause = pattern("participle behind a bound clause").search(form.before)
    if clause is None:
        return None
    bound = clause_subject(form.context, form.left + clause.start("clause"), form.span.start)
    if bound is None:
        return None
    mention = form.context.mention_in(bound)
    named = mention is not None and form.context.is_person(mention)
    return form.cue(bound, "shared") if named or _a_body_behind_a_thing(form.context, form.sentence, bound) else None


def _participle_of_a_joined_clause(form: Form) -> Cue | None:
    """ "Vell rested, but |her deputy| sent a note asking"."""
    clauses = list(pattern("another clause joined").finditer(form.before)) if form.participle else []
    if not clauses:
        return None
    start = form.left + clauses[-1].end()
    if any(cue.subject and cue.span.start > start for cue in form.earlier):
        return None
    other = clause_subject(form.context, start, form.span.start)
    return form.cue(other, "shared") if other is not None and may_speak(form.context, other) else None


def _participle_of_the_main_clause(form: Form) -> Cue | None:
    """ "After Vell left, |clerks| met, calling it"."""
    if not (form.participle and form.behind_comma):
        return None
    subject = _main_clause_subject(form.context, form.sentence, form.span)
    return form.cue(subject, "shared") if subject is not None else None


def _of_the_clause_before(form: Form) -> Cue | None:
    """ "|Vell| introduced the bear and asks", "|Vell| spoke to the crew, adding"."""
    if not (form.participle or form.joined or form.went_on):
        return None
    context, sentence = form.context, form.sentence
    joined = form.joined and not form.participle
    opened = _opened(form.before)
    spoken = Span(form.left + opened.end(), sentence.end) if opened is not None else sentence
    there = [cue for cue in form.earlier if cue.subject and cue.subject.start >= spoken.start]
    if joined and form.beside.rstrip().endswith(endings("joining_word")):
        there = _of_one_tense(form.text, form.span, there)
    shared = next((cue.subject for cue in reversed(there)), None) or _whose_participle(
        context, spoken, form.span, joined=joined, parted=form.participle and form.behind_comma
    )
    if shared is None:
        return None
    if joined and not form.told():
        shared = opens_with_its_verb(context, sentence, shared.start) or shared  # "|Vell| heads a club and said"
    if form.participle and not form.behind_comma and _said_in_an_aside(form, shared):
        return form.of_nobody()
    shared = trimmed_source(context, shared)
    said_so = any(is_plain(cue.span.of(form.text)) for cue in form.earlier)  # "took to Broadboat to accuse and |urge|"
    if form.joined and not said_so and _infinitive(context, shared, form.span):
        return form.of_nobody()  # "Vell came to thank the crew and |urge| them"
    return None if form.joined and _orders(context, shared, form.span) else form.cue(shared, "shared")


def _said_in_an_aside(form: Form, subject: Span) -> bool:
    """Whether the verb that a subject has is set between commas, in a sentence about something else: "That, the clerk
    said, was when Vell started calling members and |telling| them"."""
    teller = next((cue for cue in form.cues if cue.subject == subject and cue.rule == "beside"), None)
    before = form.text[form.sentence.start : subject.start].rstrip()
    return teller is not None and before.endswith(",") and form.text.startswith(",", teller.span.end)


_STEPS = (
    _subject_behind,
    _parted_by_dashes,
    _of_the_first_teller,
    _in_a_relative_clause,
    _in_a_bound_clause,
    _of_the_verb_before,
    _participle_of_a_bound_clause,
    _participle_of_a_joined_clause,
    _participle_of_the_main_clause,
    _of_the_clause_before,
)


def _main_clause_subject(context: Context, sentence: Span, verb: Span) -> Span | None:
    """The subject of the main clause of a sentence that opens with another; `None` where no such clause stands before a
    verb."""
    text = context.text
    if pattern("a bound clause opens").match(text, sentence.start, verb.start) is None:
        return None
    for comma in _MAIN_CLAUSE.finditer(text, sentence.start, verb.start - 2):
        if context.in_quotation(comma.end()) or context.name_around(comma.start()):
            continue
        subject = clause_subject(context, comma.end(), verb.start)
        if subject is not None and may_speak(context, subject) and "," not in subject.of(text):
            return subject
    return None


def _first_teller(earlier: tuple[Cue, ...]) -> Span | None:
    """The subject of the first verb of a sentence, where that is one of saying."""
    first = next((cue for cue in earlier if cue.subject is not None), None)
    says = first is not None and first.rule == "beside" and first.group in listed("plain_group")
    return first.subject if says and first is not None else None


def _of_one_tense(text: str, verb: Span, earlier: list[Cue]) -> list[Cue]:
    """Those of the verbs before a joined one that are past forms as it is, where the last of them is none: "|Ana Vell|
    said Holm agrees, but reiterated"."""

    def past(form: str) -> bool:
        first = form.casefold().split()[0]
        return first.endswith(endings("past_ending")) or first in listed("irregular_past")

    if not earlier or not past(verb.of(text)) or past(earlier[-1].span.of(text)):
        return earlier
    alike = [cue for cue in earlier if past(cue.span.of(text))]
    return alike if is_participle(earlier[-1].span.of(text)) else alike or earlier


def _whose_participle(context: Context, clause: Span, verb: Span, *, joined: bool, parted: bool) -> Span | None:
    """The subject of the clause that a verb is joined to. `parted`: a participle behind a comma, which a body or a
    described person before the first verb may have as well ("|Holm’s defence team| sent Ana Vell a letter, saying");
    `joined`: a finite verb behind "and"."""
    lead = leading_subject(context, clause, verb.start)
    main = main_subject(context, clause, verb.start) if parted else None
    if joined:
        main = _body_in_front(context, clause, verb)
    if not any(who is not None and may_speak(context, who) for who in (lead, main)):
        return None  # "|The leak of the plan| came on the day that a paper was put out, warning that"
    if lead is None or main is None or lead.start < main.end:
        return lead or main
    return main if _of_speakers(context, main) else lead  # "|lawyers for the crew| said that Vell lied, calling it"


def _body_in_front(context: Context, clause: Span, verb: Span) -> Span | None:
    """The body or the described people before the first verb of a clause, where a finite verb is joined to it: "|The
    board| named Ana Vell and urged"."""
    main = main_subject(context, clause, verb.start)
    if main is None or not listed("phrase_break").isdisjoint(main.of(context.text).casefold().split()):
        return None  # "|Minutes after clerks| came, Ana Vell left and urged"
    head = head_words(main.of(context.text))[-1:]
    return main if head and head[0] in listed("institution_noun", "source_person", "source_noun") else None


def _of_speakers(context: Context, subject: Span) -> bool:
    """Whether the head of a subject, or its last noun, is one for people who speak or for a body."""
    return not listed("institution_noun", "source_person", "source_noun").isdisjoint(
        head_and_last(subject.of(context.text))
    )


def _opened(before: str) -> re.Match[str] | None:
    """The last colon before a capital: a clause with its own subject begins behind it."""
    return next(iter(reversed(list(pattern("own clause").finditer(before)))), None)


def _a_body_behind_a_thing(context: Context, sentence: Span, bound: Span) -> bool:
    """Whether the subject of a bound clause is a body or a described person, and that of its sentence is neither: "the
    matter was dropped after |the group| left, claiming"."""
    speakers = listed("institution_noun", "source_person", "source_noun")
    main = main_subject(context, sentence, bound.start)
    if main is None or context.mention_in(main) is not None:
        return False
    of_body = bound.of(context.text).casefold().split()[-1] in speakers
    return of_body and main.of(context.text).casefold().split()[-1] not in speakers


def _orders(context: Context, subject: Span, verb: Span) -> bool:
    """Whether a verb that is joined to the one before has no ending, as in an order to the reader ("See the list, and
    tell us whether …"): no subject is single then, and no auxiliary stands before it."""
    form = verb.of(context.text).split()[0]
    if form not in listed("order_to_reader"):
        return False
    between = words_in(context.text[subject.end : verb.start])
    return between.isdisjoint(listed("finite_auxiliary", "infinitive_mark"))


def _infinitive(context: Context, subject: Span, verb: Span) -> bool:
    """Whether a joined verb is an infinitive: a plain form, where its subject is one person."""
    mention = context.mention_in(subject)
    one = subject.of(context.text).casefold() in listed("one_person_subject") or (
        mention is not None and mention.kind == "name" and context.is_person(mention)
    )
    joined = not listed("subject_joint").isdisjoint(subject.of(context.text).split())
    return one and not joined and is_plain(verb.of(context.text))
