"""Whether a record still holds: its words at their places in the sources, and all it says of itself.

1. Each source is the one that was read, by its digest, but for its line ends (`texts`).
2. Each evidence stands at its place, character for character.
3. What the record says of itself agrees: counts, shares, origins, marks, names (`consistency`).

`differences` compares a record with one made again from the sources, field by field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tellings.library.checks.consistency import inconsistencies
from tellings.library.checks.outcome import Failure, Verification
from tellings.library.checks.texts import Held, held
from tellings.model.counted import count
from tellings.model.record import Evidence, Record

__all__ = ["Failure", "Verification", "verify"]


def verify(record: Record, sources: Mapping[str, str]) -> Verification:
    """Check `record` against `sources`: telling label → the characters of its source as read now. A telling without a
    source is checked against the text that the record keeps."""
    texts = {telling.label: held(telling, sources.get(telling.label)) for telling in record.tellings}  # 1
    lines = list(record.evidence())
    failures = [
        *(failure for text in texts.values() for failure in text.failures),
        *(failure for path, words in lines for failure in _misplaced(path, words, texts)),  # 2
        # A text that is not the one recorded says nothing of counts and names.
        *inconsistencies(record, {label: None if text.failures else text.text for label, text in texts.items()}),  # 3
    ]
    unsourced = tuple(label for label in texts if label not in sources)
    return Verification(
        len(lines),
        len(record.tellings),
        tuple(failures),
        unsourced,
        tuple(text.note for text in texts.values() if text.note),
        (
            f"{count(len(lines), 'place')} of evidence, word for word",
            f"{len(texts) - len(unsourced):,} of {count(len(texts), 'source')}, by digest",
            "counts, shares, origins, marks and names, against each other and against the texts",
        ),
        tuple(_without_source(unsourced, texts)),
    )


def _without_source(unsourced: tuple[str, ...], texts: Mapping[str, Held]) -> Iterator[str]:
    if kept := [label for label in unsourced if texts[label].text is not None]:
        yield f"the source of {', '.join(kept)} (not found): held against the text kept in the record only"
    if bare := [label for label in unsourced if texts[label].text is None]:
        yield f"the lines of {', '.join(bare)}: the source was not found, and the record keeps no text"


def _misplaced(path: str, words: Evidence, texts: Mapping[str, Held]) -> Iterator[Failure]:
    text = texts[words.telling].text if words.telling in texts else None
    if text is None:
        return
    place = f"[{words.start}, {words.end})"
    if not 0 <= words.start <= words.end <= len(text):
        yield Failure(path, words.telling, f"{place} runs past the text, which has {count(len(text), 'character')}")
    elif (there := text[words.start : words.end]) != words.exact:
        yield Failure(path, words.telling, f"{place} reads {_short(there)}, not {_short(words.exact)}")


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else f"{words[:40]}…{words[-18:]}")
