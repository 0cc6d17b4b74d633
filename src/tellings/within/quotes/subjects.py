"""The source of a verb of speech: its subject, before it or behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from tellings.model import compiled
from tellings.model.records import Mention
from tellings.model.rules import load
from tellings.model.text import Span
from tellings.within.quotes.context import (
    Context,
    carriers,
    endings,
    governing,
    head_words,
    is_participle,
    keyed,
    listed,
    pattern,
    singular,
    words,
)

#: Characters before a verb that can hold its subject.
LOOK_BACK = 400
#: Characters that names behind commas have, which say more of somebody.
_APPOSED = 120
#: What a clause begins behind; characters of an article.
_CLAUSE_BEFORE, _ARTICLE = frozenset(("", *"\n.!?,;”")), 5
#: Characters before a name that hold its titles, and before these the preposition that governs it.
_TITLED, _GOVERNED = 30, 60
#: Commas between a name and its verb with which it has several appositions.
_APPOSITIONS = 3
#: Characters before a verb that can hold somebody with a relative clause.
_CLAUSE = 160


_APOSTROPHES = ("’", "'", "‘")
#: Characters before "and" that hold a name and what is said of it between commas.
_APPOSED_TO = 200
#: Characters of the longest phrase that is taken for a source.
_PHRASE = 70


#: How what is cut short behind a name may end.
_ENDS_SHORT = (".", ",")
#: What stands before a closing mark where a verb of speech behind it may have its subject behind itself.
_SAID = frozenset(",.!?…—–-’'")
_PARTY = re.compile(
    r"(?:,\s[A-Z]{1,3}-[A-Z][\w.]*(?:\s[A-Z][\w.]*)?|\s\([^()]{1,40}\)|(?:,\s(?:[A-Z]{2,4}|[A-Z]{2}c|[A-Z][a-z][A-Z]))+),?\Z"
)


# Words before a source that can be its modifiers: one clause of nothing else.
_MODIFIERS = re.compile(r"\s*[,—–-]?\s*(?P<modifiers>(?:[\w][\w.’'/&-]*\s+){1,7})")


def subject_after(context: Context, sentence: Span, verb: Span, before: str) -> Span | None:
    """ "…," said Ana Vell: only where what is said stands before the verb."""
    text = context.text
    if verb.of(text).casefold() in listed("telling_to"):
        return None  # "told |the Herald|": who listens
    if not before.strip() and quotes_aside(context, sentence, verb.start):
        return None  # "The Post, citing “two clerks,” said |Osk| would leave": the paper says it
    ended = before.rstrip()
    opens = verb.start - len(before) in (
        q.span.end for q in context.quoted_between(sentence.start - 400 if sentence.start > 400 else 0, verb.start)
    )
    closed = text[verb.start - len(before) - 2 : verb.start - len(before) - 1] in _SAID
    position = verb.end
    while position < sentence.end and text[position] == " ":
        position += 1
    if not ended and not text[sentence.start : verb.start].strip() and text[verb.start].isupper():
        leads = phrase_from(context, position, sentence.end, plain=False)
        if leads is not None and pattern("colon and a mark").match(text, leads.end) is not None:
            return _with_name(context, leads)  # "Said Ana Vell: “…”"
    if not ((not ended and opens and closed) or ended.endswith(",")):
        return None
    found = phrase_from(context, position, sentence.end, plain=verb.of(text).casefold() in listed("plain_verb"))
    if found is not None and not opens and pattern("finite verb first").match(text, found.end + 1, sentence.end):
        return None  # "said it was old, said |one clerk| was ill": what is said
    return trimmed_source(context, _with_name(context, found)) if found is not None else None


def quotes_aside(context: Context, sentence: Span, position: int) -> bool:
    """Whether the words in marks that end before `position` are what somebody else quotes in an aside: "The Post,
    quoting “a clerk,”"."""
    last = context.last_outer_before(position)
    if last is None or context.text[last.span.end : position].strip():
        return False
    return pattern("quoting in an aside").search(context.text, sentence.start, last.span.start) is not None


def _with_name(context: Context, source: Span) -> Span:
    """A described source with the name set behind it: "said |the harbour master, Ana Vell|"."""
    text = context.text
    if text[source.end : source.end + 2] != ", " or text[source.start].isupper():
        return source
    name = next((m for m in context.mentions_between(source.end + 2, source.end + 8) if m.kind == "name"), None)
    titled = name is None or re.fullmatch(r"(?:[A-Z][a-z]{1,3}\.?\s)?", text[source.end + 2 : name.span.start])
    if (
        name is None
        or not titled
        or not context.is_person(name)
        or text[name.span.end : name.span.end + 1] not in (".", ",", "")
    ):
        return source
    return Span(source.start, name.span.end)


def phrase_from(context: Context, start: int, limit: int, *, plain: bool) -> Span | None:
    """The source that begins at `start`, behind its verb: "said |MSNBC host Chris Moll| on Monday". It ends at a mark
    or at a word that no such phrase holds; a preposition goes on with a described source, not with a name."""
    text = context.text
    position, end, heads = start, start, 0
    named = False
    while token := pattern("source word").match(text, position, limit):
        word = token.group("word").rstrip(".")
        folded = word.casefold()
        named_here = word[0].isupper() and context.name_around(token.start("word"))
        if folded in listed("source_stop", "accompaniment") and not named_here:
            break
        if word in listed("weekday_name") and end > start:
            break
        if named and word.islower() and folded.endswith(endings("adverb_ending")) and folded not in listed("ly_noun"):
            break  # "said Ana Vell |flatly|"
        if folded in listed("source_tie", "subject_joint"):
            following = pattern("source word").match(text, token.end(), limit)
            goes_on = following is not None and end > start and not following.group("word")[0].isdigit()
            capital = following is not None and following.group("word")[0].isupper()
            body = named and text[start:end].split()[-1] in listed("institution_noun")  # "Merrin’s ministry |of|"
            alone = text[start:end].casefold() in listed("indefinite")
            owned = following is not None and following.group("word") in listed("possessive_pronoun")
            if (alone or owned) and folded not in listed("noun_joint", "subject_joint"):
                break  # "wrote one man |from his office|", "wrote another |to the shop|"
            if not goes_on or (named and not body and not (folded in listed("name_joint") and capital)):
                break
        else:
            heads += 1
            named = named or named_here
        position = token.end()
        end = token.end("word")
        if not token.group("space"):
            break
    if end == start or heads > 9 or text[end : end + 2] in ("’s", "'s"):
        return None
    phrase = text[start:end]
    first = phrase.split()[0]
    described = first.casefold() in listed("source_determiner", "source_alone")
    person = phrase.split()[-1].casefold() in listed("source_noun", "source_person")
    if not (named or person or (described and plain)) or _holds_verb(phrase):
        return None
    office = None if person else pattern("and the rest of an office").match(text, end, limit)
    return Span(start, office.end() if office else end)  # "said the port’s building |and repairs director|"


def _holds_verb(phrase: str) -> bool:
    """Whether a phrase is a clause: "the event brought back memories"."""
    found = phrase.split()
    forms = listed("irregular_past", "finite_auxiliary")
    return any(
        word in forms
        or (word.endswith(endings("past_ending")) and before.casefold() not in listed("source_determiner"))
        for before, word in pairwise(found)
    )


def clause_before(context: Context, floor: int, position: int) -> Span | None:
    """All that stands before a verb in its clause, where that is short enough to be a subject: for what is unsure
    anyway."""
    end = strip_between(context.text, floor, position)
    start = floor
    for edge in pattern("clause edge").finditer(context.text, floor, end):
        start = edge.end()
    found = Span(start, end).trimmed(context.text) if start < end else Span(start, start)
    return found if 1 <= len(found.of(context.text).split()) <= 9 else None


def is_medium(phrase: str) -> bool:
    """Whether a phrase ends in a noun for what carries words ("the post")."""
    return phrase.casefold().split()[-1] in listed("medium_noun")


def carries_words(phrase: str) -> bool:
    """Whether a phrase ends in a noun for what carries words or findings ("his remarks")."""
    return phrase.casefold().split()[-1] in carriers()


