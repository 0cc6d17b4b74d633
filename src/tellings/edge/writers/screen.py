"""A terminal that words of others cannot drive."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from tellings.edge.characters import as_seen


class Screen(Console):
    """A console that shows text as a reader sees it: no control character but those of its own styles comes out."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """As rich's own, with what drives a terminal, or turns its lines around, taken out of each piece of text."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(as_seen(segment.text), segment.style)
