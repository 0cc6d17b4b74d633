"""Files of bytes made for the tests: what word processors and PDF programs write, no larger than it must be."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STYLES = {"Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2", "ListParagraph": "List Paragraph"}


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP container of `parts`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return out.getvalue()


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """A paragraph of WordprocessingML; `text` may hold mark-up, in which case it is taken as runs."""
    inner = text if "<w:" in text else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{inner}</w:p>"


def docx(body: Iterable[str], *, core: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """A DOCX file with these paragraphs and tables; `core` are elements of its properties, `parts` (kind → inner XML)
    go beside the text: footnotes, header, footer, comments."""
    more = parts or {}
    related = "".join(
        f'<Relationship Id="r{kind}" Type="{_OFFICE}/{kind}" Target="{kind}1.xml"/>' for kind in [*more, "styles"]
    )
    names = "".join(f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in _STYLES.items())
    return zipped({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>',
        "word/styles1.xml": f'<w:styles xmlns:w="{_WORD}">{names}</w:styles>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">'
        f"{core}</cp:coreProperties>",
        **{f"word/{kind}1.xml": f'<w:{kind} xmlns:w="{_WORD}">{inner}</w:{kind}>' for kind, inner in more.items()},
    })  # fmt: skip


#: A line of a page: left, base line (points from the left and lower edge), size, text; bold where it begins with "*".
Line = tuple[float, float, float, str]


def pdf(
    pages: Sequence[Sequence[Line]],
    *,
    information: Mapping[str, str] | None = None,
    size: tuple[int, int] = (600, 800),
    turned: int = 0,
    picture: bool = False,
    encrypted: bool = False,
) -> bytes:
    """A PDF with these lines in Courier, whose letters are all .6 of their size wide. `turned` pages are set sideways
    and turned back; `picture` puts an image on each."""
    objects: dict[int, bytes] = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b""}
    for number, (key, font) in enumerate((("F1", "Courier"), ("F2", "Courier-Bold")), start=3):
        objects[number] = f"<</Type/Font/Subtype/Type1/BaseFont/{font}/Encoding/WinAnsiEncoding>>".encode()
        del key
    objects[5] = _stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80"
    )
    kids = []
    for lines in pages:
        content = b"q 500 0 0 500 50 50 cm /I1 Do Q\n" if picture else b""
        for left, base, height, text in lines:
            font = "F2" if text.startswith("*") else "F1"
            matrix = f"0 1 -1 0 {size[0] - base} {left}" if turned else f"1 0 0 1 {left} {base}"
            written = _string(text.removeprefix("*"))
            content += f"BT /{font} {height} Tf {matrix} Tm ".encode() + written + b" Tj ET\n"
        page = len(objects) + 1
        objects[page] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]/Rotate {turned}/Contents {page + 1} 0 R"
            "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</I1 5 0 R>>>>>>"
        ).encode()
        objects[page + 1] = _stream("", content)
        kids.append(f"{page} 0 R")
    objects[2] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    trailer = b"/Root 1 0 R"
    if information:
        number = len(objects) + 1
        objects[number] = b"<<" + b"".join(f"/{k} ".encode() + _string(v) for k, v in information.items()) + b">>"
        trailer += f"/Info {number} 0 R".encode()
    if encrypted:
        number = len(objects) + 1
        key = b"<" + b"ab" * 32 + b">"
        objects[number] = b"<</Filter/Standard/V 1/R 2/P -4/O " + key + b"/U " + key + b">>"
        trailer += f"/Encrypt {number} 0 R/ID[<ab><ab>]".encode()
    return _file(objects, trailer)


def _stream(entries: str, data: bytes) -> bytes:
    return f"<<{entries}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def _string(text: str) -> bytes:
    return b"(" + text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _file(objects: Mapping[int, bytes], trailer: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{places[number]:010d} 00000 n \n" for number in sorted(objects))
    size = len(objects) + 1
    start = len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}".encode() + trailer
    return out + f">>\nstartxref\n{start}\n%%EOF\n".encode()


def set_lines(text: str, *, left: float, top: float, size: float = 10, width: int = 40, lead: float = 12) -> list[Line]:
    """The words of `text` as lines of at most `width` letters, from `top` down."""
    lines: list[Line] = []
    line = ""
    for word in [*text.split(), ""]:
        if line and (not word or len(line) + 1 + len(word) > width):
            lines.append((left, top - lead * len(lines), size, line))
            line = word
        else:
            line = f"{line} {word}".strip()
    return lines
