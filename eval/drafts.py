"""Drafts with planted changes, made from the articles of a story: what `eval/check.py` scores.

A draft is made of lines, each a sentence of an article that holds something to check, as it stands or honestly recast:
the speaker behind the words or before them, a quotation cut at a clause, numbers in words or figures, a date in another
form, words of one meaning. Some lines are changed, each in one place; no line is changed and told otherwise. All is
drawn by a seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tellings.across.families.speakers import two_names
from tellings.across.keys import word_table
from tellings.model.records import Quote, Story, Telling
from tellings.model.text import Span

Change = Literal[
    "word swapped", "negation dropped", "speaker exchanged", "quote invented", "quotes joined", "number changed",
    "unit changed", "day shifted", "name misspelt", "sense turned",
]  # fmt: skip
#: Changes of what stands in quotation marks, and who says it; the others are of values.
OF_QUOTES: tuple[Change, ...] = (
    "word swapped", "negation dropped", "speaker exchanged", "quote invented", "quotes joined",
)  # fmt: skip
OF_VALUES: tuple[Change, ...] = ("number changed", "unit changed", "day shifted", "name misspelt", "sense turned")
#: Lines of a draft, and the share of them that are changed.
LINES, CHANGED = 40, 0.4
#: Share of the lines that are recast.
RECAST = 0.5
#: Sentences that are tried for a change.
TRIES = 60
#: Words of a line, and of a quotation.
SHORTEST, LONGEST, OF_A_QUOTE = 6, 60, 5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOT = re.compile(r"\b(?:(?P<full>is|was|are|were|do|did|does|has|had|have|will|would|could|should|must|can) not|"
                  r"(?P<short>is|was|are|were|do|did|does|has|had|have|would|could|should)n['’]t)\b")  # fmt: skip
#: What is somebody's own words, which are not recast: in single marks too, but for an apostrophe.
_MARKED = re.compile(r"[“”\"]|(?<!\w)['‘](?=\w)[^'’]*(?:\w['’]\w[^'’]*)*[,.!?\w]['’](?!\w)")
_FIGURE = re.compile(r"(?<![\w.,:/$£€-])(\d{1,3}(?:,\d{3})+|\d+)(?![\w/:-]|[.,]\d)")
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"]  # fmt: skip
_SHORT = {"January": "Jan.", "February": "Feb.", "August": "Aug.", "September": "Sept.", "October": "Oct.",
          "November": "Nov.", "December": "Dec."}  # fmt: skip
_MONTH_DAY = re.compile(rf"\b(?:{'|'.join([*_MONTHS, *map(re.escape, _SHORT.values())])}) (\d{{1,2}})\b")
_BEFORE_A_DAY = re.compile(rf"(?:{'|'.join(_MONTHS)}|[A-Z][a-z]{{2,3}}\.)\s$")
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_UNITS = [
    ("miles", "kilometres"), ("kilometers", "miles"), ("km", "miles"), ("feet", "metres"), ("metres", "feet"),
    ("meters", "feet"), ("million", "billion"), ("billion", "million"), ("thousand", "million"), ("weeks", "months"),
    ("months", "years"), ("years", "months"), ("days", "weeks"), ("hours", "days"), ("minutes", "hours"),
    ("pounds", "tons"), ("$", "£"), ("£", "$"), ("€", "$"), ("kg", "tons"), ("acres", "hectares"),
]  # fmt: skip
#: Words of one meaning.
_SYNONYMS = [
    ("more than", "over"), ("about", "around"), ("people", "persons"), ("began", "started"), ("because", "since"),
    ("told reporters", "said"), ("percent", "per cent"), ("announced", "made known"), ("nearly", "almost"),
    ("police", "officers"), ("killed", "dead"), ("huge", "very large"), ("while", "whereas"), ("bought", "purchased"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a draft: its characters, what was changed, and where (`None` for all of it); `quoted`: it holds a
    quotation; `recast`: it is not a telling's sentence as it stands."""

    text: str
    change: Change | None = None
    span: Span | None = None
    quoted: bool = False
    recast: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Lines with where each stands in `text`."""

    text: str
    lines: tuple[tuple[Span, Line], ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A quotation of an article: its words, who says them, in how many ways its line can be told."""

    words: str
    speaker: str
    telling: str
    start: int


