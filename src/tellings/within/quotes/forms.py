"""A form of a verb of speech where it stands, with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from tellings.model.rules import WORD, Keyed, lowered
from tellings.model.text import Span
from tellings.model.tokens import tokens_of
from tellings.within.quotes.context import Context, endings, is_participle, keyed, listed, pattern, words
from tellings.within.quotes.subjects import LOOK_BACK

#: How the subject was found, surest first.
SubjectRule = Literal["beside", "after", "shared", "none"]

_SPACE = re.compile(r"\s+")
_COMMA_LAST = re.compile(r",\s*\Z")
#: Characters before a verb that can hold a few small words beside it.
BESIDE = 80
#: Characters before a verb that can hold the auxiliaries of a passive.
_PASSIVE = 40
#: Words right before a verb among which stands one of the keys of whatever is looked for there: the longest is "took to
#: Twitter to".
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech: its span, group (see the word list), subject, and its story sentence.

    `clause_start` is where its own clause begins: the subject's start, or the verb's when shared.
    """

    span: Span
    group: str
    subject: Span | None
    rule: SubjectRule
    sentence: Span
    negated: bool

    @property
    def clause_start(self) -> int:
        """Start of the subject where it stands before the verb, else of the verb."""
        return self.subject.start if self.subject and self.rule == "beside" else self.span.start

    @property
    def clause_end(self) -> int:
        """End of the subject where it stands after the verb, else of the verb."""
        return self.subject.end if self.subject and self.rule == "after" else self.span.end


#: What a step says of a form: the cue that it is, that it is none, or nothing.
Decision = Cue | Literal["no cue"] | None


@dataclass(frozen=True)
class Form:
    """A form of a verb of speech in a sentence, and what is asked of the words around it; `cues` are those found in the
    sentence before it."""

    context: Context
    sentence: Span
    match: re.Match[str]
    cues: tuple[Cue, ...]

    def cue(self, subject: Span | None, rule: SubjectRule) -> Cue:
        """The cue that it is, with its subject."""
        return Cue(self.span, self.group, subject, rule, self.sentence, self.negated)

    def of_nobody(self) -> Cue:
        """The cue that it is where nobody is told of whom it is."""
        return self.cue(None, "none")

    def group_of(self, match: re.Match[str], name: str = "who") -> Span:
        """Where a group of a match in `before` stands in the text."""
        return Span(self.left + match.start(name), self.left + match.end(name))

    @property
    def text(self) -> str:
        """The text that it stands in."""
        return self.context.text

    @cached_property
    def span(self) -> Span:
        """Where it stands."""
        return Span(*self.match.span())

    @cached_property
    def word(self) -> str:
        """The form as it stands."""
        return self.match.group()

    @cached_property
    def folded(self) -> str:
        """The form in small letters, one space between its words."""
        return _SPACE.sub(" ", lowered(self.word))

    @cached_property
    def group(self) -> str:
        """Its group in the word list."""
        return _groups()[self.folded]

    @cached_property
    def left(self) -> int:
        """Where the unquoted stretch before it begins."""
        return floor(self.context, self.sentence, self.span.start)

    @cached_property
    def before(self) -> str:
        """The unquoted words of the sentence before it."""
        return self.text[self.left : self.span.start]

    @cached_property
    def beside(self) -> str:
        """The last of the words before it."""
        return self.before[-BESIDE:]

    @cached_property
    def near(self) -> frozenset[str]:
        """The few words right before it, in small letters."""
        return tokens_of(self.text).before(self.span.start, _NEAR)

    @cached_property
    def past(self) -> bool:
        """Whether it has the ending of a past form."""
        return self.word.endswith(endings("past_ending"))

    @cached_property
    def noun_too(self) -> bool:
        """Whether it can be a noun as well ("claims")."""
        return pattern("noun too").fullmatch(self.word) is not None

    @cached_property
    def passive(self) -> bool:
        """Whether the auxiliaries of a passive stand before it; before a form in -ing they make it finite."""
        return pattern("passive before").search(self.before[-_PASSIVE:]) is not None

    @cached_property
    def participle(self) -> bool:
        """Whether it is a form in -ing and no finite verb: "…, urging", and not "has been urging"."""
        return is_participle(self.word) and not self.passive

    @cached_property
    def negated(self) -> bool:
        """Whether it is not said: "did not say", "may say"."""
        return self.stands(_unsaid()) or self.stands(keyed("may right before")) or self._asked()

    def _asked(self) -> bool:
        """Whether its sentence asks whether somebody says it: "Would Ana Vell have |said| that it sank?"."""
        if not self.sentence.of(self.text).rstrip().endswith("?"):
            return False
        return pattern("question up to its verb").match(self.text, self.sentence.start, self.span.start) is not None

    @cached_property
    def infinitive(self) -> bool:
        """Whether it is an infinitive."""
        return stands(keyed("infinitive"), self.near, self.before)

    @cached_property
    def went_on(self) -> bool:
        """Whether words before it say that somebody goes on to say it ("took to Twitter to say")."""
        return self.stands(keyed("went on before"))

    @cached_property
    def behind_comma(self) -> bool:
        """Whether a comma stands right before it."""
        return _COMMA_LAST.search(self.beside) is not None

    @cached_property
    def joined(self) -> bool:
        """Whether a conjunction joins it to a verb before it."""
        return pattern("joined to the verb before").search(self.beside) is not None

    @cached_property
    def earlier(self) -> tuple[Cue, ...]:
        """The cues before it that may have its subject: "criticized her for sharing it, |calling|" is of whom the first
        verb is, not of her."""
        if not (self.participle and self.behind_comma):
            return self.cues
        return tuple(
            cue for cue in self.cues if pattern("blamed for doing").search(self.text, self.left, cue.span.start) is None
        )

    def stands(self, found: Keyed) -> bool:
        """Whether a pattern stands at the end of the words before it."""
        return stands(found, self.near, self.beside)

    def is_behind(self, name: str) -> bool:
        """Whether a pattern stands at the end of the words before it."""
        return pattern(name).search(self.beside) is not None

    def next_is(self, name: str) -> bool:
        """Whether what a pattern finds stands right behind it."""
        return pattern(name).match(self.text, self.span.end) is not None

    def told(self) -> bool:
        """Whether a cue before it has a subject."""
        return any(cue.subject for cue in self.earlier)


