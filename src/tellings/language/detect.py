"""In which language a text is written, by its letters and its small words: sure, or silent.

Small words (articles, pronouns, prepositions) are a third to a half of the prose of a language, whatever it tells of;
so a text needs no model of its language, only a count (the method is as old as N. Ingle 1976; W. Cavnar and J. Trenkle
1994 compare it with letter sequences). Names, capitals, tables and lists hold none, and then nothing is concluded.

1. script: where most letters are not Latin ones, the script says the language or leaves a few
2. whole: of the languages of the script, the one whose small words are far ahead
3. lines: where two are near one another (a page in two languages), each line by itself, and the longer text wins
4. unknown: much prose with hardly a small word of any language here is in none of them, and of a text in other
   letters that no words tell apart it is said that it is in another language, not which
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tellings.model.records import STORY_KINDS, Detected, Document, Hint, Provenance
from tellings.model.rules import languages
from tellings.model.text import Span

__all__ = ["UNKNOWN", "detect", "detected", "name_of", "story_spans"]

#: The code of a text in no language of `data/languages.toml` (ISO 639-2: undetermined).
UNKNOWN = "und"
STAGE = "language"
#: Of a longer text so many stretches, of so many characters each, are read: evenly, as an end may hold only notices.
_STRETCHES, _STRETCH = 4, 1000
#: A language is sure from so many small words on, of so many kinds, making up this share of all words (shares of
#: prose: .25 to .5; of another language's prose: below .1) and so many times those of any other language that is no
#: sibling of it. Set on news in ten languages; `eval/language.py` measures them.
_LEAST, _LEAST_KINDS, _SHARE, _AHEAD = 6, 4, 0.12, 2.0
#: Where this share of the words are small words of one language that we have rules for, no other is asked: a
#: page that is half in another language has less.
_PLAIN = 0.36
#: A line decides for itself from so many words on.
_LINE_WORDS = 8
#: Of the characters of lines that decided, so many must agree.
_AGREE = 0.55
#: Lines of so many words that end as sentences do are prose; with so many words of prose and a smaller share of small
#: words of any language than this, a text is in none of them.
_PROSE_LINE, _PROSE, _NEXT_TO_NONE = 15, 60, 0.06
#: Where fewer of the words than this are in small letters (a text in capitals, a script without them), all count.
_IN_CAPITALS = 0.3
#: Scripts that say with one letter what takes others about this many.
_DENSE = dict.fromkeys(("Han", "Kana", "Hangul"), 3)
#: From this share of Kana among Kana and Han on, a text is Japanese.
_KANA = 0.05
#: So many of the words that decided are kept as evidence.
_EVIDENCE = 3

_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_LATIN = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff\uff21-\uff5a]")
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_NAME = rf"{_CAPITAL}[\w’'.-]{{0,40}}"
#: Letters of Devanagari with their vowel signs, which are no letters by themselves.
_DEVANAGARI_WORD = re.compile(r"[\u0900-\u0963\u0971-\u097f]+")
_SENTENCE_END = (".", "!", "?", "…", ".”", '."', "!”", "?”", ".»", ".)")


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of the languages: names, scripts, and word → the languages it is a small word of."""

    names: Mapping[str, str]
    scripts: Mapping[str, re.Pattern[str]]
    of_script: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    own: Mapping[str, frozenset[str]]
    letters: Mapping[str, tuple[str, ...]]
    inside_name: re.Pattern[str]


def detected(document: Document) -> Detected | None:
    """The language of the story text of `document`; `None` where it is not sure."""
    return detect(document.text, story_spans(document.text, document.hints))


def story_spans(text: str, hints: Sequence[Hint]) -> Sequence[Span] | None:
    """The stretches of `text` that mark-up calls story, else those it does not call residue; `None` for all of it."""
    story = [hint.span for hint in hints if hint.kind in STORY_KINDS]
    if any(hint.kind == "paragraph" for hint in hints):
        return story
    return list(_between(text, [hint.span for hint in hints if hint.kind not in STORY_KINDS])) or None