def subject_before(context: Context, floor: int, position: int, *, mentions_only: bool) -> Span | None:
    """The source that stands before a verb at `position`, over adverbs, appositions and relative clauses; none begins
    before `floor`. `mentions_only`: a name, a pronoun or a described person, and no other phrase."""
    found = _subject_before(context, floor, position, mentions_only=mentions_only)
    if found is not None and (body := keyed("body led by somebody").search(context.text, floor, found.start)):
        led = Span(*body.span("head"))
        if "," not in led.of(context.text) or not listed("subject_joint").isdisjoint(found.of(context.text).split()):
            return Span(led.start, found.end)  # "|the panel led by| Ana Vell said", "|led by Ana Vell|, Jo and Karl"
        if context.text.startswith(",", found.end):
            # "|the panel led by two clerks|, Ana Vell and Nils Holm, said"
            return Span(led.start, context.text.index(",", led.start))
    if found is not None and (head := keyed("several at two").ending(context.text, floor, found.start)) is not None:
        return Span(head.start("head"), found.end)  # "|officials at the harbour and| police ministries said"
    role = found
    if role is None and not mentions_only:
        # "Ana Vell, deputy leader and harbour |spokeswoman| said"
        end = strip_between(context.text, floor, position)
        last = pattern("last word").search(context.text, max(floor, end - _PHRASE), end)
        role = Span(last.start(), end) if last else None
    named = _named_before_role(context, floor, role, position) if role is not None else None
    return named or found


def _subject_before(context: Context, floor: int, position: int, *, mentions_only: bool) -> Span | None:
    if (first := _behind_appositions(context, floor, position)) is not None:
        return first
    described = pattern("described by a clause and named").search(
        context.text[max(floor, position - _CLAUSE) : strip_between(context.text, floor, position)]
    )
    if described is not None:
        start = max(floor, position - _CLAUSE) + described.start("name")
        name = next((m for m in context.mentions_between(start, start + 1) if m.kind == "name"), None)
        if name is not None and name.span.end == start + len(described["name"]):
            return name.span  # "The group that owns it, |Broadboat|, said"
    if (behind := _behind_of(context, floor, position)) is not None:
        return behind
    if (brings := _who_brings_it(context, floor, position)) is not None:
        return brings
    found = _nearest_before(context, floor, position, mentions_only=mentions_only)
    if found is not None and (head := _who_heads_it(context, floor, found)) is not None:
        return head
    if not mentions_only and (long := _with_its_clause(context, floor, position)) is not None:
        return long
    if found is None and not mentions_only:
        whole = _whole_clause(context, floor, position)
        return _jointly(context, floor, whole) if whole is not None else _behind_comma(context, floor, position)
    if found is None:
        return None
    if found.of(context.text).casefold() in listed("one_person_subject"):
        return found  # "after |she| said": no preposition governs it
    if found.of(context.text).split()[0].casefold() in words().words("governor"):
        return _whole_clause(context, floor, position)  # "Secretary |of State Ana Vell| said"
    loosely = pattern("loosely governed").search(context.text, max(floor, found.start - 60), found.start)
    if loosely and found.of(context.text)[0].isupper():
        whole = _whole_clause(context, floor, position) or _whole_clause(context, floor, found.end)
        if whole is not None:
            return whole  # "The family of the singing great |Vell| said", "Lawyers for the clerk |Ana Vell (Osk)| said"
        if pattern("agent before").search(context.text, max(floor, found.start - 60), found.start) is not None:
            return None  # "A review of the vote ordered by Osk state |Senators| confirms"
    relative = pattern("relative next").match(context.text, found.end, position)
    if not relative and governing().search(context.text, max(floor, found.start - 60), found.start):
        return _whole_clause(context, floor, position)  # "A family in the suburbs of |Merrin| said"
    if (alone := _pronoun_at_end(context, found)) is not None:
        return alone
    of_both = not context.text.endswith(
        endings("relative_subject"), floor, strip_between(context.text, floor, position)
    )
    if of_both and (whole := _governing_both(context, floor, found)) is not None:
        return whole
    between = keyed("between one and").search(context.text, max(floor, found.start - _PHRASE), found.start)
    if of_both and between is not None:
        head = _whole_clause(context, floor, between.start())
        return Span(head.start, found.end) if head is not None else None  # "|A call between Ana Vell and| the king is"
    if found.of(context.text) in listed("clause_subject"):
        return found
    return _jointly(context, floor, _with_modifiers(context, floor, found))


def _who_heads_it(context: Context, floor: int, body: Span) -> Span | None:
    """Who speaks where a body stands right before the verb, and a relative clause without a comma says who heads it:
    "|Ana Vell| who leads a crew the Merrin Rowers said"."""
    clause = pattern("who heads it").search(context.text, floor, body.start)
    if clause is None:
        return None
    near = context.mentions_between(max(floor, clause.start() - _PHRASE), clause.start())
    return next((m.span for m in near if m.kind == "name" and m.span.end == clause.start()), None)


def _governing_both(context: Context, floor: int, source: Span) -> Span | None:
    """The noun phrase that two joined by "and" complete, a source being the second: "|Newspapers in Osk and| Merrin
    said"."""
    text = context.text
    joint = pattern("and before a name").search(text, max(floor, source.start - _PHRASE), source.start)
    if joint is None:
        return None
    for mention in reversed(context.mentions_between(max(floor, joint.start() - _PHRASE), joint.start())):
        if mention.span.end != joint.start() or mention.kind != "name":
            continue
        first = mention.span.start
        both = pattern("both right before").search(text, max(floor, first - 5), first)
        first = both.start() if both is not None else first
        by = governing().search(text, max(floor, first - 60), first)
        head = _whole_clause(context, floor, by.start()) if by is not None and by["preposition"] else None
        return Span(head.start, source.end) if head is not None else None
    return None


def trimmed_source(context: Context, source: Span) -> Span:
    """A source without what is no part of it: lines and words in brackets before it, a word before one of several, a
    day behind it."""
    text = context.text
    start = max(source.start, text.rfind("\n", source.start, source.end) + 1)
    if (brackets := pattern("bracketed first").match(text, start, source.end)) is not None:
        start = brackets.end()
    if (time := pattern("time at its head").match(text, start, source.end)) is not None:
        start = time.end()  # "|Last month| the clerks said"
    dashes = list(pattern("of a dash").finditer(text, start, source.end))
    if dashes and not text[dashes[-1].end() : source.end].strip():
        source = Span(start, dashes[0].start())  # "the club |-- his old one --|"
    elif dashes:
        start = dashes[-1].end()  # "MERRIN -- |Ana Vell|"
    if pattern("one of before").search(text, max(0, start - 8), start) and (
        group := pattern("several before a name").match(text, start, source.end)
    ):
        start = group.end()
    if (letters := pattern("first letters behind a noun").match(text, start, source.end)) is not None:
        start = letters.end()
    if (among := pattern("one of several first").match(text, start, source.end)) is not None:
        start = among.end()
    if (second := pattern("a phrase behind another").match(text, start, source.end)) is not None:
        start = max(second.start("second"), second.start("after"))
    first_phrase = listed("governor", "list_joint", "no_second_phrase", "irregular_past", "finite_auxiliary")
    for inner in pattern("another determiner").finditer(text, start, source.end):
        before = text[start : inner.start()].casefold().split()
        if not before or before[-1] in first_phrase or context.name_around(inner.start()):
            continue
        if listed("clause_mark", "relative_word").isdisjoint(before):
            start = inner.start("second")  # "the papers |the clerks|": a relative clause without its pronoun
        break
    if (charge := pattern("a charge of somebody").match(text, start, source.end)) is not None:
        start = charge.start("who")
    end = source.end
    if (owned := pattern("whose at the end").search(text, start, end)) is not None:
        end = owned.start()  # "the clerk |whose complaint|"
    if (bracket := pattern("open bracket").search(text, start, end)) is not None:
        end = bracket.start()
    if " " in text[start:end] and (day := pattern("time before the verb").search(text, start, end)) is not None:
        end = day.start()
    return Span(start, end).trimmed(text) if text[start:end].strip() else source