@cache
def verb_of_speech() -> Keyed:
    """What finds the forms of verbs of speech."""
    return Keyed(pattern("verb of speech"), words().first_words("act_verb", "speech_verb"))


def speech_verbs(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The forms of verbs of speech between two places."""
    return verb_of_speech().finditer(text, start, end)


def stands(found: Keyed, near: frozenset[str], before: str) -> bool:
    """Whether a pattern stands at the end of `before`, whose last words are `near`."""
    return found.may_stand(near) and found.pattern.search(before) is not None


def floor(context: Context, sentence: Span, position: int) -> int:
    """Where the unquoted stretch before `position` begins: the sentence's start or the last mark's end."""
    start = max(sentence.start, position - LOOK_BACK)
    before = context.last_outer_before(position)
    return max(start, before.span.end) if before is not None else start


def is_plain(form: str) -> bool:
    """Whether a form is the plain one of its verb, and no past form of the same letters."""
    first = form.split()[0].casefold()
    single = f"{first}{endings('plural_ending')[0]}"
    return single in listed("speech_verb", "act_verb") and first not in listed("irregular_past")


@cache
def _groups() -> dict[str, str]:
    """The group of each form of a cue."""
    return {**words().meanings("speech_verb"), **words().meanings("act_verb")}


@cache
def _unsaid() -> Keyed:
    unsaid, without_mark = words().alternatives("unsaid"), words().alternatives("negated_without_mark")
    perfect = words().alternatives("perfect")
    pattern = rf"(?:\b(?:{unsaid}|{without_mark})|n[’']t)\s+(?:\w+\s+)?(?:{perfect}\s+)?\Z"
    contracted = frozenset(WORD.findall(ending)[-1] for ending in listed("negated_ending"))
    keys = words().telling_words("unsaid") | words().telling_words("negated_without_mark")
    return Keyed(re.compile(pattern, re.IGNORECASE), keys | contracted)