def drafts(story: Story, elsewhere: Sequence[str], number: int, seed: int) -> Iterator[Draft]:
    """So many drafts from the articles of a story; `elsewhere` are quotations of other stories."""
    maker = _Maker(story, elsewhere, random.Random(seed))
    for _ in range(number):
        yield maker.draft()


def quotations(story: Story) -> list[str]:
    """What is said in a story, in marks and by somebody named."""
    return [said.words for telling in story.tellings for said in _said(telling)]


def _said(telling: Telling) -> Iterator[_Said]:
    for quote in telling.quotes:
        if (
            quote.type == "direct"
            and quote.status == "shown"
            and quote.rank == "said by"
            and quote.speaker is not None
            and quote.within is None
            and telling.chains[quote.speaker].kind == "person"
            and telling.blocks[_block(telling, quote)].story
        ):
            words = " ".join(quote.content.of(telling.text).split()).strip(" ,")
            if OF_A_QUOTE <= len(words.split()) <= LONGEST and not re.search(r"[“”\"\[\]]|\.\.\.|…", words):
                yield _Said(words, telling.chains[quote.speaker].name, telling.id, quote.content.start)


def _block(telling: Telling, quote: Quote) -> int:
    return next(n for n, block in enumerate(telling.blocks) if block.span.end > quote.content.start)