def without_time(context: Context, source: Span) -> Span:
    """A source without the time behind it that is its verb's: "an Osk envoy |on Tuesday|", but not "a paper put out on
    Tuesday"."""
    text = context.text
    day = pattern("time before the verb").search(text, source.start, source.end)
    if day is None or not text[source.start : day.start()].strip():
        return source
    before = text[source.start : day.start()].casefold().split()
    made = before[-1].endswith(endings("past_ending")) or before[-1] in listed("irregular_past")
    return source if made or not carriers().isdisjoint(before) else Span(source.start, day.start())


def _with_its_clause(context: Context, floor: int, position: int) -> Span | None:
    """A described person with a relative clause: "|An aid worker who saw the girls| said"."""
    text = context.text
    start = max(floor, position - _CLAUSE)
    relative = pattern("relative without a comma").search(text, start, position)
    if relative is None:
        return None
    end = strip_between(text, relative.end(), position)
    if (both := pattern("both right behind").match(text, end, position)) is not None:
        end = both.end()  # "who knew them |both| said"
    match = pattern("described with a clause").search(text, start, end)
    if match is None or holds_finite(match["head"].split()):
        return None
    before = text[floor : match.start()].strip()
    return Span(*match.span()) if not before or before[-1] in ',.;:—–-”"' else None


def _behind_comma(context: Context, floor: int, position: int) -> Span | None:
    """A subject that a comma parts from its verb: "“…,” |Ana Vell of the Merrin Union|, told the Herald"."""
    text = context.text
    if not text[floor:position].rstrip().endswith(",") or text.count(",", floor, position) != 1:
        return None
    found = noun_phrase(context, floor, position)
    verb = re.compile(r"\w+").search(text, position)
    finite = verb is not None and not is_participle(verb.group())  # "the Merrin Bank’s name, referring to it as"
    named = found is not None and any(
        m.kind == "name" and (context.is_person(m) or (finite and context.kind_of(m) == "organisation"))
        for m in context.mentions_between(found.start, found.end)
    )
    return found if named else None


def _behind_appositions(context: Context, floor: int, position: int) -> Span | None:
    """A person who opens what stands between words in marks and a verb, with appositions behind commas: "“…,” |Ana
    Vell|, a clerk, and a mother of two, from St. Osk, told"."""
    text = context.text
    between = text[floor:position].rstrip()
    if not between.endswith(",") or between.count(",") < _APPOSITIONS:
        return None
    opens = pattern("who opens with appositions").match(text, floor, position)
    if opens is None:
        return None
    name = next((m for m in context.mentions_between(opens.end(), opens.end() + 1) if m.kind == "name"), None)
    behind = context.last_outer_before(floor + 1)
    if name is None or name.span.start != opens.end() or behind is None or behind.span.end != floor:
        return None
    return name.span if context.may_be_person(name) else None


def _behind_of(context: Context, floor: int, position: int) -> Span | None:
    """The name right before a verb in a sentence that opens with whom it is said of: "Of Karl Moe, a clerk, |Vell|
    said"."""
    text = context.text
    if pattern("of somebody first").match(text, floor, position) is None:
        return None
    end = strip_between(text, floor, position)
    near = context.mentions_between(max(floor, end - _PHRASE), end)
    name = next((m for m in reversed(near) if m.span.end == end and m.kind == "name"), None)
    return name.span if name is not None and text[name.span.start - 2 : name.span.start] == ", " else None


def _who_brings_it(context: Context, floor: int, position: int) -> Span | None:
    """Who brings a charge or a letter, where a relative clause is about them: "a charge from |a woman| who says"."""
    text = context.text
    end = strip_between(text, floor, position)
    who = pattern("who right before").search(text[floor:end])
    if who is None:
        return None
    brought = pattern("a charge from somebody").search(text, floor, floor + who.start())
    if brought is None or not _names_people(brought["who"].casefold().split()[-1]):
        return None
    return Span(*brought.span("who"))


def _pronoun_at_end(context: Context, source: Span) -> Span | None:
    """The pronoun that a source of several words ends in: "Ana Vell had injuries |she| says never healed"."""
    parts = source.of(context.text).split()
    if (
        len(parts) < 2
        or parts[-1].casefold() not in listed("clause_subject")
        or parts[-2].casefold() in listed("list_joint")
    ):
        return None
    return Span(source.end - len(parts[-1]), source.end)


#: A mark that no noun phrase holds; the full stop of an initial or a short title is none.
_SENTENCE_MARK = re.compile(r"[;:!?“”\"]\s|(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.\s")


def noun_phrase(context: Context, start: int, position: int) -> Span | None:
    """All that stands between two places, where it reads as who speaks: "“…,” |Ana Berg and her deputy, Nils Holm,|
    said"."""
    found = Span(start, strip_between(context.text, start, position)).trimmed(context.text)
    while len(found) and context.text[found.start] in ",–—- ":
        found = Span(found.start + 1, found.end)
    while len(found) and context.text[found.end - 1] in ", ":
        found = Span(found.start, found.end - 1)
    inside = found.of(context.text).split()
    if not 1 <= len(inside) <= 40 or _SENTENCE_MARK.search(found.of(context.text)):
        return None
    first = inside[0].casefold()
    named = any(
        m.kind == "name" and (context.is_person(m) or context.kind_of(m) == "organisation")
        for m in context.mentions_between(found.start, found.end)
    )
    determined = first in listed("source_determiner")
    opens = (
        determined
        or first in listed("rank")
        or (inside[0][0].isupper() and first not in load("en", "name").words("sentence_opener"))
    )
    if (
        not opens
        or not (named or determined)
        or holds_finite(re.split(r"[\s,]+", pattern("who behind a comma").split(found.of(context.text))[0]))
    ):
        return None
    return found


def _whole_clause(context: Context, floor: int, position: int) -> Span | None:
    """All that stands before a verb in its clause, where it reads as a noun phrase: "European regulators this month
    |said", "a source close to the talks |said"."""
    text = context.text
    end = strip_between(text, floor, position)
    edges = [
        edge for edge in pattern("clause edge").finditer(text, floor, end) if not context.name_around(edge.start())
    ]
    if edges and pattern("phrase of time next").match(text, edges[-1].start()):
        # "A White House statement |after the call| said": the phrase of time is part of it.
        head = text[edges[-2].end() if len(edges) > 1 else floor : edges[-1].start()].split()
        if not carriers().isdisjoint(head) and head[0].casefold() in listed("source_determiner"):
            edges.pop()
    start = edges[-1].end() if edges else floor
    if edges and text[start:end] in listed("institution_noun") and edges[-1].group().strip() in listed("subject_joint"):
        start = edges[-2].end() if len(edges) > 1 else floor  # "|Osk’s clerks and| board said"
    if edges and edges[-1].group().strip() in listed("subject_joint") and of_several([text[start:end].split()[-1]]):
        behind = edges[-2].end() if len(edges) > 1 else floor
        if pattern("ends in a name").search(text[behind : edges[-1].start()]) and text[start : start + 1].isupper():
            start = behind  # "|a note from the Osk and| Merrin cabinets said"
    if (opener := pattern("conjunction first").match(text, start, end)) is not None:
        start = opener.end()
    found = Span(start, end).trimmed(text) if start < end else None
    if found is None or not len(found):
        return None
    if (second := pattern("time and another phrase").match(text, found.start, found.end)) is not None:
        found = Span(second.start("second"), found.end)  # "its mission ended in 2016 |the agency| said"
    inside = found.of(text).split()
    first = inside[0].casefold()
    opens = (
        first in listed("source_determiner")
        or first in listed("source_opener", "source_noun")
        or (
            first not in load("en", "name").words("sentence_opener")
            and (inside[0][0].isupper() or (len(inside) <= 3 and inside[-1].endswith("s")))
        )
        or _holds_an_office(context, found)
    )
    last = inside[-1].casefold()
    if last.endswith(","):
        return None  # an apposition, behind which the verb stands first: "…, a town in the north, |said sources"
    if (
        not opens
        or len(inside) > 12
        or not last[0].isalpha()
        or len(inside) != len(found.of(text).split(", ")[0].split())
    ):
        return None
    contracted = pattern("contraction").search(inside[0])
    owner = contracted is not None and inside[0][0].isupper() and first[:-2] not in listed("personal_pronoun", "nobody")
    if last in listed("governor", "phrase_break", "personal_pronoun") or (contracted is not None and not owner):
        return None
    return None if holds_finite(inside) else found


