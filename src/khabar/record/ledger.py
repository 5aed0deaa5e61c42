"""Which documents a record holds, and what a document that was just read is to it: known, new, or a new version."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from khabar.model import Document, Published


@dataclass(slots=True)
class Held:
    """A document of the record, without its text."""

    key: int
    id: str
    path: str
    sha256: str
    current: bool
    rules: str
    """Hash of the rules that annotated it."""
    read_rules: str
    """Hash of the rules that read and repaired it."""
    given: str | None
    """The published date that the user gave for it, where it tells none."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a document belongs in the record."""

    document: Document
    """With the id that the record gives it, and its date."""
    base: str
    """The id that it came with."""
    path: str
    given: str | None
    same: Held | None = None
    """The row of the same bytes, where there is one."""
    older: Held | None = None
    """The version that it takes the place of."""
    unchanged: bool = False


@dataclass(slots=True)
class Ledger:
    """All rows by content and by id.  `met` are the ids of the file that is being read."""

    rules: str
    option: str | None = None
    """What ``--published`` says in this run."""
    by_content: dict[tuple[str, str], Held] = field(default_factory=dict)
    by_id: dict[str, Held] = field(default_factory=dict)
    by_path: dict[str, dict[int, Held]] = field(default_factory=dict)
    """Current rows only, as in `by_id`."""
    met: set[int] = field(default_factory=set)
    last_key: int = 0

    def hold(self, held: Held) -> None:
        """Take a row in."""
        self.by_content[held.path, held.sha256] = held
        self.last_key = max(self.last_key, held.key)
        if held.current:
            self.by_id[held.id] = held
            self.by_path.setdefault(held.path, {})[held.key] = held

    def place(self, document: Document, path: str) -> Placement:
        """What a document just read is to the record.  Changes nothing but `met`.

        A known document keeps its id.  A new one gets the id that it came with, unless a document that is not
        an older version of it has that: then the first free one of ``id-2``, ``id-3``, ...
        """
        same = self.by_content.get((path, document.origin.sha256))
        if same is not None and same.current:
            self.met.add(same.key)
            id, older = same.id, None
        else:
            id, older = self._free(document.id, path)
            if older is not None:
                self.met.add(older.key)
        given = self._given(document, same or older)
        return Placement(
            _dated(replace(document, id=id), given),
            document.id,
            path,
            given,
            same,
            older,
            self._is_unchanged(same, given),
        )

    def _free(self, base: str, path: str) -> tuple[str, Held | None]:
        number, id = 1, base
        while id in self.by_id:
            holder = self.by_id[id]
            if holder.path == path and holder.key not in self.met:
                return id, holder
            number += 1
            id = f"{base}-{number}"
        return id, None

    def _given(self, document: Document, known: Held | None) -> str | None:
        if document.published is not None:
            return None
        return self.option or (known.given if known else None)

    def _is_unchanged(self, same: Held | None, given: str | None) -> bool:
        return same is not None and same.current and same.given == given and same.rules == same.read_rules == self.rules

    def record(self, placement: Placement) -> Held:
        """Take a placed document in as the current one of its id; its row, new or old."""
        if placement.older is not None:
            self.retire(placement.older)
        key = placement.same.key if placement.same else self.last_key + 1
        document = placement.document
        held = Held(
            key, document.id, placement.path, document.origin.sha256, True, self.rules, self.rules, placement.given
        )
        self.met.add(key)
        self.hold(held)
        return held

    def retire(self, held: Held) -> None:
        """Let a document go that its file no longer has."""
        held.current = False
        del self.by_path[held.path][held.key]
        if self.by_id.get(held.id) is held:
            del self.by_id[held.id]

    def unmet(self, path: str) -> list[Held]:
        """Current documents of a file that its present form no longer has."""
        return [held for key, held in self.by_path.get(path, {}).items() if key not in self.met]

    def count(self, path: str) -> int:
        """How many current documents a file has."""
        return len(self.by_path.get(path, {}))

    def stale(self) -> list[Held]:
        """Current documents that other rules annotated."""
        return [held for held in self.by_id.values() if held.rules != self.rules]


def _dated(document: Document, given: str | None) -> Document:
    return replace(document, published=Published(given, "given")) if given else document
