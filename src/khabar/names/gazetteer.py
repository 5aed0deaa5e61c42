"""Names that tables know: persons, bodies, media, countries, towns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from khabar.lexicon import folded_forms, forms, table
from khabar.model import NameType
from khabar.text import Phrases, fold_all


@dataclass(frozen=True, slots=True)
class Entry:
    """A known thing.  `sure`: the form means it wherever it stands; else something beside it must say so."""

    label: str
    type: NameType
    sure: bool = True
    reference: str | None = None
    short: bool = False
    media: bool = False


def spellings(form: str) -> Iterator[str]:
    """A form with ``عبد ال`` and ``أبو`` written together and apart, ``أمريكي`` and ``أميركي``, with two ``كردستان``.

    >>> list(spellings("عبد الله أبو بكر"))
    ['عبد الله أبو بكر', 'عبدالله أبو بكر', 'عبد الله أبوبكر', 'عبدالله أبوبكر']
    """
    yield form
    if "عبد ال" in form:
        yield form.replace("عبد ال", "عبدال")
    if "كردستان" in form:
        yield form.replace("كردستان", "كوردستان")
    if "مريك" in form or "ميرك" in form:
        yield form.replace("مريك", "ميرك") if "مريك" in form else form.replace("ميرك", "مريك")
    for words in (form, form.replace("عبد ال", "عبدال")):
        if "أبو " in words:
            yield words.replace("أبو ", "أبو")


def _persons() -> Iterator[tuple[str, Entry]]:
    for row in table("persons"):
        for form in row["form"].split("|"):
            yield form, Entry(row["label"], "PER")
        for short in row["short"].split("|"):
            if short != "-":
                sure = not short.startswith("~")
                yield short.removeprefix("~"), Entry(row["label"], "PER", sure, short=True)


def _places() -> Iterator[tuple[str, Entry]]:
    for form, row in forms("countries"):
        yield form, Entry(row["label"], "LOC", reference=f"iso:{row['iso']}")
    for form, row in forms("places"):
        reference = None if row["geonames"] == "-" else f"geonames:{row['geonames']}"
        yield form, Entry(row["label"], "LOC", row["use"] == "name", reference)


@cache
def towns() -> dict[str, Entry]:
    """Folded name of a town of GeoNames to what it means; none is sure, for many are common words too."""
    found: dict[str, Entry] = {}
    for name in ("towns", "places"):
        entries: dict[int, Entry] = {}
        for form, row in folded_forms(name):
            if row["geonames"] != "-":
                entry = entries.get(id(row)) or Entry(row["label"], "LOC", False, f"geonames:{row['geonames']}")
                found[form] = entries[id(row)] = entry
    return found


def _bodies() -> Iterator[tuple[str, Entry]]:
    for form, row in forms("organisations"):
        yield form, Entry(row["label"], "ORG", row["use"] == "name")


def _outlets() -> Iterator[tuple[str, Entry]]:
    for form, row in forms("outlets"):
        sure = row["sure"] == "yes"
        yield form if sure else _without_head(form), Entry(row["label"], "ORG", sure, media=True)


@cache
def _medium_nouns() -> frozenset[str]:
    return frozenset(form for form, row in forms("body_heads") if row["place"] == "outside")


def _without_head(form: str) -> str:
    head, _, rest = form.partition(" ")
    return rest if rest and head in _medium_nouns() else form


@cache
def _meanings() -> dict[str, tuple[Entry, ...]]:
    pairs = [
        (spelled, entry)
        for source in (_bodies, _persons, _places, _outlets)
        for form, entry in source()
        for spelled in spellings(form)
    ]
    meanings: dict[str, list[Entry]] = {}
    for folded, (_, entry) in zip(fold_all(spelled for spelled, _ in pairs), pairs, strict=True):
        meanings.setdefault(folded, []).append(entry)
    return {form: _ordered(entries) for form, entries in meanings.items()}


@cache
def known() -> Phrases[tuple[Entry, ...]]:
    """Every form with all that it may mean, the surest first."""
    return Phrases(_meanings().items())


def meaning(words: Sequence[str], kind: NameType) -> Entry | None:
    """What a name of this kind means that is exactly these folded words, or None where no table has it.

    >>> meaning(("الدعم", "المطلق"), "ORG") is None, meaning(("الدعم", "السريع"), "ORG").label
    (True, 'Rapid Support Forces')
    """
    form = " ".join(words)
    found = next((entry for entry in _meanings().get(form, ()) if entry.type == kind), None)
    return towns().get(form) if found is None and kind == "LOC" else found


def _ordered(entries: list[Entry]) -> tuple[Entry, ...]:
    if len(entries) == 1:
        return (entries[0],)
    return tuple(sorted(dict.fromkeys(entries), key=lambda entry: not entry.sure))


@dataclass(frozen=True, slots=True)
class Nation:
    """A state, as the adjective of nationality tells it."""

    iso: str
    adjective: str


@cache
def _nations() -> dict[str, Nation]:
    return {form: Nation(row["iso"], row["label"]) for form, row in folded_forms("demonyms")}


@lru_cache(maxsize=20_000)
def nation(word: str) -> Nation | None:
    """The state that a folded adjective names, with or without the article.

    >>> nation("الليبيه"), nation("اميركي").adjective, nation("كبير")
    (Nation(iso='LY', adjective='Libyan'), 'US', None)
    """
    nations = _nations()
    return nations.get(word) or (nations.get(word[2:]) if word.startswith("ال") else None)


@cache
def adjectives() -> dict[str, Nation]:
    """ISO code to nation."""
    return {found.iso: found for found in _nations().values()}


@cache
def country_codes() -> dict[str, str]:
    """Label of a country or of a place in it to the country's ISO code."""
    codes = {row["label"]: row["iso"] for row in table("places") if row["iso"] != "-"}
    return codes | {row["label"]: row["iso"] for row in table("countries")}
