"""What a browser shows of a page, by html5lib: the oracle for our own reading of HTML."""

from __future__ import annotations

from typing import Any

import html5lib
from html5lib._utils import MethodDispatcher
from html5lib.treebuilders import getTreeBuilder

#: Elements that are not shown or show something else than their content (HTML 15.3.1 and 15.4, SVG 2 5.1, MathML Core 3.5).
_NOT_SHOWN = frozenset({
    "audio", "canvas", "datalist", "head", "iframe", "noembed", "noframes", "noscript", "script", "style", "template",
    "title", "video",
})  # fmt: skip
_NOT_SHOWN_IN_SVG = frozenset({
    "clippath", "defs", "desc", "lineargradient", "marker", "mask", "metadata", "pattern", "radialgradient", "script",
    "style", "symbol", "title",
})  # fmt: skip
_NOT_SHOWN_IN_MATHML = frozenset({"annotation", "annotation-xml"})
_HIDDEN = {
    "http://www.w3.org/1999/xhtml": _NOT_SHOWN,
    "http://www.w3.org/2000/svg": _NOT_SHOWN_IN_SVG,
    "http://www.w3.org/1998/Math/MathML": _NOT_SHOWN_IN_MATHML,
}


def browser_text(page: str) -> list[tuple[str, bool]]:
    """Each run of text of a page in the order of the source, and whether a browser with scripts shows it."""
    inserted: list[tuple[str, Any]] = []

    class Noting(getTreeBuilder("etree")):  # type: ignore[misc]
        def insertText(self, data: str, parent: Any = None) -> None:  # noqa: N802
            inserted.append((data, self.openElements[-1] if parent is None else parent))
            super().insertText(data, parent)

    parser = html5lib.HTMLParser(tree=Noting, namespaceHTMLElements=True)
    _as_of_today(parser)
    parser.parse(page, scripting=True)
    return [(text, _is_shown(node)) for text, node in inserted]


def _as_of_today(parser: Any) -> None:
    """The standard as it is: since 2025 a `select` is parsed like other elements, and `isindex` has gone."""
    body = type(parser.phases["inBody"])
    starts = MethodDispatcher(
        [*((name, rule) for name, rule in vars(body)["startTagHandler"].items() if name not in ("isindex", "select"))]
    )
    starts.default = body.startTagOther
    today = type("Today", (body,), {"__slots__": (), "startTagHandler": starts})(parser, parser.tree)
    for phase in ("inBody", "inSelect", "inSelectInTable"):
        parser.phases[phase] = today


def _is_shown(node: Any) -> bool:
    while node is not None:
        name, space = (node.name or "").lower(), getattr(node, "namespace", None)
        if name in _HIDDEN.get(space, ()):
            return False
        node = node.parent
    return True
