"""The tables of a library, as steps from one form to the next: a step never changes once it was released.

Evidence (what was read and found, and can be found again) and decisions (what a person said) stand in tables of their
own. What sorting keeps for itself begins with `sorting_`. Times are UTC, ISO 8601; days are YYYY-MM-DD; spans are
half-open, in code points of `revisions.text`. Blobs are zlib (RFC 1950) of MessagePack.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable

import msgspec

#: Bits of a line's id that are its place in its text; the rest is the number of the text, so that lines are in the
#: order in which texts came.
PLACES = 24

_FIRST = """
CREATE TABLE additions (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  program TEXT NOT NULL,
  paths TEXT NOT NULL,
  new_tellings INTEGER NOT NULL,
  new_revisions INTEGER NOT NULL,
  known INTEGER NOT NULL
) STRICT;

CREATE TABLE problems (
  addition INTEGER NOT NULL REFERENCES additions(number),
  place TEXT NOT NULL,
  kind TEXT NOT NULL,
  message TEXT NOT NULL,
  remedy TEXT NOT NULL,
  lost INTEGER NOT NULL
) STRICT;
CREATE INDEX problems_by_addition ON problems(addition);

CREATE TABLE stories (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  first_published TEXT,
  last_published TEXT,
  tellings INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  made_in INTEGER NOT NULL REFERENCES additions(number),
  changed_in INTEGER NOT NULL REFERENCES additions(number),
  merged_into TEXT REFERENCES stories(id)
) STRICT;
CREATE INDEX stories_by_change ON stories(changed_in);

