"""What a browser shows of a page, by html5lib: the oracle for our own reading of HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import html5lib
from html5lib._utils import MethodDispatcher
from html5lib.treebuilders import getTreeBuilder

#: Elements that are not shown, or show something else than their content (HTML 15.3.1, SVG 2 5.1, MathML Core 3.5).
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


_MODES = {
    "body": "inBody", "caption": "inCaption", "colgroup": "inColumnGroup", "frameset": "inFrameset",
    "html": "inBody", "table": "inTable", "tbody": "inTableBody", "td": "inCell", "tfoot": "inTableBody",
    "th": "inCell", "thead": "inTableBody", "tr": "inRow",
}  # fmt: skip


@dataclass(frozen=True)
class BrowserText:
    """The runs of text of a page in the order of the source, each with whether a browser with scripts shows it.

    `is_cut` says that the page ends inside a tag, which is dropped, however long.
    """

    runs: tuple[tuple[str, bool], ...]
    is_cut: bool


def browser_text(page: str) -> BrowserText:
    """What html5lib makes of a page."""
    inserted: list[tuple[str, Any]] = []

    class Noting(getTreeBuilder("etree")):  # type: ignore[misc]
        def insertText(self, data: str, parent: Any = None) -> None:  # noqa: N802
            inserted.append((data, self.openElements[-1] if parent is None else parent))
            super().insertText(data, parent)

    parser = _Parser(tree=Noting)
    parser.parse(page, scripting=True)
    is_cut = any("eof-in" in code or "eof-but" in code for _, code, _ in parser.errors)
    return BrowserText(tuple((text, _is_shown(node)) for text, node in inserted), is_cut)


class _Parser(html5lib.HTMLParser):  # type: ignore[misc]
    """The standard as it is now.

    `</p>` and `</br>` end SVG and MathML; since 2025 a `select` is parsed like other elements; `isindex` has gone.
    """

    def __init__(self, tree: Any) -> None:
        super().__init__(tree=tree)
        body, foreign = type(self.phases["inBody"]), type(self.phases["inForeignContent"])
        starts = MethodDispatcher(
            [(name, rule) for name, rule in vars(body)["startTagHandler"].items() if name not in ("isindex", "select")]
        )
        starts.default = body.startTagOther

        class Body(body):  # type: ignore[misc, valid-type]
            startTagHandler = starts  # noqa: N815

        class Foreign(foreign):  # type: ignore[misc, valid-type]
            def processEndTag(self, token: Any) -> Any:  # noqa: N802
                if token["name"] not in ("br", "p"):
                    return super().processEndTag(token)
                opened = self.tree.openElements
                while opened[-1].namespace != self.tree.defaultNamespace and not (
                    self.parser.isHTMLIntegrationPoint(opened[-1])
                    or self.parser.isMathMLTextIntegrationPoint(opened[-1])
                ):
                    opened.pop()
                return self.parser.phase.processEndTag(token)

        self.phases["inBody"] = Body(self, self.tree)
        self.phases["inForeignContent"] = Foreign(self, self.tree)

    def resetInsertionMode(self) -> None:  # noqa: N802
        """What is open says how the next tag is read (13.2.4.1)."""
        for node in reversed(self.tree.openElements):
            if node.namespace == self.tree.defaultNamespace and node.name in _MODES:
                self.phase = self.phases[_MODES[node.name]]
                return


def _is_shown(node: Any) -> bool:
    while node is not None:
        name, space = (node.name or "").lower(), getattr(node, "namespace", None)
        if name in _HIDDEN.get(space, ()):
            return False
        node = node.parent
    return True