class _Maker:
    def __init__(self, story: Story, elsewhere: Sequence[str], draw: random.Random) -> None:
        self.draw = draw
        self.said = [said for telling in story.tellings for said in _said(telling)]
        self.speakers = sorted({said.speaker for said in self.said} | {person.name for person in story.people[:12]})
        self.elsewhere = [words for words in elsewhere if words not in {said.words for said in self.said}]
        self.sentences = [each for telling in story.tellings for each in _sentences(telling)]
        self.vocabulary = sorted(
            {word for each in self.sentences for word in _WORD.findall(each) if word.islower() and len(word) > 4}
        )
        self.known = {word for telling in story.tellings for word in word_table(telling.text).normal}
        self.names = sorted(
            {word for person in story.people for word in person.name.split() if len(word) > 4 and word.isalpha()}
        )

    def draft(self) -> Draft:
        lines: list[Line] = []
        seen: set[str] = set()
        while len(lines) < LINES:
            line = self._quoted() if self.said and self.draw.random() < 0.45 else self._plain()
            if line is not None and line.text not in seen:
                seen.add(line.text)
                lines.append(line)
            elif len(seen) > 10_000:
                break
            elif line is not None:
                seen.add(f"{line.text}{len(seen)}")
        text, placed = "", []
        for line in lines:
            placed.append((Span(len(text), len(text) + len(line.text)), line))
            text += line.text + "\n\n"
        return Draft(text, tuple(placed))

    # ---- lines of what is said

    def _quoted(self) -> Line | None:
        said = self.draw.choice(self.said)
        if self.draw.random() < CHANGED:
            change = self.draw.choice(OF_QUOTES)
            tries = (self._changed(self.draw.choice(self.said), change) for _ in range(TRIES))
            return next((line for line in tries if line), None)
        words = said.words
        recast = self.draw.random() < RECAST
        if recast:
            words = self._cut(words)
        return Line(self._told(words, said.speaker), quoted=True, recast=recast)

    def _cut(self, words: str) -> str:
        """A quotation cut at the end of a clause."""
        ends = [match.start() for match in re.finditer(r"[,.;](?=\s)", words)]
        ends = [end for end in ends if len(words[:end].split()) > OF_A_QUOTE]
        return words[: self.draw.choice(ends)] if ends else words

    def _told(self, words: str, speaker: str) -> str:
        """A line in which somebody says words."""
        surname = speaker.split()[-1] if self.draw.random() < 0.3 else speaker
        ends = "" if words[-1] in "?!" else ","
        form = self.draw.randrange(3)
        if form == 0:
            return f"“{words.rstrip('.')}{ends}” {surname} said."
        if form == 1:
            return f"{surname} said: “{words}{'' if words[-1] in '.?!' else '.'}”"
        return f"“{words.rstrip('.')}{ends}” said {surname}."

    def _changed(self, said: _Said, change: Change) -> Line | None:
        made = {
            "word swapped": self._word_swapped,
            "negation dropped": self._negation_dropped,
            "speaker exchanged": self._speaker_exchanged,
            "quote invented": self._invented,
            "quotes joined": self._joined,
        }[change](said)
        return Line(made, change, quoted=True, recast=True) if made else None

    def _word_swapped(self, said: _Said) -> str | None:
        places = [m for m in _WORD.finditer(said.words) if m[0].islower() and len(m[0]) > 4]
        if not places:
            return None
        place = self.draw.choice(places)
        other = self.draw.choice(self.vocabulary)
        if other[:4] == place[0][:4]:
            return None
        return self._told(said.words[: place.start()] + other + said.words[place.end() :], said.speaker)

    def _negation_dropped(self, said: _Said) -> str | None:
        match = _NOT.search(said.words)
        if not match:
            return None
        words = said.words[: match.start()] + (match["full"] or match["short"]) + said.words[match.end() :]
        return self._told(words, said.speaker)

    def _speaker_exchanged(self, said: _Said) -> str | None:
        mine = frozenset(word_table(said.speaker).normal)
        others = [each for each in self.speakers if two_names(frozenset(word_table(each).normal), mine)]
        others = [each for each in others if len(each.split()) > 1]
        return self._told(said.words, self.draw.choice(others)) if others else None

    def _invented(self, said: _Said) -> str | None:
        return self._told(self.draw.choice(self.elsewhere), said.speaker) if self.elsewhere else None

    def _joined(self, said: _Said) -> str | None:
        others = [each for each in self.said if each.speaker != said.speaker or abs(each.start - said.start) > 2000]
        if not others:
            return None
        first, second = self._cut(said.words), self._cut(self.draw.choice(others).words)
        if len(first.split()) + len(second.split()) > LONGEST or second in said.words:
            return None
        return self._told(f"{first.rstrip('.,;')}. {second[0].upper()}{second[1:]}", said.speaker)

    # ---- other lines

    def _plain(self) -> Line | None:
        if not self.sentences:
            return None
        sentence = self.draw.choice(self.sentences)
        if self.draw.random() < CHANGED:
            change = self.draw.choice(OF_VALUES)
            make = {
                "number changed": self._number_changed,
                "unit changed": self._unit_changed,
                "day shifted": self._day_shifted,
                "name misspelt": self._misspelt,
                "sense turned": self._turned,
            }[change]
            tries = (make(self._maybe_recast(self.draw.choice(self.sentences))) for _ in range(TRIES))
            made = next((made for made in tries if made), None)
            return Line(made[0], change, made[1]) if made else None
        if self.draw.random() < RECAST:
            for _ in range(TRIES):
                sentence = self.draw.choice(self.sentences)
                if (recast := self._recast(sentence)) != sentence:
                    return Line(recast, recast=True)
        return Line(sentence)

    def _maybe_recast(self, sentence: str) -> str:
        return self._recast(sentence) if self.draw.random() < RECAST else sentence

    def _recast(self, sentence: str) -> str:
        """A sentence told honestly in another form."""
        steps: list[Callable[[str], str]] = [_figures, _dates, _words_of_one_meaning, _contracted, _shortened]
        for step in steps:
            if self.draw.random() < 0.6:
                sentence = step(sentence)
        return sentence

    def _number_changed(self, sentence: str) -> tuple[str, Span] | None:
        places = [m for m in _FIGURE.finditer(sentence) if not 1900 <= int(m[0].replace(",", "")) <= 2100]
        places = [
            m
            for m in _FIGURE.finditer(sentence)
            if not 1900 <= int(m[0].replace(",", "")) <= 2100 and not _BEFORE_A_DAY.search(sentence[: m.start()])
        ]
        spelled = [m for m in _WORD.finditer(sentence) if m[0] in _NUMBERS[2:]]
        if not places and not spelled:
            return None
        place = self.draw.choice(places + spelled)
        if place[0] in _NUMBERS:
            new = self.draw.choice([word for word in _NUMBERS[2:] if word != place[0]])
        else:
            value = int(place[0].replace(",", ""))
            other = max(2, round(value * self.draw.choice([0.6, 0.7, 0.85, 1.2, 1.5, 2.0])))
            if other == value:
                other += 1
            new = f"{other:,}" if "," in place[0] else str(other)
        return _put(sentence, place.start(), place.end(), new)

    def _unit_changed(self, sentence: str) -> tuple[str, Span] | None:
        found = []
        for old, new in _UNITS:
            pattern = re.escape(old) + r"(?=\d)" if old in "$£€" else rf"(?<=\d )\b{old}\b"
            found += [(m, new) for m in re.finditer(pattern, sentence)]
        if not found:
            return None
        place, new = self.draw.choice(found)
        return _put(sentence, place.start(), place.end(), new)

    def _day_shifted(self, sentence: str) -> tuple[str, Span] | None:
        days = [m for m in _WORD.finditer(sentence) if m[0] in _WEEKDAYS]
        months = list(_MONTH_DAY.finditer(sentence))
        if not days and not months:
            return None
        place = self.draw.choice([*days, *months])
        if place.re.groups:
            day = int(place[1])
            new = self.draw.choice([each for each in range(max(1, day - 9), min(28, day + 9)) if each != day])
            return _put(sentence, place.start(1), place.end(1), str(new))
        at = _WEEKDAYS.index(place[0])
        return _put(sentence, place.start(), place.end(), _WEEKDAYS[(at + self.draw.randrange(1, 7)) % 7])

    def _misspelt(self, sentence: str) -> tuple[str, Span] | None:
        places = [m for m in _WORD.finditer(sentence) if m[0] in self.names]
        if not places:
            return None
        place = self.draw.choice(places)
        word = place[0]
        at = self.draw.randrange(1, len(word) - 2)
        new = self.draw.choice([
            word[:at] + word[at + 1] + word[at] + word[at + 2 :], word[:at] + word[at + 1 :],
            word[: at + 1] + word[at] + word[at + 1 :], word[:at] + self.draw.choice("aeioulnrst") + word[at + 1 :],
        ])  # fmt: skip
        if new.lower() in self.known:
            return None
        return _put(sentence, place.start(), place.end(), new)

    def _turned(self, sentence: str) -> tuple[str, Span] | None:
        match = _NOT.search(sentence)
        if match:
            return _put(sentence, match.start(), match.end(), match["full"] or match["short"])
        plain = re.search(r"\b(?:is|was|are|were|will|would|could|had|has)\b(?! not)", sentence)
        if plain is None:
            return None
        return _put(sentence, plain.start(), plain.end(), f"{plain[0]} not")