CREATE TABLE story_trail (
  number INTEGER PRIMARY KEY,
  story TEXT NOT NULL REFERENCES stories(id),
  what TEXT NOT NULL,
  other TEXT REFERENCES stories(id),
  telling TEXT,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX story_trail_by_story ON story_trail(story);

CREATE TABLE tellings (
  id TEXT PRIMARY KEY,
  story TEXT REFERENCES stories(id),
  revision INTEGER REFERENCES revisions(number),
  title TEXT,
  publisher TEXT,
  author TEXT,
  published TEXT,
  language TEXT,
  address TEXT,
  name TEXT NOT NULL,
  origin TEXT NOT NULL,
  words INTEGER NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0,
  added_in INTEGER NOT NULL REFERENCES additions(number),
  changed_in INTEGER NOT NULL REFERENCES additions(number)
) STRICT;
CREATE INDEX tellings_by_story ON tellings(story);
CREATE INDEX tellings_by_day ON tellings(published);
CREATE INDEX tellings_by_change ON tellings(changed_in);
CREATE INDEX tellings_by_name ON tellings(name);

CREATE TABLE revisions (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  telling TEXT NOT NULL REFERENCES tellings(id),
  digest TEXT NOT NULL,
  addition INTEGER NOT NULL REFERENCES additions(number),
  title TEXT,
  text TEXT NOT NULL,
  document BLOB NOT NULL,
  redacted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX revisions_by_telling ON revisions(telling);
CREATE INDEX revisions_by_digest ON revisions(digest);

CREATE TABLE findings (
  revision INTEGER PRIMARY KEY REFERENCES revisions(number),
  program TEXT NOT NULL,
  problem BLOB,
  data BLOB NOT NULL
) STRICT;
CREATE INDEX findings_by_program ON findings(program);

CREATE TABLE quotes_found (
  id INTEGER PRIMARY KEY,
  telling TEXT NOT NULL REFERENCES tellings(id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  type TEXT NOT NULL,
  stance TEXT NOT NULL,
  speaker TEXT,
  speaker_rank TEXT NOT NULL
) STRICT;
CREATE INDEX quotes_found_by_telling ON quotes_found(telling);
CREATE INDEX quotes_found_by_speaker ON quotes_found(speaker);

CREATE TABLE facts_found (
  id INTEGER PRIMARY KEY,
  telling TEXT NOT NULL REFERENCES tellings(id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  kind TEXT NOT NULL,
  head TEXT NOT NULL,
  of_whom TEXT,
  value_start INTEGER NOT NULL,
  value_end INTEGER NOT NULL,
  low REAL,
  high REAL,
  unit TEXT
) STRICT;
CREATE INDEX facts_found_by_telling ON facts_found(telling);

CREATE TABLE events_found (
  id INTEGER PRIMARY KEY,
  telling TEXT NOT NULL REFERENCES tellings(id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  earliest TEXT NOT NULL,
  latest TEXT NOT NULL,
  announced INTEGER NOT NULL
) STRICT;
CREATE INDEX events_found_by_telling ON events_found(telling);
CREATE INDEX events_found_by_day ON events_found(earliest);

CREATE TABLE people_found (
  telling TEXT NOT NULL REFERENCES tellings(id),
  name TEXT NOT NULL,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (telling, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_found_by_name ON people_found(name COLLATE NOCASE);

CREATE TABLE decisions (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  a TEXT NOT NULL,
  b TEXT,
  value TEXT,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  undone_by TEXT,
  undone_at TEXT
) STRICT;

CREATE TABLE searches (
  name TEXT PRIMARY KEY,
  words TEXT NOT NULL,
  kind TEXT,
  filters TEXT NOT NULL,
  made_at TEXT NOT NULL,
  told_up_to INTEGER NOT NULL
) STRICT;

CREATE TABLE taken_out (
  digest TEXT PRIMARY KEY
) STRICT;

CREATE TABLE unfinished (
  what TEXT PRIMARY KEY
) STRICT;

CREATE TABLE records (
  story TEXT PRIMARY KEY REFERENCES stories(id),
  state TEXT NOT NULL,
  data BLOB NOT NULL
) STRICT;

CREATE TABLE given_out (
  number INTEGER PRIMARY KEY,
  story TEXT NOT NULL REFERENCES stories(id),
  at TEXT NOT NULL,
  place TEXT NOT NULL,
  digest TEXT NOT NULL,
  tellings TEXT NOT NULL
) STRICT;

CREATE TABLE sorting_words (
  word TEXT NOT NULL,
  day INTEGER NOT NULL,
  name TEXT NOT NULL,
  telling TEXT NOT NULL,
  weight REAL NOT NULL,
  PRIMARY KEY (word, day, name, telling)
) STRICT, WITHOUT ROWID;

CREATE TABLE sorting_values (
  kind INTEGER NOT NULL,
  key TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE VIEW quotes AS
SELECT q.id, t.published, t.publisher AS outlet, q.speaker, q.speaker_rank,
  substr(r.text, q.start + 1, q."end" - q.start) AS words, q.type, q.stance, t.story, q.telling, t.address,
  q.start, q."end"
FROM quotes_found q JOIN tellings t ON t.id = q.telling JOIN revisions r ON r.number = t.revision;

CREATE VIEW facts AS
SELECT f.id, t.published, t.publisher AS outlet, f.kind, f.head, f.of_whom,
  substr(r.text, f.value_start + 1, f.value_end - f.value_start) AS value, f.low, f.high, f.unit,
  substr(r.text, f.start + 1, f."end" - f.start) AS words, t.story, f.telling, t.address, f.start, f."end"
FROM facts_found f JOIN tellings t ON t.id = f.telling JOIN revisions r ON r.number = t.revision;

CREATE VIEW events AS
SELECT e.id, e.earliest, e.latest, t.publisher AS outlet, e.announced,
  substr(r.text, e.start + 1, e."end" - e.start) AS words, t.story, e.telling, t.address, e.start, e."end"
FROM events_found e JOIN tellings t ON t.id = e.telling JOIN revisions r ON r.number = t.revision;

CREATE VIEW texts AS
SELECT r.number, t.published, t.publisher AS outlet, r.title, r.text, t.story, t.id AS telling, t.address
FROM tellings t JOIN revisions r ON r.number = t.revision;

CREATE VIRTUAL TABLE texts_search USING fts5(
  title, text, content='texts', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
"""


def m001_first(connection: sqlite3.Connection) -> None:
    """Tellings, their revisions and findings, stories, decisions, and what sorting keeps."""
    for statement in _FIRST.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def m002_fields(connection: sqlite3.Connection) -> None:
    """Which fields of tables and of JSON were named for something when articles were added, a JSON list."""
    connection.execute("ALTER TABLE additions ADD COLUMN fields TEXT NOT NULL DEFAULT '[]'")


def m003_files_read(connection: sqlite3.Connection) -> None:
    """Which files were read: their state then, and how many articles they held."""
    connection.execute(
        "CREATE TABLE files_read (path TEXT PRIMARY KEY, state TEXT NOT NULL, articles INTEGER NOT NULL) "
        "STRICT, WITHOUT ROWID"
    )


_SEARCHED = """
CREATE VIRTUAL TABLE {name}_search USING fts5(
  words, content='{name}', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
CREATE TEMP TABLE places AS
  SELECT f.id, (t.revision << 24) + row_number() OVER (PARTITION BY f.telling ORDER BY f.id) - 1 AS place
  FROM {name}_found f JOIN tellings t ON t.id = f.telling;
UPDATE {name}_found SET id = -id;
UPDATE {name}_found SET id = place FROM places WHERE places.id = -{name}_found.id;
DROP TABLE places;
INSERT INTO {name}_search ({name}_search) VALUES ('rebuild');
"""


def m004_lines_searched(connection: sqlite3.Connection) -> None:
    """An index of full text for the lines of each kind; a line's id is its text's number, `PLACES` bits to
    the left, and its place in it, so that lines of texts that came last have the greatest, whenever they were found."""
    for name in ("quotes", "facts", "events"):
        for statement in _SEARCHED.format(name=name).split(";\n"):
            if statement.strip():
                connection.execute(statement)


_VALUES = """
CREATE TABLE values_kept (kind INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, UNIQUE (kind, key)) STRICT;
INSERT INTO values_kept SELECT kind, key, value FROM sorting_values WHERE kind NOT IN (4, 5) ORDER BY kind, key;
DROP TABLE sorting_values;
ALTER TABLE values_kept RENAME TO sorting_values;
UPDATE sorting_words SET weight = round(weight * 4194304) / 4194304
"""


def m005_less_kept(connection: sqlite3.Connection) -> None:
    """What sorting keeps takes less than half the room: rows where they were leaves of an index, which spill; no
    components (kinds 4 and 5); weights, of sketches (kind 1) too, that are multiples of 2⁻²². What was ranked by the
    weights as they were differs in the seventh figure, until all is found anew."""
    for statement in _VALUES.split(";\n"):
        connection.execute(statement)
    for (key,) in connection.execute("SELECT key FROM sorting_values WHERE kind = 1").fetchall():
        kept = "FROM sorting_values WHERE kind = 1 AND key = ?"
        (value,) = connection.execute(f"SELECT value {kept}", (key,)).fetchone()
        sketch = msgspec.msgpack.decode(zlib.decompress(value))
        for of in ("title", "lead", "body", "names", "pairs"):
            sketch[of] = {word: round(weight * 4194304) / 4194304 for word, weight in sketch[of].items()}
        connection.execute(
            "UPDATE sorting_values SET value = ? WHERE kind = 1 AND key = ?",
            (zlib.compress(msgspec.msgpack.encode(sketch), 6), key),
        )


#: The steps, in their order: a library of form n has had the first n of them.
MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    m001_first,
    m002_fields,
    m003_files_read,
    m004_lines_searched,
    m005_less_kept,
)