def _holds_an_office(context: Context, source: Span) -> bool:
    """Whether a phrase is a role that a preposition completes and the person who has it: "acting chief of staff Nils
    Holm"."""
    inside = source.of(context.text).casefold().split()
    ranks = listed("rank", "source_person") | load("en", "name").words("role", "title")
    near = context.mentions_between(source.start, source.end)
    person = any(m.kind == "name" and m.span.end == source.end and context.is_person(m) for m in near)
    return person and inside[0] in ranks and not listed("noun_joint").isdisjoint(inside)


def _is_genitive(word: str) -> bool:
    """Whether a word says whose something is: "Osk’s", but not "he’s"."""
    owner = word[:-2] if word.endswith(endings("genitive_ending")) else ""
    return bool(owner) and owner not in listed("personal_pronoun", "nobody")


def holds_finite(inside: Sequence[str]) -> bool:
    """Whether words hold a verb that makes them a clause; a participle with what follows it does not ("investors
    contacted by the Post")."""
    forms = listed("irregular_past", "finite_auxiliary")
    for place, word in enumerate(inside):
        folded = word.casefold()
        if folded in listed("infinitive_mark") and place and inside[place - 1].casefold() in listed("to_adjective"):
            continue
        if word in forms or folded in listed("clause_mark"):
            return True
        following = inside[place + 1 : place + 2]
        if (
            word.endswith(endings("past_ending"))
            and place
            and (not following or following[0] not in listed("passive_tail"))
        ):
            before = inside[place - 1].casefold()
            if before not in listed("source_determiner") and not _is_genitive(before):
                return True  # "the clerk |warned|", but "Osk’s |armed| wing"
    return False


def _jointly(context: Context, floor: int, source: Span) -> Span:
    """A source with the one that it is joined to: "|Ana Vell and| Nils Holm said"."""
    text = context.text
    source_floor, floor = floor, max(floor, source.start - _PHRASE)
    joint = pattern("joint at the end").search(text[floor : source.start])
    offices = load("en", "name").words("role", "title")
    if joint is None:
        return source
    end = floor + joint.start()
    if text[end - 1] == "," and (apposed := _apposed_before(context, source_floor, end, source)) is not None:
        return apposed
    for mention in reversed(context.mentions_between(floor, end)):
        listed_with = _whose_list(context, source_floor, mention) if mention.span.end == end else None
        if listed_with is not None:
            return Span(listed_with.start, source.end)
        if mention.span.end == end and mention.kind == "name" and _may_be_joined(context, mention, source):
            if mention.span.of(text).split()[-1].casefold() in offices:
                break  # "the |Vice President| and nominee Ana Vell": one person
            before = text[floor : mention.span.start]
            lead = before.rstrip()[-1:]
            first = mention.span.start
            if (both := pattern("both right before").search(before)) is not None:
                first = floor + both.start()
            elif lead and lead not in ',.;:—–-"”“':
                titled = _titles_before(before)
                if titled is None:
                    break  # "the |Vell| and Holm cabinets"
                first = floor + titled
            return Span(_first_listed(context, source_floor, mention, first), source.end)
    several = source.of(text).split()[0] in listed("definite_article") or of_several(head_words(source.of(text)))
    match = pattern("joined subject").search(text[floor : source.start])
    if match is None and several:
        match = pattern("joined plural").search(text[floor : source.start])
    if match is None:
        return source
    first = floor + match.start()
    before = text[floor:first].rstrip()
    opens = not before or before[-1] in ',.;:—–-”"“' or before.split()[-1].casefold() in listed("clause_joint")
    return Span(first, source.end) if opens else source


def _apposed_before(context: Context, floor: int, end: int, source: Span) -> Span | None:
    """A source with the person it is joined to over what is said of them between commas, of which the last is before
    `end`: "|Ana Vell, the harbour master, and| her deputies said", "|Ana Vell, a clerk, and| Karl Moe said"; `None`
    where no name opens the clause, or the source is more of the same person ("Ana Vell, a clerk, and a rower")."""
    text = context.text
    mention = context.mention_in(source)
    named = mention is not None and mention.kind == "name" and context.may_be_person(mention)
    if not named and pattern("others of somebody").match(text, source.start, source.end) is None:
        return None
    for name in context.mentions_between(max(floor, end - _APPOSED_TO), end):
        if name.kind != "name" or not context.may_be_person(name) or context.in_quotation(name.span.start):
            continue
        between = pattern("said of a name between commas").fullmatch(text, name.span.end, end)
        if between is None:
            return None
        if between["clause"] is None and holds_finite(re.split(r"[\s,]+", between.group())):
            return None
        before = text[floor : name.span.start]
        titled = _titles_before(before)
        start = name.span.start if titled is None else floor + titled
        lead = text[floor:start].strip()
        opening = lead.casefold().split()[:1]
        in_a_phrase = bool(opening) and opening[0] in words().words("governor") and lead.endswith(",")
        return Span(start, source.end) if not lead or in_a_phrase or lead[-1] in ".:;—–”" else None
    return None


def _first_listed(context: Context, floor: int, name: Mention, start: int) -> int:
    """Where a list of names begins that opens a clause, of which `name` is one that starts at `start` with its titles:
    "|Ana Vell|, Nils Holm and Jo Prake said"; else `start`."""
    first = name
    while (before := _listed_before(context, floor, first)) is not None:
        first = before
    lead = context.text[floor : first.span.start].strip(' \n“"')
    lists = load("en", "name")
    opening = lead.removesuffix(",").casefold()
    alone = (
        opening.isalpha() and lead[0].isupper() and lead.endswith(",") and opening not in lists.words("sentence_opener")
    )
    if opening in lists.words("country_name") or alone:
        return context.text.rfind(lead, floor, first.span.start)  # one word that opens a sentence is no mention
    if first is name or not lead:
        return start if first is name else first.span.start
    titled = _titles_before(context.text[floor : first.span.start])
    return start if titled is None else floor + titled  # "|harbour master Ana Vell|, Nils Holm and Jo Prake said"


def _whose_list(context: Context, floor: int, last: Mention) -> Span | None:
    """The noun phrase that a list of names completes, of which `last` is one, not the first: "|his children| Stefan,
    Hilda and Jon", "|militant leaders| in Osk, Merrin and Hallan"; `None` where the names stand by themselves, or are
    two."""
    text, first = context.text, last
    while (before := _listed_before(context, floor, first)) is not None:
        first = before
    if first == last:
        return None
    start = max(floor, first.span.start - _PHRASE)
    head = pattern("several with their names").search(text, start, first.span.start)
    if head is None:
        return None
    return Span(head.start("head"), first.span.start)


def _listed_before(context: Context, floor: int, name: Mention) -> Mention | None:
    """The name that a comma parts from another one behind it."""
    near = context.mentions_between(max(floor, name.span.start - _APPOSED), name.span.start)
    return next(
        (
            m
            for m in near
            if m.kind == "name" and pattern("listed on").fullmatch(context.text[m.span.end : name.span.start])
        ),
        None,
    )


def _titles_before(before: str) -> int | None:
    """Where the titles and roles before a name begin, where nothing else stands before it in its clause: "|Mayor| Ana
    Vell and Judge Nils Holm said"; `before` ends at the name."""
    match = pattern("titles before a name").search(before)
    if match is None:
        return None
    found = match.group("titles").split()
    openers, roles = load("en", "name").words("sentence_opener"), load("en", "name").words("role")
    determiners = listed("source_determiner")
    if found[0].casefold() in openers | words().words("governor") and found[0].casefold() not in determiners:
        return None
    office = not roles.isdisjoint(found) and not holds_finite(found)  # "harbour |secretary| of state"
    if not office and any(
        word.islower() and word not in roles and word not in determiners and word not in listed("name_joint")
        for word in found
    ):
        return None
    return match.start("titles")


