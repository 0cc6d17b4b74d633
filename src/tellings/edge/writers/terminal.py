"""The record in the terminal: first what one would tell a colleague, then more of it, and where the files are.

Long sentences are shortened here and the summary says so; the page has them whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.edge.readers.names import printable
from tellings.edge.writers import arrange, opening, outlets, overview, wording
from tellings.edge.writers.saying import Saying, circumstances, in_marks, in_variant, of_fullest, speaks_for
from tellings.model.counted import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from rich.console import Console

    from tellings.model.record import QuoteEntry, Record, TimelineEntry, VariantLine

#: Lines of each kind shown here; the rest are counted and left to the page.
_BRIEF, _POINTS, _DATES, _QUOTES, _SINGLE_SPEAKER = 5, 6, 12, 12, 3
#: Rows of the terminal that a sentence may take, and columns of each that are lost where words end before it.
_ROWS, _LOST = 2, 10
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
        self._names = outlets.short_names(record.tellings)
        self._facts = arrange.facts(record.facts)
        self._open = opening.opening(record, self._facts, ())

    def print(self, written: Sequence[Path]) -> None:
        # 1. What was read, the head facts, and where articles differ: what one would tell a colleague.
        self._head()
        self._brief()
        self._differences()
        # 2. What happened, who said what: the lines that open the page.
        self._timeline()
        sure = [entry for entry in self._record.quotes if entry.speaker.rank != "unsure"]
        self._quotes(sorted(sure, key=arrange.weight_of, reverse=True)[:_QUOTES])
        # 3. How many sources there really are, what the letters mean, what was not read, and where the whole of it is.
        self._origins()
        self._key()
        self._problems()
        self._written(written)

    def _head(self) -> None:
        title = overview.headline(self._record)
        if title:
            self._line(f"{wording.one_line(title.words)} ({self._called(title.label)})", style="bold", wrap=True)
        pile = wording.pile(self._record.head, outlets.named(self._record.tellings))
        self._line(pile, style="" if title else "bold", wrap=True)
        if problems := self._record.problems:
            lost = sum(problem.lost for problem in problems)
            missing = f"; {count(lost, 'article')} missing" if lost else ""
            self._line(f"{wording.problems_met(problems)} while reading{missing}: see below", style="yellow", wrap=True)

    def _brief(self) -> None:
        lines = self._record.brief[:_BRIEF]
        if not lines:
            return
        self._heading("In brief")
        for line in lines:
            labels = [words.telling for words in line.saying_it]
            notes = list(filter(None, [wording.told_beside(line)]))
            self._sentence("  ", line.words.exact, labels, line.who, notes, rows=_ROWS + 1)

    def _differences(self) -> None:
        points, spellings = overview.contested(self._record, self._facts, self._names)
        if not (points or spellings):
            return
        self._heading("Where they differ")
        for point in points[:_POINTS]:
            values = " · ".join(f"{wording.one_line(value)} ({who})" for value, who in point.values)
            told = ": ".join(filter(None, (point.what, wording.one_line(point.about), values)))
            self._line(f"  {self._fit(told, _ROWS * (self._width - 2))}", wrap=True)
        self._more(len(points) - _POINTS, "line", "on the page")
        if spellings:
            self._line(f"  {wording.spellings(len(spellings))}: see the page", style="dim")

    def _key(self) -> None:
        self._heading("Articles")
        for telling in self._record.tellings:
            name = self._called(telling.label)
            called = wording.one_line(telling.name) if name == telling.label else name
            self._line(f"  {telling.label}  {called}, {wording.dated(telling)}", cut=True)

    def _called(self, label: str) -> str:
        return self._names.get(label, label)

    def _by(self, labels: Iterable[str], most: int = 1) -> str:
        return wording.named(map(self._called, labels), most)

    def _sentence(
        self,
        lead: str,
        words: str,
        labels: Sequence[str],
        who: str | None,
        notes: Sequence[str] = (),
        rows: int = _ROWS,
    ) -> None:
        """A sentence behind its `lead`, on as many rows as it may take, and who tells it."""
        tail = f" ({'; '.join([self._by(labels), *notes])})"
        room = self._width - len(lead)
        before = f"[{wording.one_line(who)}] " if who else ""
        told = self._fit(before + wording.one_line(words), rows * room - len(tail) - _LOST)
        for number, row in enumerate(self._rows(told + tail, room)):
            self._line(f"{lead if number == 0 else ' ' * len(lead)}{row}")

    def _rows(self, words: str, width: int) -> list[str]:
        from rich.text import Text

        return [row.plain.rstrip() for row in Text(words, overflow="fold").wrap(self._console, width)]

    def _problems(self) -> None:
        if not self._record.problems:
            return
        self._heading(wording.problems_met(self._record.problems))
        for problem in self._record.problems:
            lost = " (article missing)" if problem.lost else ""
            self._line(f"  {problem.place}: {problem.message}{lost}; {problem.remedy}", style="yellow", wrap=True)

    def _timeline(self) -> None:
        """The entries that open the page; of the others it is said how many they are."""
        if not self._record.timeline:
            return
        self._heading("Timeline")
        parts = wording.by_parts(self._record.timeline)
        dated = [each for part, of_part in parts if not _is_only_counted(part) for each in self._opening(of_part)]
        # On a narrow terminal the date gets a line of its own.
        column = max((len(wording.days(each.when)) for each in dated), default=0) + 2 if self._width >= 60 else 0
        for part, of_part in parts:
            if _is_only_counted(part) or (part and not self._opening(of_part)):
                self._line(
                    f"  {part}: {count(len(of_part), 'entry')}, on the page and in `tellings timeline`", wrap=True
                )
            else:
                self._days(of_part, column)

    def _days(self, entries: Sequence[TimelineEntry], column: int) -> None:
        """Entries, the dates in a column so wide, or on lines of their own where it is 0."""
        shown = self._opening(entries)
        for entry in shown:
            day = wording.days(entry.when)
            notes, labels = wording.remarks(entry), [line.words.telling for line in entry.lines]
            if not column:
                self._line(f"  {day}", style="bold")
            lead = f"  {day:<{column}}" if column else "    "
            self._sentence(lead, entry.lines[0].words.exact if entry.lines else "", labels, entry.who, notes)
        self._more(len(entries) - len(shown), "entry", "on the page and in `tellings timeline`")

    def _opening(self, entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
        return [entry for entry in entries if entry.id in self._open.timeline][:_DATES]

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
        all_of_them = sum(entry.speaker.rank != "unsure" for entry in self._record.quotes)
        self._more(all_of_them - shown, "quotation", "on the page")

    def _quote(self, entry: QuoteEntry) -> None:
        """Who may speak where that is not sure, how it is said, the words, when and where, and who prints it."""
        from rich.text import Text

        first, variant, begins = _first_words(entry)
        told = [each.telling for each in entry.variants]
        labels = self._by(told)
        if len(labels) > self._width // 4:
            labels = count(len(set(told)), "article") if len(set(told)) > 1 else labels
        if entry.from_one and entry.origins == 1:
            labels += ": one source"
        when = circumstances(variant)
        tail = f" ({'; '.join(filter(None, (when if len(when) < self._width // 3 else '', labels)))})"
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

    def _origins(self) -> None:
        head, groups = self._record.head, [labels for labels in self._record.origins if len(labels) > 1]
        if not groups:
            return
        self._heading("Origins")
        told = f"{count(head.tellings, 'article')}, {count(head.origins, 'independent origin')}"
        together = "; ".join(" + ".join(map(self._called, labels)) for labels in groups)
        self._line(f"  {told}: {together} count as one{' each' if len(groups) > 1 else ''}", wrap=True)

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

    def _more(self, left: int, noun: str, where: str) -> None:
        if left > 0:
            self._line(f"  and {count(left, f'more {noun}')} {where}", style="dim")

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


def _is_only_counted(part: str) -> bool:
    """Whether of this part of the timeline only the number of entries is told."""
    return bool(part) and part != wording.PARTS["ahead"]


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
