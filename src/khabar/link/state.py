"""What linking remembers between builds: things with their block keys, pairs that look like one, and who names whom.

Everything lies in a SQLite file (the record's own, or one in memory), so that a new document is compared with what it
shares a block with and nothing else is read.  Things are known by name; the numbers that tables join on are given in
order of arrival and never decide anything.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from typing import Any

Keys = tuple[tuple[int, int], ...]
"""For every block the key under which a thing is listed, and the key of the block in which it looks for partners."""

TABLES = (
    "CREATE TABLE IF NOT EXISTS link_items (num INTEGER PRIMARY KEY, space INTEGER NOT NULL, name BLOB NOT NULL, "
    "place BLOB NOT NULL, keys TEXT NOT NULL, data TEXT NOT NULL, part BLOB, UNIQUE (space, name))",
    "CREATE INDEX IF NOT EXISTS link_items_place ON link_items (space, place)",
    "CREATE INDEX IF NOT EXISTS link_items_part ON link_items (space, part)",
    "CREATE TABLE IF NOT EXISTS link_blocks (key INTEGER NOT NULL, place BLOB NOT NULL, num INTEGER NOT NULL, "
    "PRIMARY KEY (key, place, num)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS link_edges (later INTEGER NOT NULL, earlier INTEGER NOT NULL, score REAL NOT NULL, "
    "reason TEXT NOT NULL, PRIMARY KEY (later, earlier)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS link_edges_earlier ON link_edges (earlier)",
    "CREATE TABLE IF NOT EXISTS link_named (document BLOB NOT NULL, label BLOB NOT NULL, data TEXT NOT NULL, "
    "PRIMARY KEY (document, label)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS link_named_label ON link_named (label)",
    "CREATE TABLE IF NOT EXISTS link_kept (kind INTEGER NOT NULL, name BLOB NOT NULL, data TEXT NOT NULL, "
    "PRIMARY KEY (kind, name)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS link_notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)
"""Statements that make the tables."""
NAMES = ("link_items", "link_blocks", "link_edges", "link_named", "link_kept", "link_notes")
_AT_ONCE = 400
"""Values in one query; databases limit how many it may have."""


@dataclass(frozen=True, slots=True)
class Item:
    """A thing as it is remembered."""

    num: int
    name: str
    place: str
    """Things are ordered by this within a block; no two of a space have the same."""
    keys: Keys


def block_key(*parts: object) -> int:
    """A number for a block; two blocks meet in one with a chance of one in 2**62 a pair, and would only be larger."""
    written = "\0".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(written, digest_size=8).digest()) >> 1


def _blob(text: str) -> bytes:
    """UTF-8 that sorts as the text does and holds whatever stood in a broken file's name."""
    return text.encode("utf-8", "surrogatepass")


def _text(blob: bytes) -> str:
    return bytes(blob).decode("utf-8", "surrogatepass")


def _json(value: Any) -> bytes:
    """JSON as UTF-8, in a third of the bytes that escaped Arabic takes, with whatever stood in a broken file."""
    return _blob(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _packed(keys: Keys) -> bytes:
    """Keys as they are kept: eight bytes each, that of a block before that of the block of partners."""
    return struct.pack(f"<{2 * len(keys)}q", *chain.from_iterable(keys))


def _unpacked(packed: bytes) -> Keys:
    return tuple(struct.iter_unpack("<qq", packed))


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _in_turn(values: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(values)
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))