def _may_be_joined(context: Context, name: Mention, source: Span) -> bool:
    """Whether a name may speak together with a source that "and" joins to it: a person with anybody, a body or a
    country with another, where it opens its clause ("|Osk and| Merrin said")."""
    if context.is_person(name) or context.kind_of(name) == "unknown":
        return True  # one word may do beside another name: "|Pell and| Nils Holm"
    if pattern("others of a kind").match(context.text, source.start, source.end) is not None:
        return True  # "|Osk, Merrin and| ten other towns"
    text = context.text
    other = next((m for m in context.mentions_between(source.start, source.end) if m.kind == "name"), None)
    article = pattern("article right before").search(text, max(0, name.span.start - _ARTICLE), name.span.start)
    first = name.span.start if article is None else article.start()
    if text[:first].rstrip(" ")[-1:] not in _CLAUSE_BEFORE or other is None:
        return False
    kinds = {context.kind_of(name), context.kind_of(other)}
    return "person" not in kinds and kinds != {"unknown"}


def opens_with_its_verb(context: Context, sentence: Span, position: int) -> Span | None:
    """The one word that opens a sentence right before its verb in the present, where that stands before `position`:
    "|Vell| heads a club of Osk and said"."""
    start = Span(sentence.start, position).trimmed(context.text).start
    word = _WORD.match(context.text, start, position)
    if (
        word is None
        or not word.group()[0].isupper()
        or word.group().casefold() in load("en", "name").words("sentence_opener")
    ):
        return None
    verb = pattern("verb in the present next").match(context.text, word.end(), position)
    return Span(*word.span()) if verb is not None else None


def clause_subject(context: Context, start: int, position: int) -> Span | None:
    """The subject of a clause that begins at `start`: what stands before its first finite verb; `None` where that does
    not read as one."""
    text = context.text
    verbs = listed("irregular_past", "finite_auxiliary", "seeming_verb")
    for place, match in enumerate(_WORD.finditer(text, start, position)):
        word = match.group()
        if not place or not (word in verbs or (word.islower() and word.endswith(endings("past_ending")))):
            continue
        end = strip_between(text, start, match.start())
        inside = text[start:end].split()
        opens = inside and (
            inside[0][0].isupper() or inside[0].casefold() in listed("source_determiner", "source_alone")
        )
        several = bool(inside) and of_several(head_words(text[start:end]))
        return Span(start, end) if 0 < len(inside) <= 9 and (opens or several) else None
    return None


def of_several(parts: Sequence[str]) -> bool:
    """Whether words in small letters are of several people: a plural, or two joined."""
    last = parts[-1] if parts else ""
    plural = last.endswith(endings("plural_ending")) and not last.endswith(endings("singular_in_s"))
    return plural or last in listed("several_word") or not listed("subject_joint").isdisjoint(parts)


def main_subject(context: Context, sentence: Span, position: int) -> Span | None:
    """What stands before the first finite verb of a sentence, over a phrase that opens it: "Earlier this year, |the
    firm| sought to block it, arguing"."""
    text = context.text
    start = Span(sentence.start, position).trimmed(text).start
    if (opener := pattern("conjunction first").match(text, start, position)) is not None:
        start = opener.end()
    for _ in range(2):
        found = _MAIN_WORDS.match(text, start, position)
        if found is None:
            return None
        inside = found.group().split()
        if inside[0].casefold() in listed("source_determiner") or (
            inside[0].casefold() not in load("en", "name").words("sentence_opener") and inside[0][0].isupper()
        ):
            break
        comma = text.find(", ", start, min(position, start + 80))
        if comma < 0:
            return None
        start = comma + 2
    else:
        return None
    verbs = listed("irregular_past", "finite_auxiliary", "seeming_verb")
    for place, match in enumerate(re.finditer(r"[\w’'-]+", text[start : found.end()])):
        word = match.group()
        if place and (word in verbs or word.endswith(endings("past_ending"))):
            subject = Span(start, start + match.start()).trimmed(text)
            end = strip_between(text, start, subject.end)
            return Span(start, end) if end > start else None
    return None


_WORD = re.compile(r"[\w’'-]+")
_PHRASE_WORD = re.compile(r"\w[\w.,’'&/-]*(?<!,)")
_MAIN_WORDS = re.compile(r"[\w’'-]+(?:\s[\w’'&.-]+){1,9}")


def _with_modifiers(context: Context, floor: int, source: Span) -> Span:
    """A source with what stands before it in its clause, where that is nothing but modifiers: "|German Chancellor
    Ana Vell", "|Harbour union spokesman Jo Prake"."""
    text = context.text
    floor = _after_break(context, floor, source.start)
    before = text[floor : source.start]
    if not before.strip() or not text[source.start].isalnum():
        return source
    first, *others = source.of(text).split()
    if others and source.of(text).islower() and first in listed("source_determiner", "quantifier"):
        return source  # "Ana Vell thanked |a clerk| who said": nothing modifies an article
    match = _MODIFIERS.fullmatch(before)
    if match is None:
        return source
    found = match.group("modifiers").split()
    stops = listed("source_stop", "no_modifier", "between", "irregular_past", "finite_auxiliary")
    openers, determiners = load("en", "name").words("sentence_opener"), listed("source_determiner")
    folded = [word.casefold() for word in found]
    if any(word in stops for word in folded) or not determiners.isdisjoint(folded[1:]):
        return source
    if any(word.endswith(endings("adverb_ending")) and word not in listed("ly_noun") for word in folded):
        return source
    if folded[0] in openers and folded[0] not in determiners and folded[0] not in listed("source_opener"):
        return source
    return Span(floor + match.start("modifiers"), source.end)


def _nearest_before(context: Context, floor: int, position: int, *, mentions_only: bool) -> Span | None:
    text = context.text
    end = strip_between(text, floor, position)
    if text.endswith(endings("relative_subject"), floor, end) and (
        who := pattern("who right before").search(text[floor:end])
    ):
        end = floor + who.start()
        near = context.mentions_between(max(floor, end - 90), end)
        named = next((m for m in reversed(near) if m.span.end == end and m.kind == "name"), None)
        if named is not None and (found := _before_who(context, floor, named, floor + who.end())) is not None:
            return found
        if not any(m.span.end == end for m in near) and (people := _people_before_who(context, floor, end)) is not None:
            return people
    if subject := _before_relative(context, floor, end):
        return subject
    for _ in range(5):
        if (party := _party_before(context, floor, end)) is not None:
            end = party  # "Ana Vell, R-Merrin, said"
        whole = _name_and_apposition(context, floor, end) if end < position - 2 else None
        if whole is not None:
            return whole
        if subject := _ending_at(context, floor, end, mentions_only=mentions_only):
            if pattern("based there").match(text, subject.end) is None or text.rfind(",", floor, subject.start) < 0:
                return subject
            end = text.rfind(",", floor, subject.start)  # "Modvell, a |Merrin|, Osk-based firm, said"
            continue
        if end < position - 2 and (place := pattern("place behind a comma").search(text, floor, end)) is not None:
            end = place.start()  # "The father, from Osk, south of Merrin, said"
            continue
        # "Vell, 34, said": step over the apposition; "Radio Merrin, which hired Vell, said": over the clause.
        apposition = pattern("apposition before").search(text, floor, end)
        if not apposition:
            clause = pattern("relative clause before").search(text, floor, end)
            if clause is None:
                return None
            end = clause.start()
            continue
        stands = apposition.group().casefold().split()
        bound = listed("clause_mark", "relative_word", "subordinate_opener")
        opens = not listed("clause_joint", "subordinate_opener").isdisjoint(stands[1:2])
        if (opens or bound.isdisjoint(stands)) and not listed("finite_auxiliary").isdisjoint(stands):
            return None  # "in Osk, Ana Vell was plain, saying": a clause
        # "its head of news, Ana Vell, said": the name between the commas speaks.
        inner = Span(apposition.start() + 2, apposition.end()).trimmed(text)
        name = next((m for m in context.mentions_between(inner.start, inner.end) if m.kind == "name"), None)
        described = pattern("described before").search(
            text, max(floor, apposition.start() - _PHRASE), apposition.start()
        )
        if (
            name is not None
            and _is_named(context, inner, name)
            and (context.is_person(name) or (described is not None and _one_with_an_office(context, described, name)))
        ):
            return Span(described.start(), name.span.end) if described is not None else name.span
        end = apposition.start()
    return None