def _put(sentence: str, start: int, end: int, new: str) -> tuple[str, Span]:
    return sentence[:start] + new + sentence[end:], Span(start, start + len(new))


def _sentences(telling: Telling) -> Iterator[str]:
    """The sentences of the story that hold no quotation in marks, on one line each."""
    for index in telling.story:
        sentence = telling.sentences[index]
        if telling.blocks[sentence.block].kind != "paragraph":
            continue
        words = " ".join(sentence.span.of(telling.text).split())
        if SHORTEST <= len(words.split()) <= LONGEST and words[-1] in ".!?" and not _MARKED.search(words):
            yield words


def _figures(sentence: str) -> str:
    """Small numbers in words for figures, or the other way round."""
    if re.search(r"\b(?:hundred|thousand|dozen|half)\b", sentence):
        return sentence
    found = re.sub(
        rf"(?<!-)\b({'|'.join(_NUMBERS[2:])})(?= [a-z]{{4,}})(?!-)", lambda m: str(_NUMBERS.index(m[0])), sentence
    )
    return found.replace(" percent", "%").replace("per cent", "percent")


def _dates(sentence: str) -> str:
    """A month in its long form for the short one, or a day before its month."""
    for long, short in _SHORT.items():
        if short in sentence:
            return re.sub(rf"{re.escape(short)} (\d{{1,2}})\b", rf"{long} \1", sentence)
    return re.sub(rf"\b({'|'.join(_MONTHS)}) (\d{{1,2}})(?!\d|, \d{{4}}|th|st|nd|rd)", r"\2 \1", sentence)


def _words_of_one_meaning(sentence: str) -> str:
    for old, new in _SYNONYMS:
        # "Osk police Sgt. Lind" is no officers.
        sentence = re.sub(rf"(?<=\s)(?<!no ){old}(?=\s[^A-Z])", new, sentence, count=1)
    return sentence


def _contracted(sentence: str) -> str:
    return re.sub(r"\b(did|was|were|is|are|has|had|could|would) not\b", r"\1n’t", sentence)


def _shortened(sentence: str) -> str:
    """A sentence without what stands in brackets, or a clause at its end that only adds."""
    sentence = re.sub(r" \([^()]{3,60}\)", "", sentence)
    return re.sub(r", (?:which|who) [^,.]{8,90}(?=\.$)", "", sentence)
