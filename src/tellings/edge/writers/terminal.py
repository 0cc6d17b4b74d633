"""The record in the terminal: what it holds in one glance, and where the files are.

Sentences are shortened here and the summary says so; the page has them whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.edge.readers.names import printable
from tellings.edge.writers import arrange, wording
from tellings.edge.writers.saying import Saying, circumstances, in_marks, in_variant, of_fullest, speaks_for
from tellings.model.counted import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from tellings.model.record import FactEntry, QuoteEntry, Record, TimelineEntry, VariantLine

#: Lines of each kind shown here; the rest are counted and left to the page.
_DATES, _QUOTES, _FACTS, _SINGLE_SPEAKER = 25, 20, 20, 4
#: Relations worth a line here, in this order.
_TOLD = ("differs", "does not add up", "corrected", "denied", "updated", "explained by time", "to compare")
_NARROWEST = 24  # columns; below this words would stand one to a line


def summary(record: Record, console: Console, *, written: Sequence[Path]) -> None:
    """Print a summary of `record` to `console`, fitted to its width, and the files `written`.

    Where the console is no terminal, plain lines come out, without colour or control codes.
    """
    _Summary(record, console).print(written)


class _Summary:
    """Prints line by line; knows the width and whether anything was shortened."""

    def __init__(self, record: Record, console: Console) -> None:
        self._record = record
        self._console = console
        self._width = max(console.width, _NARROWEST)
        self._shortened = False

    def print(self, written: Sequence[Path]) -> None:
        # 1. Head, problems: what was read, and what could not be.
        self._head()
        self._problems()
        # 2. What happened, who said what, what differs, how many sources there really are.
        self._timeline(self._record.timeline)
        self._quotes([entry for entry in self._record.quotes if entry.speaker.rank != "unsure"])
        self._facts([entry for relation in _TOLD for entry in self._record.facts if entry.relation == relation])
        self._origins()
        # 3. Where the whole of it is.
        self._written(written)

    def _head(self) -> None:
        title = self._record.head.title
        if title:
            self._line(f"“{wording.one_line(title.exact)}” ({title.telling})", style="bold", wrap=True)
        self._line(" · ".join(wording.glance(self._record.head)), style="" if title else "bold", wrap=True)
        for telling in self._record.tellings:
            self._line(
                f"  {telling.label}  {wording.one_line(wording.outlet(telling))}, {wording.dated(telling)}", cut=True
            )

    def _problems(self) -> None:
        if not self._record.problems:
            return
        self._heading(count(len(self._record.problems), "problem"))
        for problem in self._record.problems:
            lost = " (telling missing)" if problem.lost else ""
            self._line(f"  {problem.place}: {problem.message}{lost}; {problem.remedy}", style="yellow", wrap=True)

    def _timeline(self, entries: Sequence[TimelineEntry]) -> None:
        if not entries:
            return
        self._heading("Timeline")
        for part, of_part in wording.by_parts(entries):
            if part and part != wording.PARTS["ahead"]:
                self._line(f"  {part}: {count(len(of_part), 'entry')}, in the page and `tellings timeline`", wrap=True)
            else:
                self._days(of_part)

    def _days(self, entries: Sequence[TimelineEntry]) -> None:
        dates = [wording.days(entry.when) for entry in entries[:_DATES]]
        # On a narrow terminal the date gets a line of its own.
        column = max(map(len, dates)) + 2 if self._width >= 60 else 0
        for day, entry in zip(dates, entries, strict=False):
            notes = wording.remarks(entry)
            labels = ", ".join(dict.fromkeys(line.words.telling for line in entry.lines))
            tail = f" ({'; '.join([labels, *notes])})"
            words = entry.lines[0].words.exact if entry.lines else ""
            if column:
                self._line(f"  {day:<{column}}{self._fit(words, self._width - column - 2 - len(tail))}{tail}")
            else:
                self._line(f"  {day}{tail}", style="bold", wrap=True)
                self._line(f"    {self._fit(words, self._width - 4)}")
        self._more(len(entries) - _DATES, "date")

    def _quotes(self, entries: Sequence[QuoteEntry]) -> None:
        if not entries:
            return
        self._heading("Quotes")
        sure, probable = arrange.speakers(entries)
        groups = [(speaker.name or wording.NOBODY_NAMED, speaker.quotes) for speaker in sure]
        if probable:
            groups.append((wording.PROBABLE, tuple(probable)))
        shown = 0
        for heading, spoken in groups:
            if shown >= _QUOTES:
                break
            self._line(f"  {wording.one_line(heading)}", style="bold", cut=True)
            for entry in spoken[: min(_SINGLE_SPEAKER, _QUOTES - shown)]:
                self._quote(entry)
                shown += 1
        self._more(len(entries) - shown, "quotation")

    def _quote(self, entry: QuoteEntry) -> None:
        """Who may speak where that is not sure, how it is said, the words, when and where, and who prints it."""
        from rich.text import Text

        first, variant, begins = _first_words(entry)
        labels = wording.printed_by(entry)
        if entry.from_one and entry.origins == 1:
            labels += ": one source"
        tail = f" ({'; '.join(filter(None, (circumstances(variant), labels)))})"
        line = Text("    ")
        if entry.speaker.rank == "probably":
            line.append(f"{wording.one_line(wording.speaker(entry.speaker))}: ", style="italic")
        for part, strong in begins.parts():
            line.append(f"{part} ", style="bold" if strong else "")
        words = self._fit(first, self._width - len(line.plain) - 2 - len(tail))
        if variant.type == "direct":
            # Our mark of shortening stays outside the quotation marks.
            cut = words.endswith("…") and not first.rstrip().endswith("…")
            words = f"“{words.removesuffix('…')}”…" if cut else f"“{words}”"
        self._console.print(line.append(words).append(tail), soft_wrap=True)

    def _facts(self, entries: Sequence[FactEntry]) -> None:
        if not entries:
            return
        self._heading("Facts")
        for entry in entries[:_FACTS]:
            of = f" of {wording.one_line(entry.whom)}" if entry.whom else ""
            about = f"{wording.kind(entry)}: {wording.slot(entry)}{of}"
            values = " · ".join(
                f"{wording.value(value)} ({', '.join(dict.fromkeys(line.words.telling for line in value.lines))})"
                for value in entry.values
            )
            self._line(f"  {wording.RELATIONS[entry.relation][0]}: {about}", style="bold", wrap=True)
            self._line(f"    {values}", wrap=True)
            if because := wording.because(entry):
                self._line(f"    {because}", wrap=True)
        self._more(len(entries) - _FACTS, "fact")

    def _origins(self) -> None:
        head, groups = self._record.head, [labels for labels in self._record.origins if len(labels) > 1]
        if not groups:
            return
        self._heading("Origins")
        told = f"{count(head.tellings, 'telling')}, {count(head.origins, 'independent origin')}"
        together = "; ".join(" + ".join(labels) for labels in groups)
        self._line(f"  {told}: {together} count as one each", wrap=True)

    def _written(self, written: Sequence[Path]) -> None:
        self._console.print()
        if self._shortened:
            self._line("“…” at the end of a line: shortened here, whole in the record.", style="dim", wrap=True)
        for path in written:
            # A path is to be copied: it is never cut or wrapped.
            self._line(f"Written: {printable(str(path))}", wrap=False)

    def _heading(self, words: str) -> None:
        self._console.print()
        self._line(words, style="bold underline")

    def _more(self, left: int, noun: str) -> None:
        if left > 0:
            self._line(f"  and {count(left, f'more {noun}')} in the record", style="dim")

    def _fit(self, words: str, width: int) -> str:
        fitted, cut = wording.shorten(wording.one_line(words), max(width, 12))
        self._shortened |= cut
        return fitted

    def _line(self, words: str, *, style: str = "", wrap: bool = False, cut: bool = False) -> None:
        if cut:
            lead = len(words) - len(words.lstrip())
            words = words[:lead] + self._fit(words[lead:], self._width - lead)
        from rich.text import Text

        # A Text, not mark-up: words of a source such as "[red]" or ":smile:" are data.
        text = Text(words.lstrip(), style=style, overflow="fold")
        if wrap:
            lead = len(words) - len(text.plain)
            for piece in text.wrap(self._console, self._width - lead):
                piece.rstrip()
                self._console.print(Text(" " * lead).append_text(piece), soft_wrap=True)
        else:
            self._console.print(Text(words, style=style), soft_wrap=True)


def _first_words(entry: QuoteEntry) -> tuple[str, VariantLine, Saying]:
    """How the utterance begins, whose words these are, and what stands before them: in its fullest text, else as the
    telling has it that the line goes by."""
    variant = speaks_for(entry)
    fullest = next((piece.words for piece in entry.fullest if piece.words), None)
    if fullest is not None and len(entry.variants) > 1:
        whose = next((each for each in entry.variants if each.telling == fullest.telling), variant)
        return fullest.exact, whose, of_fullest(entry)
    exact = [stretch.exact for stretch in variant.stretches]
    words = " … ".join(exact) if variant.type == "direct" else in_marks(variant, exact, " … ")
    return words, variant, in_variant(variant)