def _one_with_an_office(context: Context, described: re.Match[str], name: Mention) -> bool:
    """Whether a phrase is about one person by an office, so that a name of several words behind it is theirs: "the head
    of the Rescue Office, |Abbas Holm|"."""
    if pattern("somewhere").search(described.group()) is not None:
        return False  # "a clerk in Merrin, |West Osk|, said"
    head = head_words(described.group())[-1:]
    return context.may_be_person(name) and bool(head) and head[0] in listed("source_person")


def _party_before(context: Context, floor: int, end: int) -> int | None:
    """Where a party, a degree or what stands in brackets behind a name begins, which ends at `end`; initials behind a
    comma are such only behind a name ("A year ago, |HASA| said")."""
    text = context.text
    if (party := pattern("party and place before").search(text, floor, end)) is not None:
        return party.start()
    match = _PARTY.search(text, floor, end)
    if match is None:
        return None
    initials = match.group().rstrip(",").strip(", ").isalpha()
    near = context.mentions_between(max(floor, match.start() - _CLAUSE), match.start())
    named = any(m.kind == "name" and m.span.end == match.start() for m in near)
    return match.start() if named or not initials else None


def _named_before_role(context: Context, floor: int, role: Span, position: int) -> Span | None:
    """Who opens the clause where a source is the end of an apposition: "|Ana Vell|, deputy leader and a spokeswoman
    said", "|Ana Vell|, a guard of Merrin, said"; not where the verb is set between commas ("Ana Vell, a guard said,
    left")."""
    text = context.text
    parts = role.of(text).casefold().split()
    heads = listed("source_person")
    if heads.isdisjoint(parts) or pattern("verb and a comma").match(text, position):
        return None
    near = context.mentions_between(max(floor, role.start - _CLAUSE), role.start)
    name = next((m for m in near if m.kind == "name"), None)
    if name is None or not pattern("apposed to the name before").match(text, name.span.end, role.start):
        return None
    before = text[floor : name.span.start].split()
    titles = load("en", "name").words("title", "role")
    return (
        name.span
        if context.may_be_person(name) and all(word in titles or word.casefold() in titles for word in before)
        else None
    )


def _before_who(context: Context, floor: int, named: Mention, end: int) -> Span | None:
    """The name right before a relative pronoun that ends at `end`, where a preposition would make it no subject: "a
    protest from |the ministry|, which said", "looking over to |Ana Vell|, who replied"; not behind a described person
    whom it completes ("a spokesman for Ana Vell, who said")."""
    text = context.text
    if not context.is_person(named):
        which = pattern("name before which").search(text, floor, end)
        return _with_article(context, named.span) if which is not None else None
    by = governing().search(text, max(floor, named.span.start - 60), named.span.start)
    described = by is not None and _ends_in_a_person(text[floor : by.start()])
    return named.span if by is not None and not described else None


def _people_before_who(context: Context, floor: int, end: int) -> Span | None:
    """The described people right before a relative pronoun, which is about them and not about the subject of the clause
    that they are the object of: "The offer upset |many clerks|, who said"; `None` where no more than they stand there,
    and where what stands there names no people."""
    text = context.text
    openers = listed("source_determiner", "source_opener", "quantifier", "number_word")
    stops = listed("governor", "phrase_break", "irregular_past", "finite_auxiliary", "clause_mark", "list_joint")
    inside: list[re.Match[str]] = []  # from right to left
    determined = False
    for match in reversed(list(_PHRASE_WORD.finditer(text, floor, end))):
        if text[match.end() : inside[-1].start() if inside else end].strip():
            break  # a comma or another mark parts them
        word, folded = match.group(), match.group().casefold()
        before = text[floor : match.start()].casefold().split()[-1:]
        if determined and folded not in openers:
            break  # "the two |clerks"
        verb = word.endswith((*endings("past_ending"), *endings("negated_ending"))) and "-" not in word
        members = folded in listed("noun_joint") and bool(before) and _names_people(before[0])
        if not members and (folded in stops or (verb and not (before and before[0] in openers))):
            if word.endswith(endings("negated_ending")) or folded in listed("finite_auxiliary"):
                inside = inside[:-1]  # "did not |upset| the clerks"
            break
        determined = folded in openers
        inside.append(match)
    head = inside[0].group().casefold() if inside else ""
    if head in openers or not (_names_people(head) or of_several([head])):
        return None
    start = inside[-1].start()
    if (joined := pattern("the first of two joined").search(text, floor, start)) is not None:
        start = joined.start()
    opens = determined or joined is not None or of_several([head])
    left = text[floor:start].rstrip()
    return Span(start, end) if opens and left and not left.endswith(",") else None


def governed_people(context: Context, floor: int, position: int) -> Span | None:
    """The people right before a participle without a comma, whom a preposition governs: "a list of |officials|
    criticizing"."""
    end = strip_between(context.text, floor, position)
    people = _people_before_who(context, floor, end)
    if people is None or any(m.kind == "name" for m in context.mentions_between(people.end - 1, people.end)):
        return None
    head = people.of(context.text).casefold().split()[-1]
    if head in listed("several_word") or not _names_people(head):
        return None
    governor = context.text[floor : people.start].casefold().split()[-1:]
    return people if governor and governor[0] in listed("of_several_people") else None


def _names_people(noun: str) -> bool:
    """Whether a noun is one for people who speak or for a body of them, or a plural of one."""
    people = listed("source_noun", "source_person", "institution_noun", "several_word", "crowd_noun")
    return noun in people or singular(noun) in people


def _ends_in_a_person(before: str) -> bool:
    """Whether words end in a noun for a person, of whom a preposition says more: "a |spokesman|"."""
    found = before.split()
    return bool(found) and found[-1].casefold() in listed("source_person", "source_noun")


def _with_article(context: Context, name: Span) -> Span:
    """A name with the article before it."""
    article = pattern("article right before").search(context.text, max(0, name.start - 5), name.start)
    return Span(article.start() if article else name.start, name.end)


def _is_named(context: Context, apposition: Span, name: Mention) -> bool:
    """Whether what stands between commas is a name, its titles and what completes it: "Senator Ana Vell of Osk"."""
    text = context.text
    titles = load("en", "name").meanings("title")
    if any(word not in titles for word in text[apposition.start : name.span.start].split()):
        return False
    rest = Span(name.span.end, apposition.end)
    return len(rest) <= 1 or pattern("completed by what follows").match(text, rest.start, rest.end) is not None


def _before_relative(context: Context, floor: int, end: int) -> Span | None:
    """The name that a clause about it parts from its verb: "Ana Vell, whose son, six, was there, said"."""
    clause = pattern("relative clause before").search(context.text, floor, end)
    if clause is None:
        return None
    before = clause.start()
    if (party := _party_before(context, floor, before)) is not None:
        before = party
    subject = _ending_at(context, floor, before, mentions_only=True)
    if subject is None or len(context.text[floor : subject.start].split()) > 1:
        return None
    return subject


def _name_and_apposition(context: Context, floor: int, end: int) -> Span | None:
    """The name before an apposition that ends at `end`, with another stepped over behind it: in "Ana Vell, head of the
    union of Merrin|, a body of sailors, said" the name at the end of the first is not who speaks."""
    text = context.text
    comma = text.rfind(", ", floor, end)
    if comma < 0 or not text[comma + 2 : comma + 3].islower() or pattern("clause word").match(text, comma + 2, end):
        return None
    if not listed("subordinate_opener").isdisjoint(text[comma + 2 : end].split()):
        return None  # "in Hallan, right now where |a heckler| shouted": a clause, no apposition
    for mention in context.mentions_between(max(floor, comma - 60), comma):
        owned = pattern("role of the one before").match(text, comma, end) is not None
        if mention.span.end == comma and mention.kind == "name" and (owned or context.is_person(mention)):
            return _ending_at(context, floor, comma, mentions_only=True)
    return None