def detect(text: str, spans: Sequence[Span] | None = None) -> Detected | None:
    """The language of `text` (of its `spans` alone, where given) with the words that show it; `None` where not sure.

    >>> found = detect("Der Bürgermeister sagte, dass die Brücke nach dem Sturm für eine Woche nicht befahrbar ist.")
    >>> found.language
    'de'
    """
    sample = _sample(text, spans)
    read = unicodedata.normalize("NFC", "\n".join(span.of(text) for span in sample))
    # 1. script
    script, share = _script(read)
    if script is None:
        return None
    share = round(share, 3)
    if script != "Latin" and (only := _only(script, read)):
        return Detected(only, Provenance(STAGE, "letters", share))
    # 2. whole
    candidates = frozenset(_table().of_script[script])
    best = _plain(_counted(read)) or _ahead(_counted(_without_names(read)), candidates)
    # 3. lines
    if best is None:
        best = _by_lines(read, candidates)
    if best is not None:
        language, share = best
        return Detected(language, Provenance(STAGE, "small words", share, _evidence(text, sample, language)))
    # 4. unknown
    return _unknown(read) if script == "Latin" else Detected(UNKNOWN, Provenance(STAGE, "letters", share))


def name_of(code: str) -> str:
    """The English name of a language, where it is one of ours."""
    return _table().names.get(code, "")


