"""A pile of articles made from the example story: as many as wanted, no two alike, the same each time."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from zlib import crc32

from tellings.edge.readers import read_paths
from tellings.model.rules import load
from tellings.within.clean import clean

ARTICLES = Path(__file__).parents[1] / "examples" / "ferry-fire" / "articles"
#: Length of an article, in characters: what news articles have on average.
LENGTH = 4000
#: Articles that tell one story.
STORY = 12
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r'(?<=[.?!]["”’])\s+|(?<=[a-z][.?!])\s+(?=["“‘A-Z])')
_NUMBER = re.compile(r"(?<![\d:.,])\d{2,3}(?![\d:.,]|\s(?:September|October|Sept|Oct))")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxz"
_CALENDAR = re.compile(
    "january|february|march|april|june|july|august|sept|september|october|november|december"
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|halloween|christmas"
)


def paragraphs() -> list[str]:
    """The paragraphs of the example story, residue too."""
    found, _ = read_paths([ARTICLES])
    return [
        block.span.of(document.text).strip()
        for document in found
        for block in clean(document)
        if len(block.span.of(document.text).strip()) > 1
    ]


def article(number: int, given: list[str], story: int = STORY, common: float = 1.0) -> dict[str, str]:
    """Article `number`: paragraphs drawn from the example, with sentences moved and numbers changed.

    Each `story` articles in a row are one story: they share names and words, and so passages and quotations. Of the
    paragraphs of an article the share `common` is in the words of its story, the others in words of its own.
    """
    chance, own = random.Random(number), random.Random(number // story)
    chosen: list[str] = []
    while sum(map(len, chosen)) < LENGTH:
        sentences = _SENTENCE_END.split(chance.choice(given))
        if len(sentences) > 2 and chance.random() < 0.5:
            at = chance.randrange(len(sentences) - 1)
            sentences[at], sentences[at + 1] = sentences[at + 1], sentences[at]
        chosen.append(" ".join(sentences))
    of_story = _other_words(given, own)
    of_article = _other_words(given, random.Random(f"article {number}"), every=1) if common < 1 else of_story
    kept = random.Random(f"common {number}")

    def reworded(paragraph: str) -> str:
        words = of_story if kept.random() < common else of_article
        return _WORD.sub(lambda match: words.get(match.group(), match.group()), paragraph)

    text = "\n\n".join(map(reworded, "\n\n".join(chosen)[: LENGTH + 200].split("\n\n")))
    text = _NUMBER.sub(lambda match: str(int(match.group()) + chance.randrange(4)), text)
    day = date(2023, 9, 29) + timedelta(days=chance.randrange(300))
    return {"text": text, "date": day.isoformat(), "publisher": f"Outlet {number % 40}"}


def _other_words(given: list[str], chance: random.Random, every: int = 2) -> dict[str, str]:
    """Another word for each content word: of its length and ending, so that sentences stay sentences; every second
    one, or with `every` 1 each, short ones too, one that nobody else has.

    Words of saying, function words, months and days stay: the stages have as much to find as in the example.
    """
    stay = load("en", "quote").words("speech_verb")
    if every > 1:
        stay |= load("en", "name").words("sentence_opener")
    alike: dict[tuple[bool, int, str], set[str]] = defaultdict(set)
    for word in set(_WORD.findall(" ".join(given))):
        if len(word) > (3 if every > 1 else 1) and word.lower() not in stay and not _CALENDAR.fullmatch(word.lower()):
            alike[word.islower(), len(word) // 2, word[-2:] if word.islower() else ""].add(word)
    others: dict[str, str] = {}
    for _, words in sorted(alike.items()):
        ordered = sorted(words)
        others.update(zip(ordered, chance.sample(ordered, len(ordered)), strict=True))
    # Every second word becomes one that no other story has, or all stories would share half their text.
    letters = str.maketrans(
        _VOWELS + _CONSONANTS,
        "".join(chance.sample(_VOWELS, len(_VOWELS)) + chance.sample(_CONSONANTS, len(_CONSONANTS))),
    )
    return {
        word: other if crc32(word.encode()) % every else other[:-2].translate(letters) + other[-2:]
        for word, other in others.items()
    }


def write(path: Path, count: int, story: int = STORY, common: float = 1.0) -> int:
    """Write `count` articles to `path` as JSON Lines, `story` to a story; how many characters they have in all."""
    given = paragraphs()
    articles = [article(number, given, story, common) for number in range(count)]
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles), encoding="utf-8")
    return sum(len(one["text"]) for one in articles)