def _ending_at(context: Context, floor: int, end: int, *, mentions_only: bool) -> Span | None:
    """The mention or the phrase that ends at `end`."""
    text = context.text
    if contraction := pattern("contraction").search(text, max(floor, end - 3), end):
        end -= len(contraction.group())
    for mention in reversed(context.mentions_between(max(0, end - 90), end)):
        if mention.span.end == end and mention.span.of(text).casefold() in listed("object_pronoun"):
            break  # "those close to him said": no subject
        if mention.span.end == end and mention.kind == "name" and (person := _of_a_place(context, floor, mention)):
            return person
        if mention.span.end == end and mention.kind == "name" and not context.is_person(mention):
            within = pattern("place in a larger one").search(
                text, max(floor, mention.span.start - 60), mention.span.start
            )
            if within is not None:
                names = context.mentions_between(max(floor, within.start() - _APPOSED), within.start())
                whose = next((m.span for m in names if m.span.end == within.start() and context.may_be_person(m)), None)
                if whose is not None or text[end : end + 1] == ",":
                    return whose  # "|Ana Vell| in Osk, Norland, who said"; nobody in "in Osk, Norland, on Friday, said"
        if mention.span.end == end and (mention.span.start >= floor or mention.kind == "nominal"):
            if mention.kind == "name" and (
                by := governing().search(text, max(floor, mention.span.start - 60), mention.span.start)
            ):
                if (head := _head(context, floor, by.start())) is not None:
                    return Span(head.start, end)
                break
            if mention.kind == "nominal" and (
                inner := pattern("second phrase").search(text, mention.span.start + 1, end)
            ):
                return Span(inner.start("second"), end)  # "the affair after a woman": two phrases
            if mention.kind == "nominal" and (
                of := pattern("somebody of").search(text, max(floor, mention.span.start - 60), mention.span.start)
            ):
                return Span(of.start(), end)  # "a spokesman for the mayor": not the mayor
            before = text[max(floor, mention.span.start - 18) : mention.span.start]
            phrase = pattern("determiner before").search(before)
            if mention.kind == "name" and (
                phrase
                or (phrase := _role_before().search(text[max(floor, mention.span.start - 50) : mention.span.start]))
            ):
                first = mention.span.start - len(phrase.group())
                by = governing().search(text, max(floor, first - 60), first)
                if by is not None and (head := _head(context, floor, by.start())) is not None:
                    return Span(head.start, end)  # "|An aide| to the Liberal-led Merrin Council"
                return Span(mention.span.start - len(phrase.group()), end)
            return mention.span
    if mentions_only:
        return None
    stretch = text[_after_break(context, floor, end) : end]
    start = end - len(stretch)
    near = max(0, len(stretch) - 2 * _PHRASE)
    alone = _alone().search(stretch, near)
    match = alone or pattern("phrase before").search(stretch, near)
    if not match or len(match.group("phrase")) > _PHRASE:
        return None
    tie = match.groupdict().get("tie") or ""  # "aides to Vell": no infinitive
    if _phrase_verb().search(match.group("phrase").removesuffix(tie)) or _phrase_verb().search(tie, 4):
        return None
    first = match.start("phrase")
    if alone is None and not tie and holds_finite(match.group("phrase").split()):
        return _behind_verb(context, start + first, end)
    if alone is None:
        # "Backers of the policy said": the head stands before the preposition.
        noun = pattern("head before").search(stretch, 0, first)
        if noun is not None:
            first = noun.start("head")
        if stretch[:first].strip() and not pattern("opening of a clause").fullmatch(stretch[:first].strip()):
            return None  # something stands before it that makes it no subject
        opening = stretch[first:].split()[0].casefold()
        bare = stretch[first].islower() and opening not in listed("source_determiner", "source_noun", "source_alone")
        if bare and noun and text[max(floor, start - 2) : start] == ", ":
            return None  # ", head of the harbour office": an apposition
    if (
        stretch[first:].split()[0].casefold() in load("en", "name").words("sentence_opener")
        and stretch[first].isupper()
        and (stretch[first:].split()[0].casefold() not in listed("source_determiner", "source_alone", "source_noun"))
    ):
        return None  # a weekday, a month, a conjunction
    behind = pattern("second phrase").search(stretch, first)
    if behind is not None and carriers().isdisjoint(stretch[first : behind.start()].casefold().split()):
        first = behind.start("second")  # "The tests come after |the agency| said"
    found = stretch[first:].rstrip()
    if found.endswith(endings("adverb_ending")) and found.isalpha() and found.casefold() not in listed("ly_noun"):
        return None  # "Ironically, it is so"
    return Span(start + first, start + first + len(found))


def _behind_verb(context: Context, start: int, end: int) -> Span | None:
    """The noun phrase at the end of a clause, behind its verb: "The paper found |three other women| who said"."""
    opening = listed("source_determiner", "source_opener", "source_noun")
    for match in _WORD.finditer(context.text, start, end):
        rest = context.text[match.start() : end].split()
        if match.start() > start and match.group().casefold() in opening and not holds_finite(rest):
            return Span(match.start(), match.start() + len(context.text[match.start() : end].rstrip()))
    return None


def _of_a_place(context: Context, floor: int, place: Mention) -> Span | None:
    """Whom names behind commas say more of: "|Ana Vell| of the Hallan Institute, Merrin, said", "|Ana Vell|, Roads
    Director, Merrin Council said"; else `None`."""
    text = context.text
    if text[place.span.start - 2 : place.span.start] != ", " or context.is_person(place):
        return None
    near = context.mentions_between(max(floor, place.span.start - _APPOSED), place.span.start)
    person = next((m for m in reversed(near) if m.kind == "name" and context.is_person(m)), None)
    if person is None:
        return None
    between = text[person.span.end : place.span.start]
    apposed = between.startswith(", ") or pattern("completed by what follows").match(between) is not None
    joined = not listed("list_joint").isdisjoint(between.split()) or holds_finite(re.split(r"[\s,]+", between))
    return person.span if apposed and not joined else None


def _after_break(context: Context, floor: int, end: int) -> int:
    """Where the words before `end` begin that no break parts from it; the breaks nearest to it are looked for first."""
    for reach in (_PHRASE, LOOK_BACK):
        start = max(floor, end - reach)
        breaks = (m.end() for m in _break().finditer(context.text, start, end) if not context.name_around(m.start()))
        if (after := max(breaks, default=None)) is not None:
            return after
        if start == floor:
            break
    return floor


def _head(context: Context, floor: int, end: int) -> Span | None:
    """The described person whom a name behind a preposition completes: "An aide| to Quill", "A man who rode| with
    Quill"."""
    while end > floor and context.text[end - 1].isspace():
        end -= 1
    for mention in reversed(context.mentions_between(max(floor, end - 90), end)):
        between = context.text[mention.span.end : end]
        if mention.kind == "nominal" and (not between or pattern("restrictive clause").fullmatch(between)):
            return mention.span
        if mention.kind == "name" and not between and context.kind_of(mention) == "person":
            governed = governing().search(context.text, max(floor, mention.span.start - 60), mention.span.start)
            return mention.span if governed is None else None  # "|Ana Vell| of the Union of Sailors, a body, said"
    return None


@lru_cache(maxsize=64)
def strip_between(text: str, floor: int, position: int) -> int:
    """`position` moved left over adverbs and auxiliaries: "Vell recently | told"."""
    between = listed("between")
    end = position
    while True:
        while end > floor and text[end - 1].isspace():
            end -= 1
        start = end
        while start > floor and (text[start - 1].isalpha() or text[start - 1] in "’'-"):
            start -= 1
        word = text[start:end].casefold()
        if phrase := pattern("time before the verb").search(text, max(floor, end - 40), end):
            end = phrase.start()
            continue
        if text[end - 1 : end] in _ENDS_SHORT and (short := pattern("short behind a name").search(text, floor, end)):
            end = short.start()  # "Ana Vell, Jr. |said", "a judge in Osk, D.C. |said"
            continue
        if start > floor and text[start : start + 1].isupper():
            return end  # "Theresa May |said"
        if start == end or not (
            # A capital is a name's: "Ann Kelly said".
            word in between
            or word.endswith(endings("negated_ending"))
            or (
                word.endswith(endings("adverb_ending"))
                and len(word) > 4
                and text[start].islower()
                and word not in listed("ly_noun")
            )
        ):
            return end
        # "went on" as a verb of its own has a subject before it; "and" joins two verbs.
        if word in listed("verb_joint"):
            return end
        end = start


