"""Whose a form in -ing is that stands in no clause of its own: "…, |adding| that", "with |neighbours| saying"."""

from __future__ import annotations

import re

from tellings.model.text import Span
from tellings.within.quotes.context import Context, head_and_last, listed, pattern
from tellings.within.quotes.forms import Cue, Decision, Form
from tellings.within.quotes.subjects import governed_people, main_subject, strip_between, trimmed_source

# What stands between a cue and a participle of the same subject: "said, |adding", "told reporters on Monday, |saying".
_ADDED = re.compile(r"(?:\s[^,;:.“”\"]{1,50})?,\s+")
#: Characters behind a verb that can hold "that".
_THAT = 6


def decided(form: Form) -> Decision:
    """What the words before a participle say of whom it is, the first that decides."""
    if not form.participle:
        return None
    return next((found for step in _STEPS if (found := step(form)) is not None), None)


def subject_of(form: Form) -> Span | Cue | None:
    """The subject of a participle without a comma before it; a cue of nobody where what stands there is none."""
    subject = _behind_with(form)
    if subject is None and pattern("some behind with").search(form.before) is not None:
        return form.of_nobody()  # "it grew, with |neighbours| asking why": not the one before
    if subject is None and not form.behind_comma:
        subject = governed_people(form.context, form.left, form.span.start)  # "a list of |clerks| criticizing"
    if subject is None and (seen := pattern("somebody recorded").search(form.before)) is not None:
        if seen["who"].split()[0] in listed("object_pronoun"):
            return form.of_nobody()
        subject = form.group_of(seen)  # "found footage of |a man| saying"
    return subject


def of_its_clause(form: Form, subject: Span) -> Span:
    """Whom a participle is about where `subject` stands nearest: who was recorded, and behind a comma the subject of
    the clause."""
    subject = _recorded(form.context, subject)
    return _of_the_clause(form.context, form.sentence, subject) if form.behind_comma else subject


def _of_a_happening(form: Form) -> Decision:
    """ "left amid protests |denouncing| the plan"."""
    return form.of_nobody() if form.is_behind("happening of many before") else None


def _of_an_account(form: Form) -> Decision:
    """ "reports from Osk |claiming| that"."""
    return form.of_nobody() if pattern("an account before").search(form.before) else None


def _added(form: Form) -> Decision:
    """ "said on Monday, |adding|"."""
    if not form.earlier or not _ADDED.fullmatch(form.text, form.earlier[-1].clause_end, form.span.start):
        return None
    subject = form.earlier[-1].subject
    if subject and (teller := _who_tells_of_it(form, subject)) is not None:
        return form.cue(teller, "shared")
    if subject and _account_that_says_so(form, form.earlier[-1], subject):
        main = main_subject(form.context, form.sentence, subject.start)
        if main is not None and form.context.mention_in(main) is not None:
            return form.cue(main, "shared")  # "|Ana Vell| fought a report that claimed it sank, calling it"
    return form.cue(subject, "shared") if subject else "no cue"


def _who_tells_of_it(form: Form, subject: Span) -> Span | None:
    """Who speaks in the main clause, where the verb before a participle stands in a clause that "that" opens: "|Ana
    Vell| said she had seen reports that the office concluded it sank, calling it"."""
    first = form.earlier[0]
    if first.rule != "beside" or first.subject is None or first.group not in listed("plain_group"):
        return None
    bound = pattern("that opens its clause").search(form.text, first.span.end, subject.start)
    return first.subject if bound is not None and first.subject != subject else None


def _account_that_says_so(form: Form, cue: Cue, subject: Span) -> bool:
    """Whether a cue stands in a relative clause about what carries words: "a |report| that claimed"."""
    noun = subject.of(form.text).casefold().split()[-1]
    if noun not in listed("account_noun", "medium_noun", "document_noun"):
        return False
    return pattern("in a clause with which").match(form.text, subject.end, cue.span.start) is not None


def _told_without_comma(form: Form) -> Decision:
    """ "|Ana Vell| told the Harbour Post noting that": not the one who listens."""
    last = form.earlier[-1] if form.earlier else None
    if last is None or last.subject is None or last.rule != "beside" or last.group not in listed("telling_group"):
        return None
    near = form.context.mentions_between(last.span.end, form.span.start)
    listener = next((mention for mention in near if mention.kind == "name"), None)
    if listener is None or form.text[listener.span.end : form.span.start].strip():
        return None
    alone = pattern("article alone between").fullmatch(form.text, last.span.end, listener.span.start) is not None
    return form.cue(last.subject, "shared") if alone else None