def _between(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """What of `text` lies in none of `spans` (sorted)."""
    seen = 0
    for span in spans:
        if span.start > seen:
            yield Span(seen, span.start)
        seen = span.end
    if seen < len(text):
        yield Span(seen, len(text))


def _sample(text: str, spans: Sequence[Span] | None) -> list[Span]:
    """Stretches of the text to read, all of it where it is not long."""
    whole = list(spans) if spans is not None else [Span(0, len(text))]
    length = sum(len(span) for span in whole)
    if length <= _STRETCHES * _STRETCH:
        return whole
    taken: list[Span] = []
    step, passed = (length - _STRETCH) // (_STRETCHES - 1), 0
    windows = [(number * step, number * step + _STRETCH) for number in range(_STRETCHES)]
    for span in whole:
        for low, high in windows:
            start, end = max(low - passed, 0), min(high - passed, len(span))
            if start < end:
                taken.append(Span(span.start + start, span.start + end))
        passed += len(span)
    return taken


def _script(read: str) -> tuple[str | None, float]:
    """The script of most letters, and their share; `None` where there are no letters or no script has most."""
    beyond = "" if read.isascii() else "".join(_BEYOND_LATIN.findall(read))
    if not beyond:
        return ("Latin", 1.0) if _WORD.search(read) else (None, 0.0)
    weights = {"Latin": sum(map(len, _WORD.findall(read))) - len(beyond)}
    if len(beyond) * max(_DENSE.values()) > weights["Latin"]:
        for script, letters in _table().scripts.items():
            if script != "Latin" and (count := len(letters.findall(beyond))):
                weights[script] = count * _DENSE.get(script, 1)
    total = sum(weights.values())
    if not total:
        return None, 0.0
    east = weights.get("Han", 0) + weights.get("Kana", 0)
    if east > total / 2:
        return ("Kana" if weights.get("Kana", 0) > _KANA * east else "Han"), east / total
    script = max(weights, key=lambda name: (weights[name], name))
    share = weights[script] / total
    return (script, share) if share > 0.5 else (None, share)


def _only(script: str, read: str) -> str | None:
    """The language of a script that only one language here has."""
    codes = _table().of_script.get(script, ())
    return codes[0] if len(codes) == 1 else None


def _counted(read: str) -> Counter[str]:
    """The words of a text that can be small ones: those without a capital, or all where it is written in capitals."""
    words = _WORD.findall(read) if read.isascii() else [*_WORD.findall(read), *_DEVANAGARI_WORD.findall(read)]
    small = [word for word in words if word.islower()]
    if len(small) < _IN_CAPITALS * len(words):
        small = [word.lower() for word in words]
    return Counter(small)


def _without_names(read: str) -> str:
    """The text without the small words inside names ("Ana de la Vega"): they are of the name's language, not of its."""
    return _table().inside_name.sub(r"\1", read)


def _scores(words: Counter[str], candidates: frozenset[str]) -> tuple[Counter[str], Counter[str]]:
    """For each candidate how many words, and how many different ones, are its small words or hold its letters."""
    table = _table()
    hits: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for word, count in words.items():
        codes = table.words.get(word, ())
        if not word.isascii() and table.letters.keys() & set(word):
            codes = tuple({*codes, *(code for letter in word for code in table.letters.get(letter, ()))})
        for code in codes:
            if code in candidates:
                hits[code] += count
                kinds[code] += 1
    return hits, kinds


def _plain(words: Counter[str]) -> tuple[str, float] | None:
    """The language with rules that plainly is that of these words, with its share of them: the quick way for most."""
    total = sum(words.values())
    for code in languages():
        own = _table().own[code]
        count = sum(number for word, number in words.items() if word in own)
        if count >= max(_LEAST, _PLAIN * total) and len(own & words.keys()) >= _LEAST_KINDS:
            return code, round(count / total, 3)
    return None


def _ahead(words: Counter[str], candidates: frozenset[str]) -> tuple[str, float] | None:
    """The language that is far ahead of English, or English where it is far ahead of all, with its share of the words;
    `None` where nothing is. Between siblings (Danish, Norwegian) the better one is taken."""
    total = sum(words.values())
    hits, kinds = _scores(words, candidates)
    ranked = sorted(hits, key=lambda code: (-hits[code], code))
    if not ranked or not total:
        return None
    best = ranked[0]
    rest = [code for code in ranked[1:] if "en" in (best, code)]
    rival = hits[rest[0]] if rest else 0
    share = hits[best] / total
    if hits[best] < _LEAST or kinds[best] < _LEAST_KINDS or share < _SHARE or hits[best] < _AHEAD * rival:
        return None
    return best, round(share, 3)


def _by_lines(read: str, candidates: frozenset[str]) -> tuple[str, float] | None:
    """The language of the longer text of the lines that decide by themselves, with its share of them."""
    votes: Counter[str] = Counter()
    for line in read.split("\n"):
        words = _counted(_without_names(line))
        if sum(words.values()) >= _LINE_WORDS and (found := _ahead(words, candidates)):
            votes[found[0]] += len(line)
    if not votes:
        return None
    language, count = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    share = count / sum(votes.values())
    return (language, round(share, 3)) if share >= _AGREE else None


def _unknown(read: str) -> Detected | None:
    """That a text is in no language here: prose without small words."""
    prose: Counter[str] = Counter()
    for line in read.split("\n"):
        if line.rstrip().endswith(_SENTENCE_END):
            words = _counted(line)
            if sum(words.values()) >= _PROSE_LINE:
                prose.update(words)
    total = sum(prose.values())
    if total < _PROSE:
        return None
    hits, _ = _scores(prose, frozenset(_table().names))
    most = max(hits.values(), default=0) / total
    return Detected(UNKNOWN, Provenance(STAGE, "no small words", round(most, 3))) if most < _NEXT_TO_NONE else None


def _evidence(text: str, sample: Sequence[Span], language: str) -> tuple[Span, ...]:
    """The first small words of `language`, as they stand in the text."""
    found: list[Span] = []
    words = _table().words
    for span in sample:
        for match in _WORD.finditer(text, span.start, span.end):
            if language in words.get(match.group().lower(), ()):
                found.append(Span(*match.span()))
                if len(found) == _EVIDENCE:
                    return tuple(found)
    return tuple(found)


@cache
def _table() -> _Table:
    content = tomllib.loads((resources.files("tellings") / "data" / "languages.toml").read_text(encoding="utf-8"))
    of_script: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    letters: dict[str, list[str]] = {}
    for code, entry in content["language"].items():
        of_script.setdefault(entry.get("script", "Latin"), []).append(code)
        for word in entry.get("words", ()):
            words.setdefault(word, []).append(code)
        for letter in entry.get("letters", ""):
            letters.setdefault(letter, []).append(code)
    scripts = {
        name: re.compile("[" + "".join(f"{re.escape(first)}-{re.escape(last)}" for first, last in ranges) + "]")
        for name, ranges in content["script"].items()
    }
    return _Table(
        {code: entry["name"] for code, entry in content["language"].items()},
        scripts,
        {script: tuple(codes) for script, codes in of_script.items()},
        {word: tuple(codes) for word, codes in words.items()},
        {code: frozenset(entry.get("words", ())) for code, entry in content["language"].items()},
        {letter: tuple(codes) for letter, codes in letters.items()},
        re.compile(rf"\b({_NAME})(?: (?:{'|'.join(content['inside_name'])})){{1,2}}(?= (?:[ldLD][’'])?{_CAPITAL})"),
    )
