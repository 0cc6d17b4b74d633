"""From the words that name a source to the chain of the person behind them."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from tellings.model.records import Mention
from tellings.model.rules import load
from tellings.model.text import Span
from tellings.within.quotes.context import Context, Draft, carriers, endings, head_words, listed, pattern, words
from tellings.within.quotes.subjects import leading_subject
from tellings.within.quotes.told import Told

#: Media whose author is the one quoted just before; a letter or a statement may be anybody's.
_AUTHORED = frozenset({"post", "note", "essay", "message", "video"})
#: Characters before a name that hold a preposition.
_BEFORE = 12
#: Characters after a quotation within which "the post continued" means the post it is from.
_SAME_MEDIUM = 1500


def speaker_of(context: Context, source: Span | None) -> int | None:
    """The chain of the person a source span means; `None` when it is nobody with a chain."""
    if source is None:
        return None
    mention = context.mention_in(source)
    if mention is None or mention.chain is None or _several(context, source, mention):
        return None
    if (
        mention.span.start > source.start
        and context.chains[mention.chain].kind != "person"
        and not context.text.endswith(", ", source.start, mention.span.start)
        and pattern("any of several").match(context.text, source.start, source.end)
    ):
        return None  # "every Merrin Captain", "a New Merriner": no name
    if mention.kind == "name" and mention.span.start > source.start and _is_common(context, source, mention):
        return None  # "Norland’s state |TV|", "the panel’s top |Democrat|": no name
    if mention.kind == "name" and _torn(context, source, mention):
        return None  # "the N.M. Attorney’s |Office for Merrin|", "the Osk May 6 |Select Committee|": the rest of a name
    if mention.kind != "name" and not _named_before(context, mention.chain, mention.span.start):
        return None  # "the mayor", who is somebody else than "former mayor Ana Vell" of the last paragraph
    chain: int | None = _teller(context, mention) if mention.kind == "pronoun" else mention.chain
    if chain is not None and mention.kind == "pronoun" and source.of(context.text).casefold() in listed("one_person"):
        return chain if context.chains[chain].kind in ("person", "unknown") else None  # no ministry is "he"
    return chain


def _torn(context: Context, source: Span, name: Mention) -> bool:
    """Whether a name at the end of a source is the rest of a body's longer one, which begins with a genitive or has a
    day or the short word for a firm in it."""
    text, start = context.text, name.span.start
    if pattern("day of a name right before").search(text, source.start, start) is not None:
        return True
    if pattern("firm right before").search(text, source.start, start) is not None:
        return True  # "Harbour Corp. |International|"
    first = name.span.of(text).split()[0].casefold()
    return (
        first in listed("institution_noun")
        and pattern("owner of an office right before").search(text, source.start, start) is not None
    )


def _is_common(context: Context, source: Span, name: Mention) -> bool:
    """Whether a capitalised word at the end of a source is a common noun that what stands before it describes, no
    name: one for an institution, an outlet, a place, one of a people or of a party."""
    word = name.span.of(context.text).casefold()
    before = context.text[source.start : name.span.start].split()
    names = load("en", "name")
    if (
        " " in word
        and before[0].casefold() in listed("source_determiner")
        and len(before) > 1
        and name.chain is not None
    ):
        of_body = word.split()[-1] in names.words("people_word") and word.split()[0] in listed("speaking_noun")
        return of_body and context.chains[name.chain].kind != "person"  # "the top |House Liberal|"
    if " " in word or name.chain is None:
        return False
    if word in names.words("people_word") and before[0].casefold() in listed("source_determiner"):
        return len(before) > 1
    common = word in names.words("organisation_word", "outlet_word", "place_word", "people_word")
    described = any(each.casefold() not in listed("definite_article") for each in before)
    return common and described and context.chains[name.chain].kind != "person"


def _several(context: Context, source: Span, mention: Mention) -> bool:
    """Whether a source is several people: "Ana Vell and Nils Holm", "Ana Berg and her deputy, Nils Holm,"."""
    text = context.text
    if pattern("and somebody before").search(text[source.start : mention.span.start]):
        return True
    if pattern("and somebody behind").match(text[mention.span.end : source.end]):
        return True
    if pattern("and the rest of a list").search(text, mention.span.end, source.end):
        return True  # "|Osk|, Merrin and ten other towns"
    if pattern("others joined behind a comma").search(text, mention.span.end, source.end):
        return True  # "Ana Vell, the mayor, and her deputies"
    for other in context.mentions_between(source.start, mention.span.start):
        another = other.kind == "name" and other.chain != mention.chain and context.may_be_person(other)
        if another and pattern("and titles between").fullmatch(text, other.span.end, mention.span.start):
            return True  # "Ana Vell and Judge |Nils Holm|"
    behind = [m for m in context.mentions_between(mention.span.end, source.end) if m.kind == "name"]
    if any(pattern("listed behind").fullmatch(text, mention.span.end, other.span.start) for other in behind):
        return True  # "|France|, the League and Osk"
    if len(behind) > 1 and text[mention.span.end : behind[0].span.start] == ", ":
        last = pattern("joint at the end").search(text, behind[0].span.start, behind[-1].span.start)
        titled = pattern("and titles between").search(text, behind[0].span.end, behind[-1].span.start)
        if last is not None or titled is not None:
            return True  # "|Ana Vell|, Nils Holm and Judge Jo Prake"
    return any(
        other.kind == "name"
        and context.is_person(other)
        and pattern("and right before").search(text, mention.span.end, other.span.start)
        for other in context.mentions_between(mention.span.end, source.end)
    )


#: Words of a source that is a noun with its article.
_BARE = 2
#: Characters between a source with a name and a pronoun that goes on for it.
_SAME_TELLER = 700


def last_teller(context: Context, source: Span | None, told: Told) -> int | None:
    """Who was quoted last by name before a source that is "he" or "she", where nobody else of that gender has been the
    subject of a sentence since: `None` for others, and where gender or distance speak against it."""
    if source is None:
        return None
    position, wanted = source.start, words().meanings("one_person_subject").get(source.of(context.text).casefold())
    if wanted is None:
        return None
    last = told.last_source(position, lambda d: d.source is not None and d.source.end <= position)
    if last is None or last.speaker is None or last.source is None or source.start - last.source.end > _SAME_TELLER:
        return None
    chain = context.chains[last.speaker]
    mention = context.mention_in(last.source)
    if mention is None or mention.kind != "name" or chain.gender not in (wanted, "unknown"):
        return None
    since = context.sentence_at(last.source.start)
    if pattern("a bound clause opens").match(context.text, since.start, last.source.start) is not None:
        main = _whose_main_clause(context, Span(last.source.end, since.end))
        if main not in (None, last.speaker):
            return None  # "When Holm complained that it was late, |Ana Vell| had had enough. “…,” she said"
    position = since.end
    while position < source.start:
        sentence = context.sentence_at(position)
        if sentence.end <= position:
            break
        subject = leading_subject(context, sentence, min(sentence.end, source.start))
        found = context.mention_in(subject) if subject is not None else _first_name(context, sentence)
        chain_since = found.chain if found is not None else None
        if chain_since not in (None, last.speaker) and context.chains[chain_since].gender in (wanted, "unknown"):
            return None
        position = sentence.end
    return last.speaker


def _whose_main_clause(context: Context, rest: Span) -> int | None:
    """The chain of the person that a clause behind a comma is about."""
    for comma in pattern("comma and a capital").finditer(context.text, rest.start, rest.end):
        name = next((m for m in context.mentions_between(comma.end(), comma.end() + 1) if m.kind == "name"), None)
        if name is not None:
            return name.chain
    return None


def _first_name(context: Context, sentence: Span) -> Mention | None:
    """The name that a sentence begins with, whatever it is of."""
    start = sentence.trimmed(context.text).start
    return next((m for m in context.mentions_between(start, start + 1) if m.kind == "name"), None)


def unnamed_teller(context: Context, source: Span | None, told: Told) -> Span | None:
    """The words for a person without a name whom "he" or "she" means: the one quoted last ("a fire official said … He
    said"), where no name of one who can be meant has come up since. `None` for other sources."""
    if source is None or source.of(context.text).casefold() not in listed("one_person_subject"):
        return None
    position = source.start
    last = told.last_source(position, lambda d: d.described is not None and d.described.end <= position)
    about = _unnamed_subject(context, source)
    if about is not None and about.of(context.text).split()[0].casefold() in listed("indefinite"):
        return about  # "One woman scolded the crew. “…,” she said"
    if last is None:
        return about
    if last.described is None or last.source is None or source.start - last.source.end > _SAME_TELLER:
        return None
    if last.speaker is not None and any(
        context.mentions[index].kind == "name" for index in context.chains[last.speaker].mentions
    ):
        return None
    words_for_it = last.described.of(context.text)
    head = head_words(words_for_it)
    if not head or head[-1] not in listed("source_person") or head[0] not in listed("source_determiner"):
        return None
    # "The director" may be somebody named before, "a director" is nobody who was.
    start = last.described.end if head[0] in listed("indefinite") else max(0, last.described.start - _SAME_MEDIUM)
    for mention in context.mentions_between(start, source.start):
        if mention.kind == "name" and context.is_person(mention) and not context.in_quotation(mention.span.start):
            return None
    return last.described


def described_before(context: Context, source: Span | None, told: Told) -> Span | None:
    """The words in which somebody was told of before who is a bare noun with the article now: "|a spokesman for the
    harbour| said … the spokesman added", the last quoted of that noun; a body by its name. `None` for other sources."""
    parts = source.of(context.text).casefold().split() if source is not None else []
    if source is None or len(parts) != _BARE or parts[0] not in listed("definite_article"):
        return None
    if parts[1] in listed("institution_noun") - listed("any_body"):
        return _body_named(context, parts[1], source.start)
    if parts[1] not in listed("source_person"):
        return None

    def tells_more(draft: Draft) -> bool:
        words_for_it = draft.described.of(context.text).casefold() if draft.described is not None else ""
        head = pattern("head ends early").split(words_for_it)[0].split()
        return head[-1:] == parts[1:] and len(words_for_it.split()) > _BARE and draft.speaker is None

    last = told.last_source(source.start - 1, tells_more)
    if last is None or last.described is None or last.source is None:
        return None
    return last.described if not _comes_up(context, parts[1], Span(last.source.end, source.start)) else None


def _comes_up(context: Context, noun: str, stretch: Span) -> bool:
    """Whether somebody new of a noun is told of in a stretch: "a senior |official|"."""
    since = stretch.of(context.text).casefold()
    return any(match["noun"] == noun for match in pattern("somebody who comes up").finditer(since))


def _body_named(context: Context, noun: str, position: int) -> Span | None:
    """The name of the one body with a noun in its name that is named before a position: "|the Harbour Ministry| … the
    ministry"; `None` where there is none, or another."""
    found: dict[Span, int] = {}
    for mention in context.mentions_between(0, position):
        if mention.kind == "name" and mention.chain is not None:
            chain = context.chains[mention.chain]
            if chain.kind == "organisation" and noun in chain.name.casefold().split():
                found.setdefault(chain.name_span, mention.span.end)
    if len(found) != 1:
        return None
    name, first = found.popitem()
    return name if not _comes_up(context, noun, Span(first, position)) else None


def _unnamed_subject(context: Context, source: Span) -> Span | None:
    """The person without a name whom the sentence before is about: "|The harbour master| was asked. “…,” he said"."""
    sentence = context.sentence_at(source.start)
    before = context.sentence_at(sentence.start - 1) if sentence.start else sentence
    subject = leading_subject(context, before, before.end) if before != sentence else None
    if subject is None or any(
        m.kind == "name" and context.is_person(m) for m in context.mentions_between(before.start, source.start)
    ):
        return None
    head = subject.of(context.text).casefold().split()[-1]
    person = head in listed("source_person") or head in load("en", "name").words("role")
    return subject if person else None


def institution(context: Context, source: Span | None, told: Told) -> tuple[Span | None, int | None] | None:
    """Who "it" is as a source: the institution that was quoted last in this sentence or the one before, else the one
    that the sentence before is about; its words and its chain. `None` for other sources, and where none is told."""
    if source is None or source.of(context.text).casefold() not in listed("thing_pronoun"):
        return None
    sentence = context.sentence_at(source.start)
    before = context.sentence_at(sentence.start - 1) if sentence.start else sentence
    if pattern("in which it right before").search(context.text, sentence.start, source.start) is not None:
        own = leading_subject(context, Span(sentence.start, source.start), source.start)
        mention = context.mention_in(own) if own is not None else None
        if mention is not None and mention.kind == "name" and mention.chain is not None:
            kind = context.chains[mention.chain].kind
            return (None, mention.chain) if kind in ("organisation", "group", "place", "unknown") else None
    subject = leading_subject(context, before, before.end) if before != sentence else None
    last = told.last_words(source.start, sentence.end)
    if last is not None and _told_aside(context, last):
        main = told.last_words(source.start, sentence.end, lambda draft: not _told_aside(context, draft))
        last = main if main is not None and main.source is not None and main.source.start >= before.start else last
    if last is not None and last.source is not None and last.source.start >= before.start:
        if last.speaker is not None:
            kind = context.chains[last.speaker].kind
            alone = (
                last.source.start >= sentence.start
                and pattern("an institution").search(context.text, last.source.end, source.start) is None
            )  # "While |Broadboat| once said it was two, it said": nothing else is named that it could be
            known = kind in ("organisation", "group", "place") or (kind == "unknown" and alone)
            return (None, last.speaker) if known else None
        head = (last.meant or last.source).of(context.text).casefold().split()[-1]
        if head in listed("source_person", "personal_pronoun") and head not in listed("person_or_thing"):
            return None
        words_for_it = last.meant or last.source
        if not _several_things(context, words_for_it):  # "it" is no "repeated warnings"
            return words_for_it, None
    mention = context.mention_in(subject) if subject is not None else None
    if mention is not None and mention.chain is not None and context.chains[mention.chain].kind == "organisation":
        return None, mention.chain
    return _only_institution(context, before) if before != sentence else None


def _told_aside(context: Context, draft: Draft) -> bool:
    """Whether somebody speaks in a relative clause about them, and not in the main one: "a note in the Post, |which
    says|"."""
    return (
        draft.source is not None
        and draft.cue is not None
        and pattern("in a clause with which").match(context.text, draft.source.end, draft.cue.start) is not None
    )


def _several_things(context: Context, source: Span) -> bool:
    """Whether the head of a source is a common noun in the plural."""
    head = pattern("head ends").split(source.of(context.text))[0].split()
    return bool(head) and head[-1].islower() and head[-1].endswith(endings("plural_ending"))


def _only_institution(context: Context, sentence: Span) -> tuple[Span | None, int | None] | None:
    """The one institution of a sentence, else the one thing in it that carries words: "sued |the trust|", "opened |the
    letter|"; `None` where there are two."""
    names = {
        mention.chain
        for mention in context.mentions_between(sentence.start, sentence.end)
        if mention.kind == "name" and mention.chain is not None and context.chains[mention.chain].kind == "organisation"
    }
    for found in _institutions(sentence.of(context.text)):
        if len(found) + len(names) == 1:
            if not found:
                return None, names.pop()
            start, end = found[0]
            return Span(sentence.start + start, sentence.start + end), None
        if found or names:
            return None
    return None


@lru_cache(maxsize=16)
def _institutions(sentence: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Where the words for institutions, and those for things that carry words, stand in a sentence: each "it" of the
    next one asks."""
    nouns = pattern("an institution"), pattern("a thing with words")
    return tuple(tuple(match.span() for match in each.finditer(sentence)) for each in nouns)


def _named_before(context: Context, chain: int, position: int) -> bool:
    """Whether a chain has a name before a position, or none at all."""
    mentions = (context.mentions[index] for index in context.chains[chain].mentions)
    first = next((mention for mention in mentions if mention.kind == "name"), None)
    return first is None or first.span.start < position


def _teller(context: Context, pronoun: Mention) -> int | None:
    """The chain of a pronoun that is a source: who was told something just before ("Vell told Paul he was fine.
    “…,” he said") does not go on, the teller does, where the pronoun can mean both."""
    text = context.text
    wanted = words().meanings("one_person_subject").get(pronoun.span.of(text).casefold())
    for mention in reversed(context.mentions_between(max(0, pronoun.span.start - 400), pronoun.span.start)):
        if mention.chain != pronoun.chain or mention.kind != "name":
            continue
        verb = pattern("told right before").search(text, max(0, mention.span.start - 60), mention.span.start)
        if verb is None:
            return pronoun.chain
        for teller in reversed(context.mentions_between(max(0, verb.start() - 60), verb.start())):
            if teller.span.end == verb.start() and teller.chain is not None:
                fits = wanted is not None and context.chains[teller.chain].gender in (wanted, "unknown")
                return teller.chain if fits else pronoun.chain
        return pronoun.chain
    return pronoun.chain


def is_source(context: Context, source: Span | None, verb: Span | None = None) -> bool:
    """Whether a subject can be a source at all ("it says" alone cannot), of a verb where that is known."""
    if source is None:
        return False
    named = source.of(context.text)
    if pattern("an article alone").match(named):
        return False  # "according to the...": cut off
    if pattern("no noun phrase").match(named):
        return False  # "representing 900 sailors", "he’ll coerce Osk"
    if pattern("comparison").search(named):
        return False  # "two more than the harbour office said"
    if pattern("apposition and another").match(named):
        return False  # "Karl Moe, |a clerk, and Ana Vell|, a guard, said"
    if pattern("a number of people").match(named):
        return False  # "the number of clerks who reported using it"
    head = pattern("head ends").split(named)[0].split()
    if verb is not None and verb.of(context.text).casefold() in listed("musing") and context.mention_in(source) is None:
        return False  # "the offer reflects a “nightmare”": nobody
    if verb is not None and head and _says_nothing(head[-1].casefold(), verb.of(context.text).casefold()):
        return False
    if verb is not None and _happens(_head(context, source), verb.of(context.text).casefold()):
        return False  # "the panic threatens to", "his narrow win suggests that"
    if verb is not None and verb.of(context.text).casefold() in listed("order_verb") & listed("act_verb"):
        noun = _head(context, source)
        if noun and not _speaks(noun) and noun not in carriers() and context.mention_in(source) is None:
            return False  # "the gene instructs the body to make it"
    if verb is not None and pattern("promises").match(verb.of(context.text).casefold()) is not None:
        parts = named.casefold().split()
        if not listed("storm_word").isdisjoint((parts[0], *parts[-2:])):
            return False  # "Tropical |Storm| Vell threatens to"
    if named.casefold() in listed("anybody") and pattern("who right behind").match(context.text, source.end):
        return False  # "Vell is |somebody| who says"
    if not listed("written_on").isdisjoint((_head(context, source), named.casefold().split()[-1])):
        return False  # "the sign said that"
    if named in listed("medium_name"):
        return _as_a_firm(context, source, verb)
    return named.casefold() not in listed("nobody")


def _as_a_firm(context: Context, source: Span, verb: Span | None) -> bool:
    """Whether a platform speaks as the firm that it is: it stands right before a verb of saying, and behind no
    preposition ("Facebook said"; but "on Facebook wrote")."""
    if verb is None or source.start > verb.start or verb.of(context.text).casefold() not in listed("firm_verb"):
        return False
    before = context.text[max(0, source.start - _BEFORE) : source.start].split()[-1:]
    return listed("governor").isdisjoint(word.casefold() for word in before)


def _says_nothing(noun: str, verb: str) -> bool:
    """Whether what a noun names does with a verb something else than saying."""
    if verb.split()[0] in listed("calling_for") and noun in listed("forecast_noun"):
        return True  # "the estimate called for 40,000 boats": a number
    acts = (
        (listed("event_noun"), pattern("shows without words")),  # "the announcement revealed how"
        (listed("court_noun"), pattern("rules by its act")),  # "the court dismissed an earlier version"
        (listed("voting_noun"), pattern("confirms by a vote")),  # "the Senate confirmed two ministers"
        (listed("ruling_noun", "event_noun"), pattern("promises")),  # "the law, promising to change the harbour"
    )
    return any(noun in nouns and verbs.match(verb) is not None for nouns, verbs in acts)


def _head(context: Context, source: Span) -> str:
    """The common noun that is the head of a source, with a capital as well where a preposition follows it; "" where a
    name is."""
    head = pattern("head ends early").split(source.of(context.text))[0].split()
    if not head:
        return ""
    if (
        len(head) == 1
        and head[0].istitle()
        and pattern("and a preposition").match(source.of(context.text), len(head[0]))
    ):
        named = any(m.kind == "name" for m in context.mentions_between(source.start, source.start + 1))
        return "" if named or head[0].casefold() in load("en", "name").words("people_word") else head[0].casefold()
    return head[-1] if head[-1].islower() else ""


def _happens(noun: str, verb: str) -> bool:
    """Whether a source with this head is what happens or is there, and its verb is one for what that brings about or
    shows: only people and bodies promise, and little but what carries words or findings suggests."""
    if not noun:
        return False
    if pattern("promises").match(verb) is not None:
        carries = ("account_noun", "medium_noun", *(("document_noun",) if pattern("claims").match(verb) else ()))
        return not (_speaks(noun) or noun in listed(*carries))
    if pattern("shows without words").match(verb) is not None:
        return not (_speaks(noun) or noun in carriers())
    return False


def _speaks(noun: str) -> bool:
    """Whether a noun, one of several as well, is for somebody who can speak, or for a body."""
    if noun in listed("no_doer"):
        return False
    people = listed("source_noun", "source_person", "institution_noun", "speaking_noun", "several_word", "source_alone")
    people |= listed("source_determiner", "quantifier", "number_word")  # "|thirteen| of the firms"
    roles = load("en", "name").words("role")
    forms = (
        noun,
        *(noun.removesuffix(old) + new for old, new in words().meanings("singular_ending").items()),
        noun.rpartition("-")[2],
    )
    return any(form in people or form in roles for form in forms) or noun.endswith(endings("doer_ending"))


def may_speak(context: Context, source: Span) -> bool:
    """Whether a subject is somebody or a body, or what carries words, and no thing or happening ("the quarrel")."""
    noun = _head(context, source)
    return context.mention_in(source) is not None or not noun or _speaks(noun) or noun in carriers()


def medium_of_source(context: Context, source: Span | None) -> str | None:
    """The medium when the source is one ("the note", "the post"); `None` otherwise."""
    if source is None:
        return None
    last = source.of(context.text).split()[-1]
    if " " in source.of(context.text) and last.istitle():
        return None  # "a headline in the Osk Journal": the end of a name
    return words().meanings("medium_noun").get(last.casefold())


def author_of_medium(
    context: Context, kind: str, position: int, direct: list[Draft], reported: list[Draft]
) -> int | None:
    """Who wrote the post or note that is quoted at `position`; `None` for a kind that may be anybody's, or when two
    may be meant.

    1. who is said to have posted since the last quotation; 2. the speaker of the last quotation, unless another was
    reported since; 3. with no quotation near, the person in the sentences before.
    """
    if kind not in _AUTHORED:
        return None
    last = next((d for d in reversed(direct) if d.span.start < position and d.status == "shown"), None)
    if last is not None and position - last.span.end >= _SAME_MEDIUM:
        last = None
    floor = last.span.end if last is not None else max(0, position - _SAME_MEDIUM)
    poster = _poster(context, floor, position)
    if poster is not None:
        since = context.text[context.sentence_at(poster.start).end : position].casefold()
        another = any(
            words().meanings("medium_noun").get(match["noun"]) == kind
            for match in pattern("a medium that comes up").finditer(since)
        )
        return speaker_of(context, poster) if not another else None
    if last is None:
        return _bringer(context, position) if kind != "video" else None
    told = reported[bisect_left(reported, last.span.end, key=_place) : bisect_left(reported, position, key=_place)]
    if any(draft.speaker != last.speaker for draft in told) and _kind(context, last.medium) != kind:
        return None
    return last.speaker


def _place(draft: Draft) -> int:
    return draft.span.start


def _kind(context: Context, medium: Span | None) -> str | None:
    """The kind of a medium in words: that of its last noun; a place where people post holds posts."""
    if medium is None:
        return None
    kinds = words().meanings("medium_noun")
    found = [kinds[word] for word in re.findall(r"[\w-]+", medium.of(context.text)) if word in kinds]
    return found[-1] if found else "post"


def _poster(context: Context, floor: int, position: int) -> Span | None:
    """The subject of the last sentence between two places that begins with it and says that something was posted."""
    sentence = context.sentence_at(max(0, position - 1))
    while sentence.start >= floor and len(sentence):
        end = min(sentence.end, position)
        subject = leading_subject(context, sentence, end)
        if (
            subject is not None
            and (
                not (opener := context.text[sentence.start : subject.start].strip())
                or opener in listed("opening_article")
            )
            and pattern("posted first").search(context.text, subject.end, end)
        ):
            return subject
        if sentence.start == 0 or (before := context.sentence_at(sentence.start - 1)) == sentence:
            return None
        sentence = before
    return None


def _bringer(context: Context, position: int) -> int | None:
    """The person in the sentences before, for "the note read" with no quotation earlier."""
    sentence = context.sentence_at(max(0, position - 1))
    for _ in range(3):
        subject = leading_subject(context, sentence, sentence.end)
        if subject is not None:
            return speaker_of(context, subject)
        if sentence.start == 0:
            return None
        sentence = context.sentence_at(sentence.start - 1)
    return None