def _of_an_act(form: Form) -> Decision:
    """ "warned him against |criticizing| it"."""
    of_an_act = form.group not in listed("group_of_telling") and form.is_behind("gerund behind of")
    return form.of_nobody() if of_an_act or form.is_behind("gerund behind a preposition") else None


def _of_the_blamed(form: Form) -> Decision:
    """ "criticized |Ana Vell| for calling"."""
    doer = pattern("blamed for doing").search(form.before)
    if doer is None:
        return None
    who = trimmed_source(form.context, form.group_of(doer))
    return form.cue(who, "beside") if form.context.mention_in(who) is not None else form.of_nobody()


def _blamed_by_a_body(form: Form) -> Decision:
    """ "blasted by |his club| for saying": not the club."""
    after = any(cue.rule == "after" for cue in form.earlier)
    return form.of_nobody() if after and form.is_behind("gerund behind for") else None


def _of_an_author(form: Form) -> Decision:
    """ "slammed |Ana Vell|’s post claiming"."""
    written = pattern("medium of somebody before").search(form.before)
    if written is None:
        return None
    who = form.group_of(written)
    near = form.context.mentions_between(who.start, who.end)
    author = next((mention for mention in near if mention.span.end == who.end), None)
    return form.cue(author.span, "beside") if author is not None and author.kind == "name" else None


def _of_what_others_hold(form: Form) -> Decision:
    """ "vetoed a resolution |calling on| the council"."""
    return form.of_nobody() if pattern("an account held by others").search(form.before) else None


def _shown_by_numbers(form: Form) -> Decision:
    """ "the firms added 500 jobs, |suggesting| that"."""
    shows = pattern("shows without words").match(form.word) is not None
    return form.of_nobody() if shows and pattern("counted act before").search(form.before) else None


def _of_an_account_of_others(form: Form) -> Decision:
    """ "sacked after remarks on a podcast |criticizing| it"."""
    return form.of_nobody() if pattern("an account of others before").search(form.before) else None


_STEPS = (
    _of_a_happening,
    _of_an_account,
    _added,
    _told_without_comma,
    _of_an_act,
    _of_the_blamed,
    _blamed_by_a_body,
    _of_an_author,
    _of_what_others_hold,
    _shown_by_numbers,
    _of_an_account_of_others,
)


def _behind_with(form: Form) -> Span | None:
    """The subject in a phrase with "with": "the fire grew, with |Ana Vell| saying"."""
    match = pattern("who behind with").search(form.before)
    if match is None:
        return None
    context = form.context
    whole = form.group_of(match)
    who = Span(whole.start, strip_between(context.text, whole.start, whole.end))
    if not len(who):
        return None
    named = any(m.span.end == who.end and m.kind == "name" for m in context.mentions_between(who.start, who.end))
    parted = form.before[: match.start()].rstrip().endswith(",")
    # No "open about her trouble with the boat in the past even sharing that": who speaks without a comma is a person.
    person = who.of(context.text).split()[-1].casefold() in listed("source_noun", "source_person", "institution_noun")
    people = who.of(context.text).casefold() in listed("source_noun")  # "were held with |neighbours| saying"
    behind = context.text[form.span.end : form.span.end + _THAT]
    described = parted or people or (person and pattern("that right behind").match(behind) is not None)
    described = described and match["who"].split()[0].casefold() in listed("source_determiner", "source_noun")
    return who if named or described else None


def _recorded(context: Context, subject: Span) -> Span:
    """Who speaks in what was recorded: "footage of |Ana Vell| saying"."""
    text = context.text
    match = pattern("recording of").search(text, subject.start, subject.end)
    if match is None:
        return subject
    who = Span(match.end(), subject.end)
    plain = who.of(text).split()[0].casefold() in listed("source_determiner") if len(who) else False
    return who if plain or (len(who) and context.mention_in(who) is not None) else subject


def _of_the_clause(context: Context, sentence: Span, nearest: Span) -> Span:
    """Who a participle behind a comma is about: the subject of the clause, not its object with an apposition ("|Vell|
    thanked her deputy, Nils Holm, saying"), else whom stands nearest."""
    main = main_subject(context, sentence, nearest.start)
    mention = context.mention_in(main) if main is not None else None
    speaks = mention is not None and (mention.kind == "name" or context.is_person(mention))
    told = main.of(context.text).casefold() if main is not None else ""
    # "|the board| gave Vell a letter", "|a group of Osk rowers| pressed Vell", "|Norland| sued the Boat Club": a word
    # that opens a sentence is no name
    alone = main is not None and " " not in told and main.of(context.text)[0].isupper()
    speaks = speaks or alone or not listed("institution_noun").isdisjoint(head_and_last(told))
    return main if main is not None and speaks and main.end < nearest.start else nearest