def own_subject(context: Context, sentence: Span) -> Span | None:
    """The `leading_subject` of a whole sentence, which is asked for with everybody who may be meant behind it."""
    if sentence not in context.subjects:
        context.subjects[sentence] = leading_subject(context, sentence, sentence.end)
    return context.subjects[sentence]


def leading_subject(context: Context, sentence: Span, position: int) -> Span | None:
    """The sentence's own subject: the first person in it that no preposition and no relative clause governs, a
    described source or an organisation that it begins with."""
    text = context.text
    dateline = pattern("dateline").match(text, sentence.start, position)
    sentence = Span(dateline.end(), max(dateline.end(), sentence.end)) if dateline is not None else sentence
    sentence = Span(_main_clause(context, sentence, position), sentence.end)
    phrase = pattern("described first").match(text, sentence.start, position)
    if phrase is not None and phrase.group("phrase").split()[0].casefold() in words().words("governor"):
        phrase = None  # "With harbour leaders worried, Ana Vell told"
    governed = sentence.start
    for mention in context.mentions_between(sentence.start, position):
        start = mention.span.start
        if context.in_quotation(start):
            continue
        if (mention.kind == "nominal" and text[governed:start] == ", ") or (
            mention.kind == "name" and pattern("and titles between").fullmatch(text, governed, start)
        ):
            governed = mention.span.end
            continue  # "a letter to Ana Vell, |the harbour master|, said", "with Ana Vell and Judge |Nils Holm| there"
        if phrase and mention.span.end < phrase.end() and mention.kind == "name":
            continue  # a name in the phrase: "Merrin officials told"
        if phrase and phrase.end() < start and not is_medium(phrase.group("phrase")):
            return Span(*phrase.span("phrase"))
        if not context.is_person(mention) and not _begins_as_organisation(context, sentence, mention):
            continue
        if mention.kind == "pronoun" and mention.span.of(text).casefold() not in listed("one_person_subject"):
            continue
        if mention.kind == "name" and _before_a_holder(context, mention):
            continue  # "|Osk| governor Ana Vell"
        if mention.kind == "name" and (office := pattern("office of somebody").fullmatch(text, sentence.start, start)):
            return Span(office.start("head"), mention.span.end)
        if mention.kind == "name" and (body := pattern("a body next").match(text, mention.span.end, position)):
            article = pattern("article right before").search(text, max(sentence.start, start - _ARTICLE), start)
            if article is not None:
                return Span(article.start(), body.end())  # "|the Vell campaign|"
        reach = max(sentence.start, start - _GOVERNED)
        titled = pattern("governed with titles").search(text, reach, start) if mention.kind == "name" else None
        if titled is not None or governing().search(text, reach, start):
            governed = mention.span.end
            continue
        if pattern("joined before").search(text[max(sentence.start, start - 12) : start]):
            continue
        if text[mention.span.end : mention.span.end + 1] in _APOSTROPHES:
            continue
        if pattern("in a relative clause").search(text, max(sentence.start, start - 200), start):
            continue
        if mention.kind == "nominal" and (body := pattern("a body next").match(text, mention.span.end, position)):
            return Span(start, body.end())  # "|the state’s general assembly|": no general
        if phrase and mention.span.start == phrase.start("phrase") and phrase.end("phrase") < mention.span.end:
            return Span(*phrase.span("phrase"))
        return mention.span
    if phrase and phrase.group("phrase").split()[-1].casefold() in (listed("source_person", "source_noun")):
        return Span(*phrase.span("phrase"))
    return _name_that_acts(context, sentence, position)


def _main_clause(context: Context, sentence: Span, position: int) -> int:
    """Where the main clause begins of a sentence that opens with another, where somebody is its subject: "While clerks
    waited, |Vice President Ana Vell| held"; else where the sentence does."""
    text = context.text
    if pattern("a bound clause opens").match(text, sentence.start, position) is None:
        return sentence.start
    for comma in pattern("clause behind a comma").finditer(text, sentence.start, position):
        for mention in context.mentions_between(comma.end(), comma.end() + _TITLED):
            named = mention.kind == "name" and context.may_be_person(mention)
            acts = pattern("its verb next").match(text, mention.span.end, position) is not None
            if named and acts and _only_titles(text[comma.end() : mention.span.start]):
                return comma.end()
            break
    return sentence.start


def _only_titles(before: str) -> bool:
    """Whether nothing but titles and roles stands before a name."""
    lists = load("en", "name")
    known = lists.words("title", "role") | listed("rank", "source_determiner")
    return all(word in known or word.casefold() in known for word in before.split())


def _name_that_acts(context: Context, sentence: Span, position: int) -> Span | None:
    """A name of any kind that a sentence begins with, with a verb of its own: "|Broadboat| went after the model, and
    has said"; before a finite verb of saying only."""
    verb = re.compile(r"\w+").search(context.text, position)
    first = next(iter(context.mentions_between(sentence.start, position)), None)
    if first is None or first.kind != "name" or first.span.start != sentence.start or verb is None:
        return None
    acts = pattern("finite verb first").match(context.text, first.span.end + 1, position)
    return first.span if acts is not None and not is_participle(verb.group()) else None


def _before_a_holder(context: Context, mention: Mention) -> bool:
    """Whether a name of one word says whose office the person named behind it holds."""
    if " " in mention.span.of(context.text):
        return False
    for other in context.mentions_between(mention.span.end, mention.span.end + 40):
        between = context.text[mention.span.end : other.span.start]
        if other.kind != "name" or not context.is_person(other):
            continue
        if pattern("short title").fullmatch(between):
            return True  # "|Osk| Gov. Ana Vell"
        if _ROLE_BETWEEN.fullmatch(between):
            return between.split()[-1].casefold() in load("en", "name").meanings("role")
    return False


_ROLE_BETWEEN = re.compile(r"\s(?:[a-z-]+\s){1,4}|\s(?:[A-Z][a-z-]+\s){1,3}")


def _begins_as_organisation(context: Context, sentence: Span, mention: Mention) -> bool:
    before = context.text[sentence.start : mention.span.start].strip()
    for other in context.mentions_between(mention.span.end, mention.span.end + 40):
        between = context.text[mention.span.end : other.span.start]
        if other.kind != "name" or not _ROLE_BETWEEN.fullmatch(between):
            continue
        if context.is_person(other) or between.split()[-1] in listed("source_person"):
            return False  # "Interior Ministry spokesman |Ari Vell| gave"
    return (
        mention.kind == "name"
        and mention.chain is not None
        and context.chains[mention.chain].kind == "organisation"
        and (not before or before in listed("opening_article"))
    )


@cache
def _alone() -> re.Pattern[str]:
    """A pronoun that is the source by itself, at the end of a stretch."""
    return re.compile(rf"(?:^|(?<=[\s“”\"'‘’(—–-]))(?P<phrase>(?i:{words().alternatives('source_alone')}))\s*\Z")


@cache
def _break() -> re.Pattern[str]:
    return re.compile(rf"(?:[,:](?!\d)|[;—–(“”\"]|\b(?:{words().alternatives('phrase_break')})\b)\s*", re.IGNORECASE)


@cache
def _phrase_verb() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words().alternatives('phrase_verb')})\b")


@cache
def _role_before() -> re.Pattern[str]:
    """ "chief inspector " or "Capt. " before a name, as in "chief inspector Lionel Prake told"."""
    lists = load("en", "name")
    roles, titles, rank = lists.alternatives("role"), lists.alternatives("title"), words().alternatives("rank")
    return compiled.pattern(rf"(?<![\w’'-])(?:(?:(?:{rank}|{roles})\s){{0,3}}(?:{roles})|(?:{titles}))\s\Z")