class State:
    """The tables, opened.  Who opens the file says when a transaction begins and ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names: dict[int, str] = {}

    @classmethod
    def in_memory(cls) -> State:
        """An empty one that is gone when the program ends."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        for statement in TABLES:
            connection.execute(statement)
        return cls(connection)

    def clear(self) -> None:
        """Forget everything."""
        for table in NAMES:
            self._connection.execute(f"DELETE FROM {table}")
        self._names.clear()

    def note(self, name: str) -> Any:
        """A value kept under a name, None where there is none."""
        row = self._connection.execute("SELECT value FROM link_notes WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def keep_note(self, name: str, value: Any) -> None:
        """Keep a value that JSON can hold."""
        self._connection.execute("INSERT OR REPLACE INTO link_notes VALUES (?, ?)", (name, _json(value)))

    def count(self, space: int) -> int:
        """How many things a space has."""
        query = "SELECT COUNT(*) FROM link_items WHERE space = ?"
        return int(self._connection.execute(query, (space,)).fetchone()[0])

    def items(self, space: int, names: Iterable[str]) -> dict[str, Item]:
        """Those of some things that are known."""
        found = {}
        for some in _in_turn(map(_blob, names)):
            query = f"SELECT num, name, place, keys FROM link_items WHERE space = ? AND name IN ({_marks(some)})"
            for num, blob, place, keys in self._connection.execute(query, (space, *some)):
                name = _text(blob)
                found[name] = Item(num, name, _text(place), _unpacked(keys))
        return found

    def all_items(self, space: int) -> Iterator[Item]:
        """All things of a space, in their order.  Nothing may be changed before all are read."""
        query = "SELECT num, name, place, keys FROM link_items WHERE space = ? ORDER BY place"
        for num, name, place, keys in self._connection.execute(query, (space,)):
            yield Item(num, _text(name), _text(place), _unpacked(keys))

    def names(self, space: int) -> list[str]:
        """All things of a space, in their order."""
        query = "SELECT name FROM link_items WHERE space = ? ORDER BY place"
        return [_text(name) for (name,) in self._connection.execute(query, (space,))]

    def in_order(self, space: int, names: Iterable[str]) -> list[str]:
        """Some things in the order of their places."""
        found = []
        for some in _in_turn(map(_blob, names)):
            query = f"SELECT place, name FROM link_items WHERE space = ? AND name IN ({_marks(some)})"
            found += self._connection.execute(query, (space, *some)).fetchall()
        return [_text(name) for _, name in sorted(found)]

    def places(self, space: int, names: Iterable[str]) -> dict[str, str]:
        """The places of some things."""
        found: dict[str, str] = {}
        for some in _in_turn(map(_blob, names)):
            query = f"SELECT name, place FROM link_items WHERE space = ? AND name IN ({_marks(some)})"
            rows = self._connection.execute(query, (space, *some))
            found.update((_text(name), _text(place)) for name, place in rows)
        return found

    def first_names(self, space: int, number: int) -> tuple[list[str], str]:
        """The first so many things of a space, and the place of the last of them."""
        query = "SELECT name, place FROM link_items WHERE space = ? ORDER BY place LIMIT ?"
        rows = self._connection.execute(query, (space, number)).fetchall()
        return [_text(name) for name, _ in rows], _text(rows[-1][1]) if rows else ""

    def names_of(self, nums: Iterable[int]) -> dict[int, str]:
        """The names of numbers."""
        wanted = list(nums)
        for some in _in_turn(num for num in wanted if num not in self._names):
            query = f"SELECT num, name FROM link_items WHERE num IN ({_marks(some)})"
            self._names.update((num, _text(name)) for num, name in self._connection.execute(query, some))
        return {num: self._names[num] for num in wanted if num in self._names}

    def data(self, space: int, names: Iterable[str]) -> dict[str, Any]:
        """What is kept with some things."""
        found: dict[str, Any] = {}
        for some in _in_turn(map(_blob, names)):
            query = f"SELECT name, data FROM link_items WHERE space = ? AND name IN ({_marks(some)})"
            for name, data in self._connection.execute(query, (space, *some)):
                found[_text(name)] = json.loads(data)
        return found

    def keep_data(self, space: int, data: Mapping[str, Any]) -> None:
        """Keep other data with things that are known."""
        rows = [(_json(value), space, _blob(name)) for name, value in data.items()]
        self._connection.executemany("UPDATE link_items SET data = ? WHERE space = ? AND name = ?", rows)

    def parts(self, space: int, names: Iterable[str]) -> dict[str, str]:
        """The group of each thing that has one."""
        found: dict[str, str] = {}
        for some in _in_turn(map(_blob, names)):
            query = f"SELECT name, part FROM link_items WHERE space = ? AND name IN ({_marks(some)})"
            rows = self._connection.execute(query, (space, *some))
            found.update((_text(name), _text(part)) for name, part in rows if part is not None)
        return found

    def keep_parts(self, space: int, parts: Mapping[str, str | None]) -> None:
        """Put things into groups, or into none."""
        rows = [(None if part is None else _blob(part), space, _blob(name)) for name, part in parts.items()]
        self._connection.executemany("UPDATE link_items SET part = ? WHERE space = ? AND name = ?", rows)

    def list_items(self, space: int, things: Mapping[str, tuple[str, Keys, Any]]) -> None:
        """Take things in with place, keys and data; those that are known must have been unlisted before."""
        rows = [
            (space, _blob(name), _blob(place), _packed(keys), _json(data))
            for name, (place, keys, data) in things.items()
        ]
        self._connection.executemany(
            "INSERT INTO link_items (space, name, place, keys, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT (space, name) "
            "DO UPDATE SET place = excluded.place, keys = excluded.keys, data = excluded.data",
            rows,
        )

    def list_keys(self, items: Iterable[Item]) -> None:
        """Enter things into their blocks; sorted, for neighbours in a block are neighbours in the file."""
        placed = ((_blob(item.place), item) for item in items)
        rows = sorted((own, place, item.num) for place, item in placed for own, _ in item.keys)
        self._connection.executemany("INSERT OR IGNORE INTO link_blocks VALUES (?, ?, ?)", rows)

    def list_sorted(self, rows: Iterable[tuple[int, str, int]]) -> None:
        """Enter things into blocks: key, place, number, sorted, so that an empty table is written from end to end."""
        placed = ((key, _blob(place), num) for key, place, num in rows)
        self._connection.executemany("INSERT OR IGNORE INTO link_blocks VALUES (?, ?, ?)", placed)

    def unlist_keys(self, item: Item) -> None:
        """Take a thing out of its blocks."""
        rows = [(own, _blob(item.place), item.num) for own, _ in item.keys]
        self._connection.executemany("DELETE FROM link_blocks WHERE key = ? AND place = ? AND num = ?", rows)

    def forget(self, items: Iterable[Item]) -> None:
        """Forget things that are in no block any more, and their pairs."""
        for item in items:
            self._connection.execute("DELETE FROM link_edges WHERE later = ?1 OR earlier = ?1", (item.num,))
            self._connection.execute("DELETE FROM link_items WHERE num = ?", (item.num,))
            self._names.pop(item.num, None)

    def before(self, key: int, place: str, most: int) -> list[int]:
        """The last things of a block before a place."""
        query = "SELECT num FROM link_blocks WHERE key = ? AND place < ? ORDER BY place DESC LIMIT ?"
        return [num for (num,) in self._connection.execute(query, (key, _blob(place), most))]

    def after(self, key: int, place: str, most: int) -> list[int]:
        """The first things of a block after a place."""
        query = "SELECT num FROM link_blocks WHERE key = ? AND place > ? ORDER BY place LIMIT ?"
        return [num for (num,) in self._connection.execute(query, (key, _blob(place), most))]

    def edges(self, num: int) -> dict[int, tuple[float, str]]:
        """The pairs of a thing with earlier ones."""
        query = "SELECT earlier, score, reason FROM link_edges WHERE later = ?"
        return {earlier: (score, reason) for earlier, score, reason in self._connection.execute(query, (num,))}

    def neighbours(self, num: int) -> list[int]:
        """All things that a thing makes a pair with."""
        query = (
            "SELECT earlier FROM link_edges WHERE later = ?1 UNION ALL SELECT later FROM link_edges WHERE earlier = ?1"
        )
        return [other for (other,) in self._connection.execute(query, (num,))]

    def keep_edges(self, num: int, gone: Iterable[int], found: Mapping[int, tuple[float, str]]) -> None:
        """Forget some pairs of a thing with earlier ones and keep others."""
        if leaving := [(num, other) for other in gone]:
            self._connection.executemany("DELETE FROM link_edges WHERE later = ? AND earlier = ?", leaving)
        self.add_edges((num, other, score, reason) for other, (score, reason) in found.items())

    def add_edges(self, rows: Iterable[tuple[int, int, float, str]]) -> None:
        """Keep pairs, or keep them anew: the later thing, the earlier, score and reason."""
        self._connection.executemany("INSERT OR REPLACE INTO link_edges VALUES (?, ?, ?, ?)", rows)

    def edges_of(self, nums: Iterable[int]) -> Iterator[tuple[int, int, float, str]]:
        """The pairs of some things with earlier ones: the later, the earlier, score and reason."""
        for some in _in_turn(nums):
            query = f"SELECT later, earlier, score, reason FROM link_edges WHERE later IN ({_marks(some)})"
            yield from self._connection.execute(query, some).fetchall()

    def named(self, document: str) -> dict[str, Any]:
        """What a document says of each label in it."""
        query = "SELECT label, data FROM link_named WHERE document = ?"
        rows = self._connection.execute(query, (_blob(document),))
        return {_text(label): json.loads(data) for label, data in rows}

    def keep_named(self, document: str, told: Mapping[str, Any]) -> None:
        """Put what a document says of labels in the place of what it said before."""
        blob = _blob(document)
        self._connection.execute("DELETE FROM link_named WHERE document = ?", (blob,))
        rows = [(blob, _blob(label), _json(data)) for label, data in told.items()]
        self._connection.executemany("INSERT INTO link_named VALUES (?, ?, ?)", rows)

    def add_named(self, document: str, labels: Iterable[str]) -> None:
        """Remember further labels with which a document has to do, of which it says nothing."""
        rows = [(_blob(document), _blob(label)) for label in labels]
        self._connection.executemany("INSERT OR IGNORE INTO link_named VALUES (?, ?, 'null')", rows)

    def kept(self, kind: int, names: Iterable[str]) -> dict[str, Any]:
        """What is kept of one kind under some names."""
        found: dict[str, Any] = {}
        for some in _in_turn(map(_blob, names)):
            query = f"SELECT name, data FROM link_kept WHERE kind = ? AND name IN ({_marks(some)})"
            rows = self._connection.execute(query, (kind, *some))
            found.update((_text(name), json.loads(data)) for name, data in rows)
        return found

    def present(self, kind: int, names: Iterable[str]) -> set[str]:
        """Those of some names under which something of one kind is kept."""
        found: set[str] = set()
        for some in _in_turn(map(_blob, names)):
            query = f"SELECT name FROM link_kept WHERE kind = ? AND name IN ({_marks(some)})"
            found.update(_text(name) for (name,) in self._connection.execute(query, (kind, *some)))
        return found

    def keep(self, kind: int, things: Mapping[str, Any]) -> None:
        """Keep values that JSON can hold under names; None forgets what is there."""
        gone = [(kind, _blob(name)) for name, value in things.items() if value is None]
        self._connection.executemany("DELETE FROM link_kept WHERE kind = ? AND name = ?", gone)
        rows = [(kind, _blob(name), _json(value)) for name, value in things.items() if value is not None]
        self._connection.executemany("INSERT OR REPLACE INTO link_kept VALUES (?, ?, ?)", rows)

    def packed(self, kind: int) -> Packed:
        """Bytes of one kind."""
        return Packed(self._connection, kind)

    def naming(self, labels: Iterable[str]) -> set[str]:
        """The documents that have one of some labels."""
        found: set[str] = set()
        for some in _in_turn(map(_blob, labels)):
            query = f"SELECT DISTINCT document FROM link_named WHERE label IN ({_marks(some)})"
            found.update(_text(document) for (document,) in self._connection.execute(query, some))
        return found


class Packed:
    """Bytes that are kept of one kind, by name."""

    def __init__(self, connection: sqlite3.Connection, kind: int) -> None:
        self._connection = connection
        self._kind = kind

    def get(self, name: str) -> bytes | None:
        """What is kept under a name."""
        query = "SELECT data FROM link_kept WHERE kind = ? AND name = ?"
        row = self._connection.execute(query, (self._kind, _blob(name))).fetchone()
        return None if row is None else bytes(row[0])

    def __setitem__(self, name: str, data: bytes) -> None:
        row = (self._kind, _blob(name), data)
        self._connection.execute("INSERT OR REPLACE INTO link_kept VALUES (?, ?, ?)", row)
