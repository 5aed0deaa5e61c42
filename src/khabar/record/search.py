"""Search that is blind to spelling: hamza, taa marbuta, alif maqsura, vowel signs and clitics make no difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, text

from khabar.errors import KhabarError
from khabar.model import Annotated, Entity
from khabar.record.load import load_entities, load_ids, load_some
from khabar.record.words import query_stems, stem_keys, text_words, word_key
from khabar.text import Token, tokenize

_BEFORE, _WINDOW = 8, 30
_SNIPPET_LIMIT = 200_000
"""Characters of a text in which a snippet is looked for; a longer text is still found by all its words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet; `hit` where it is a word that was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that has all the words."""

    document: str
    outlet: str | None
    published: str | None
    title: str | None
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the best documents, how many there are in all, and people, bodies and places so named."""

    hits: tuple[Hit, ...]
    total: int
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """For each word looked for the keys that count as it."""

    words: tuple[frozenset[str], ...]

    def expression(self) -> str:
        """For the full-text table.  Keys are letters and digits only, so nothing in them is syntax."""
        groups = (" OR ".join(f'"{key}"' for key in sorted(keys)) for keys in self.words)
        return " AND ".join(f"({group})" for group in groups)

    def keys(self) -> frozenset[str]:
        """All keys."""
        return frozenset().union(*self.words)


def search(connection: Connection, words: str, limit: int) -> Found:
    """Documents that have all of some words, best first, and entities so named.

    Raises:
        KhabarError: when there is no word in `words`.
    """
    query = parse(connection, words)
    ranked, total = _ranked(connection, "document_words", query, limit)
    ids = load_ids(connection, ranked)
    documents = load_some(connection, list(ids.values()))
    hits = tuple(_hit(documents[ids[key]], query) for key in ranked if ids.get(key) in documents)
    positions, _ = _ranked(connection, "entity_words", query, limit)
    return Found(hits, total, load_entities(connection, positions))


def parse(connection: Connection, words: str) -> Query:
    """A query as a person types it: words, nothing else."""
    groups = [_keys(connection, word) for word in text_words(words)]
    if not groups:
        raise KhabarError("nothing to look for: give at least one word or number")
    return Query(tuple(groups))


def _keys(connection: Connection, word: str) -> frozenset[str]:
    """A stem that is only possible (``زير`` of ``وزير``) counts if the record has it as a word at least as often."""
    key = word_key(word)
    sure, possible = query_stems(word)
    known = _frequencies(connection, [key, *possible])
    likely = {stem for stem in possible if known.get(stem, 0) >= max(1, known.get(key, 0))}
    return frozenset({key, *sure, *likely})


def _frequencies(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """In how many documents each key stands as a whole word."""
    statement = text("SELECT term, doc FROM document_vocabulary WHERE col = 'words' AND term IN :keys")
    rows = connection.execute(statement.bindparams(bindparam("keys", expanding=True)), {"keys": list(keys)})
    return {row.term: row.doc for row in rows}


def _ranked(
    connection: Connection, table: Literal["document_words", "entity_words"], query: Query, limit: int
) -> tuple[list[int], int]:
    """Row ids, best first, and how many there are in all; whole words weigh more than stems."""
    values = {"query": query.expression(), "limit": limit}
    total = connection.scalar(text(f"SELECT count(*) FROM {table} WHERE {table} MATCH :query"), values)
    statement = (
        f"SELECT rowid FROM {table} WHERE {table} MATCH :query ORDER BY bm25({table}, 3.0, 1.0), rowid LIMIT :limit"
    )
    return list(connection.scalars(text(statement), values)), total or 0


def _hit(annotated: Annotated, query: Query) -> Hit:
    document = annotated.document
    published = document.published.value if document.published else None
    words = snippet(document.text, query.keys() | _spellings(annotated, query.keys()))
    return Hit(document.id, document.outlet, published, document.title, words)


def _spellings(annotated: Annotated, keys: frozenset[str]) -> frozenset[str]:
    """How a document spells the names whose English label was looked for (``haftar``: ``حفتر``)."""
    named = (name for name in annotated.names if any(word_key(word) in keys for word in text_words(name.entity)))
    return frozenset(word_key(word) for name in named for word in text_words(name.span.text))


def snippet(text: str, keys: frozenset[str]) -> tuple[Piece, ...]:
    """The stretch of a text with the most of the words looked for; its beginning where they stand elsewhere.

    >>> [piece.text for piece in snippet("وصل الوفد إلى القاهرة.", frozenset({"قاهره"})) if piece.hit]
    ['القاهرة']
    """
    text = text[:_SNIPPET_LIMIT]
    tokens = tokenize(text).tokens
    hits = [at for at, token in enumerate(tokens) if _is_hit(token, keys)]
    first = max(0, _densest(hits) - _BEFORE)
    return _pieces(text, tokens[first : first + _WINDOW], {tokens[at].start for at in hits})


def _is_hit(token: Token, keys: frozenset[str]) -> bool:
    return token.kind != "mark" and (word_key(token.text) in keys or not keys.isdisjoint(stem_keys(token.text)))


def _densest(hits: list[int]) -> int:
    """The hit after which the most others follow within a window."""
    if not hits:
        return 0
    reach = _WINDOW - _BEFORE
    last, best, most = 0, hits[0], 0
    for first, at in enumerate(hits):
        while last < len(hits) and hits[last] < at + reach:
            last += 1
        if last - first > most:
            best, most = at, last - first
    return best


def _pieces(text: str, tokens: Sequence[Token], hits: set[int]) -> tuple[Piece, ...]:
    pieces, at = [], tokens[0].start if tokens else 0
    for token in tokens:
        if token.start in hits:
            pieces += [Piece(text[at : token.start], False), Piece(token.text, True)]
            at = token.end
    end = tokens[-1].end if tokens else at
    return tuple(piece for piece in [*pieces, Piece(text[at:end], False)] if piece.text)
