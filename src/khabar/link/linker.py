"""Links kept up to date: a new document changes what it touches and nothing else.

Every decision is a function of the set of documents.  Things are compared with those beside them in their blocks, in an
order that comes from the things themselves, and grouped within a connected part of the graph of pairs (`Graph`); so it
is enough to pair anew what has changed and to group anew the parts that hold it.  One update with all documents and
many with a few each give the same links.
"""

from __future__ import annotations

import json
from base64 import b32encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from typing import Any

from khabar.link import copies, entities, scene_keys, stories
from khabar.link.candidates import WINDOW, Profile, add_told, keys_of, nothing_told, profile_of
from khabar.link.cluster import Edge, Rulings
from khabar.link.delta import COPY_KEY, Delta
from khabar.link.facts import SEPARATOR, facts_of, named_in, place_of
from khabar.link.graph import Compare, Graph, Node
from khabar.link.happenings import Cluster, clusters_of, happening_of
from khabar.link.reader import Last, Load, Reader, in_turn, without_collection
from khabar.link.replay import Before, regrouped
from khabar.link.roots import roots_of, told_roots
from khabar.link.sameness import compare as compare_scenes
from khabar.link.scenes import Scene
from khabar.link.state import State
from khabar.link.vectors import EXACT, Vectors
from khabar.model import Happening, Ruling, Story

_NAMES, _COPIES, _STORIES, _EVENTS = 1, 2, 3, 4
_TOLD, _TEXTS, _SCENES, _TELLINGS, _VECTORS = 1, 2, 3, 4, 5
_PROFILES, _REPORTS, _ROOTS = 50_000, 40_000, 10_000
_TOLD_AT_ONCE = 5_000


class Linker:
    """Links over the documents that a state knows.

    `load` gives annotated documents by their ids, as single ones were annotated.
    """

    def __init__(self, state: State, load: Load, rulings: Iterable[Ruling] = ()) -> None:
        ruled = sorted(
            {(one.kind, min(one.first, one.second), max(one.first, one.second), one.same) for one in rulings}
        )
        self._ruled = [list(one) for one in ruled]
        self._of_labels = Rulings((one, other, same) for kind, one, other, same in ruled if kind == "entity")
        self._of_events = Rulings((one, other, same) for kind, one, other, same in ruled if kind == "happening")
        self._state = state
        self._read = Reader(load, self._lead, (state.packed(_SCENES), state.packed(_TELLINGS)))
        self._names = Graph(state, _NAMES, WINDOW, ties=self._of_labels.beside)
        self._copies = Graph(state, _COPIES, copies.WINDOW, copies.SHARED)
        self._stories = Graph(state, _STORIES, stories.RECENT)
        self._events = Graph(state, _EVENTS, scene_keys.WINDOW, ties=self._of_events.beside)
        self._profiles = Last(self._profile, _PROFILES)
        self._reports = Last(self._report, _REPORTS)
        self._vectors = Vectors(lambda id: self._reports[id].vector, state.packed(_VECTORS))
        self._roots = Last(self._roots_of, _ROOTS)
        self._arabic: dict[str, str | None] = {}
        self._leads: dict[str, str | None] = {}

    def contradictions(self) -> list[str]:
        """Rulings that cannot hold beside others, each in a sentence."""
        return [
            f"ruled to be one, but kept apart by other rulings: {one} and {other}"
            for rulings in (self._of_labels, self._of_events)
            for one, other in rulings.contradictions()
        ]

    def update(self, added: Iterable[str], dropped: Iterable[str] = ()) -> Delta:
        """Link documents that are new or have changed, and let others go."""
        with without_collection():
            return self._update(added, dropped)

    def _update(self, added: Iterable[str], dropped: Iterable[str]) -> Delta:
        self._read.clear()
        self._profiles.clear()
        self._roots.clear()
        self._arabic.clear()
        self._leads.clear()
        coming = sorted(set(added))
        going = sorted(set(dropped) - set(coming))
        delta = Delta()
        old = self._state.kept(_TEXTS, [*coming, *going])
        ruled = self._newly_ruled()
        relabelled, renamed = self._link_entities(coming, going, ruled, delta)
        renamed -= set(going)
        retold = self._link_copies(coming, going, relabelled, renamed, delta)
        moved = self._link_stories(coming, going, old, delta)
        gone = [scene for text in old.values() for scene in text["scenes"]]
        self._link_events(set(coming), (renamed | moved) - set(coming), retold, gone, ruled, delta)
        self._state.keep_note("rulings", self._ruled)
        return delta

    def _newly_ruled(self) -> list[str]:
        """All that was ruled on since the last update."""
        before = self._state.note("rulings") or []
        return [name for one in (*self._ruled, *before) if (one in before) != (one in self._ruled) for name in one[1:3]]

    def _link_entities(
        self, coming: Sequence[str], going: Sequence[str], ruled: Iterable[str], delta: Delta
    ) -> tuple[set[str], set[str]]:
        """The labels that lead elsewhere now, and the documents that have one of them."""
        changed = sorted(self._tell(coming, going))
        present = self._state.present(_TOLD, changed)
        unnamed = [label for label in changed if label not in present]
        put = self._nodes_of([label for label in changed if label in present])
        touched = self._names.update(put, unnamed, _each(self._pair_of_labels), ruled)
        now: dict[str, list[str]] = {}
        for part in touched.parts:
            known = {label: self._profiles[label] for label in part}
            for entity in entities.entities_of(known, self._names.edges(part), self._of_labels):
                place = f"{10**9 - len(entity.documents):09}{SEPARATOR}{entity.label}"
                delta.entities.come[entity.label] = place, entity
                now.update((label, [entity.label, entity.arabic]) for label in entity.labels)
        delta.entities.gone = set(touched.before) - delta.entities.come.keys()
        before = self._state.data(_NAMES, now)
        other = {label: lead for label, lead in now.items() if before.get(label) != lead}
        self._state.keep_data(_NAMES, other)
        self._state.keep_parts(_NAMES, {label: lead for label, (lead, _) in other.items()})
        relabelled = {*other, *unnamed}
        self._profiles.clear()
        return {label for old in relabelled for label in (old, *now.get(old, ()))}, self._state.naming(relabelled)

    def _nodes_of(self, labels: Sequence[str]) -> Iterator[dict[str, Node]]:
        """Labels to be taken in, some at a time, with what they lead to as yet."""
        for some in in_turn(labels):
            leads = self._state.data(_NAMES, some)
            yield {label: Node(label, keys_of(self._profiles[label]), leads.get(label)) for label in some}

    def _tell(self, coming: Iterable[str], going: Iterable[str]) -> set[str]:
        """Bring what is told of labels up to date; the labels of which something else is told now."""
        changed: set[str] = set()
        for some in in_turn(going):
            changed |= self._retell({id: {} for id in some})
        told: dict[str, dict[str, Any]] = {}
        for some in in_turn(coming):
            self._read.ahead(some)
            told.update((id, named_in(self._read.documents[id])) for id in some)
            if len(told) >= _TOLD_AT_ONCE:  # what is told of common labels is long, and is not rewritten too often
                changed |= self._retell(told)
                told.clear()
        return changed | self._retell(told)

    def _retell(self, told: Mapping[str, Mapping[str, Any]]) -> set[str]:
        said: dict[str, list[tuple[int, Any]]] = {}
        for id, labels in told.items():
            for sign, saying in ((-1, self._state.named(id)), (1, labels)):
                for label, data in saying.items():
                    if data is not None:
                        said.setdefault(label, []).append((sign, data))
            self._state.keep_named(id, labels)
        totals = self._state.kept(_TOLD, said)
        for label, sayings in said.items():
            total = totals.setdefault(label, nothing_told())
            for sign, data in sayings:
                add_told(total, data, sign)
        self._state.keep(_TOLD, {label: total if total["documents"] else None for label, total in totals.items()})
        return set(said)

    def _profile(self, label: str) -> Profile:
        return profile_of(label, self._state.kept(_TOLD, [label]).get(label) or nothing_told())

    def _pair_of_labels(self, later: str, earlier: str) -> Edge | None:
        return entities.pair(self._profiles[earlier], self._profiles[later])

    def _link_copies(
        self, coming: Sequence[str], going: Sequence[str], relabelled: set[str], renamed: set[str], delta: Delta
    ) -> set[str]:
        """The documents whose roots have changed, or what these are called."""
        for kind in (_TEXTS, _SCENES, _TELLINGS, _VECTORS):
            self._state.keep(kind, dict.fromkeys(going))
        others = sorted(renamed - set(coming))
        self._state.keep_data(_COPIES, {id: told_roots(self._read.told[id]) for id in others})
        touched = self._copies.update(self._texts_of(coming), going, _each(self._pair_of_texts), others)
        retold: set[str] = set()
        for part in touched.parts:
            retold |= self._root(part, relabelled, delta)
        delta.copies.gone.update(going)
        delta.roots.gone.update(going)
        return retold

    def _texts_of(self, coming: Iterable[str]) -> Iterator[dict[str, Node]]:
        """Documents to be taken in, some at a time; what is needed of them later is kept."""
        for some in in_turn(coming):
            self._read.ahead(some)
            found = {}
            for id in some:
                text, roots = self._read.bodies[id], told_roots(self._read.told[id])
                found[id] = Node(place_of(text), copies.keys_of(text), roots)
                self._state.add_named(id, roots[0])
            self._state.keep(_TEXTS, {id: facts_of(self._read.bodies[id], self._read.documents[id]) for id in some})
            yield found

    def _root(self, part: Sequence[str], relabelled: set[str], delta: Delta) -> set[str]:
        places = self._state.places(_COPIES, part)
        edges = self._copies.edges(part)
        roots = roots_of(self._state.data(_COPIES, part), places, edges)
        before = self._state.parts(_COPIES, part)
        other = {id: json.dumps(found) for id, found in roots.items() if before.get(id) != json.dumps(found)}
        self._state.keep_parts(_COPIES, other)
        delta.roots.come.update((id, (id, (id, roots[id]))) for id in other)
        delta.copies.gone.update(part)
        for copy in copies.copies_of(places, edges):
            key = f"{copy.first}{COPY_KEY}{copy.second}"
            delta.copies.come[key] = key, copy
        return other.keys() | {id for id, found in roots.items() if not relabelled.isdisjoint(found)}

    def _pair_of_texts(self, later: str, earlier: str) -> Edge | None:
        return copies.pair(self._read.bodies[later], self._read.bodies[earlier])

    def _link_stories(
        self, coming: Sequence[str], going: Sequence[str], old: Mapping[str, Any], delta: Delta
    ) -> set[str]:
        """The documents that are in another story now, or all where words weigh otherwise."""
        places = {text["place"] for text in (*old.values(), *self._state.kept(_TEXTS, coming).values())}
        whole = self._weigh(places)
        put = self._state.names(_COPIES) if whole else coming
        self._reports.clear()
        self._vectors.clear()
        touched = self._stories.update(self._reports_of(put), going, self._pairs_of_reports)
        before = self._state.parts(_STORIES, chain.from_iterable(touched.parts))
        now: dict[str, str | None] = {}
        for part in touched.parts:
            told = {id: before.get(id, f"{SEPARATOR}{id}") for id in part}
            for group in regrouped(told, touched.changed, self._stories.beside, self._groups_of_reports):
                now.update(dict.fromkeys(group))
                if len(group) == 1:
                    continue
                members, label = stories.story_of(self._reports[id] for id in group)
                story = Story(_story_id(members[0]), members, label)
                delta.stories.come[story.id] = self._reports[members[0]].place, story
                now.update(dict.fromkeys(members, story.id))
        other = {id: story for id, story in now.items() if before.get(id) != story}
        left = {*touched.before.difference(before.values()), *(before[id] for id in now.keys() & before.keys())}
        delta.stories.gone = left - delta.stories.come.keys()
        self._state.keep_parts(_STORIES, other)
        return set(put) | other.keys()

    def _groups_of_reports(self, ids: Sequence[str]) -> list[list[str]]:
        return stories.groups_of({id: self._reports[id] for id in ids}, self._stories.edges(ids))

    def _weigh(self, places: Iterable[str]) -> bool:
        """Read, or make anew, how telling words are; did that change?  `places` are those of what comes and goes."""
        number, note = stories.basis(self._state.count(_COPIES)), self._state.note("words")
        stays = note is not None and note["number"] == number and all(place > note["last"] for place in places)
        if not stays:
            names, last = self._state.first_names(_COPIES, number)
            holding: Counter[str] = Counter()
            for some in in_turn(names):
                for text in self._state.kept(_TEXTS, some).values():
                    holding.update(text["words"].keys())
            note = {"number": number, "last": last, "holding": holding}
            self._state.keep_note("words", note)
        self._read.weights = stories.Weights(number, note["holding"])
        return not stays

    def _report(self, id: str) -> stories.Report:
        text = self._state.kept(_TEXTS, [id])[id]
        vector = self._read.weights.mixed(text["words"], text["names"])
        return stories.Report(id, text["place"], text["day"], text["title"], vector)

    def _reports_of(self, put: Iterable[str]) -> Iterator[dict[str, Node]]:
        for some in in_turn(put):
            found = [self._reports[id] for id in some]
            for one in found:
                self._vectors.take(one.id, one.vector)
            yield {one.id: Node(one.place, stories.keys_of(one.vector)) for one in found}

    def _pairs_of_reports(self, later: str, others: Sequence[str]) -> dict[str, Edge]:
        """Those alike enough; of the few that may be, it is found out exactly."""
        about = zip(others, self._vectors.alike(later, others), strict=True)
        near = [other for other, alike in about if alike > stories.ALIKE - EXACT]
        return _paired(lambda one, other: stories.pair(self._reports[one], self._reports[other]), later, near)

    def _link_events(
        self, coming: set[str], other: set[str], retold: set[str],
        gone: Sequence[str], ruled: Iterable[str], delta: Delta,
    ) -> None:  # fmt: skip
        """`other` are documents whose labels or stories have changed; most of their scenes stay as they are."""
        self._read.story = lambda id: self._state.parts(_STORIES, [id]).get(id, id)
        touching = (retold | other) - coming
        others = [scene for text in self._state.kept(_TEXTS, touching).values() for scene in text["scenes"]]
        broken = set(self._state.parts(_EVENTS, gone).values())
        touched = self._events.update(
            chain(self._scenes_of(coming, self._read.made), self._scenes_of(other, self._read.remade)),
            gone, self._pairs_of_scenes, [*others, *ruled],
        )  # fmt: skip
        firsts_before = self._state.parts(_EVENTS, chain.from_iterable(touched.parts))
        before = Before(firsts_before, broken, touched.put | set(others))
        firsts: dict[str, str] = {}
        plans: dict[str, str] = {}
        for place, members, announced in sorted(self._events_of(touched.parts)):  # by date: documents are read once
            first = members[0]
            if before.has(members) and self._state.data(_EVENTS, [first])[first] == announced:
                before.kept.add(first)
                continue
            firsts.update(dict.fromkeys(members, first))
            plans[first] = announced
            delta.happenings.come[first] = place, self._told_event(members, announced)
        self._state.keep_parts(_EVENTS, firsts)
        self._state.keep_data(_EVENTS, plans)
        delta.happenings.gone = set(touched.before) - before.kept - delta.happenings.come.keys()

    def _events_of(self, parts: Sequence[Sequence[str]]) -> Iterator[tuple[str, list[str], str]]:
        """The events of connected parts: place of the first mention, all mentions, and that of what announced it."""
        places = self._state.places(_EVENTS, chain.from_iterable(parts))
        for part in parts:
            if len(part) == 1:
                yield places[part[0]], [part[0]], ""
                continue
            scenes = {name: self._scene(name) for name in sorted(part, key=places.__getitem__)}
            for one in clusters_of(scenes, self._events.edges(part), self._of_events):
                first, announced = one.scenes[0].id, one.announced.id if one.announced else ""
                yield places[first], [scene.id for scene in one.scenes], announced

    def _scenes_of(
        self, documents: Iterable[str], read: Callable[[str], Mapping[str, Scene]]
    ) -> Iterator[dict[str, Node]]:
        """The scenes of documents, those of some documents at a time."""
        places = self._state.places(_COPIES, documents)
        for some in in_turn(sorted(places, key=places.__getitem__)):
            self._read.ahead(some)
            found = {}
            for id in some:
                for name, scene in read(id).items():
                    place = f"{places[id]}{SEPARATOR}{scene.event.triggers[0].start:09}{SEPARATOR}{name}"
                    found[name] = Node(place, scene_keys.keys_of(scene))
            yield found

    def _scene(self, name: str) -> Scene:
        return self._read.scenes[_document_of(name)][name]

    def _pairs_of_scenes(self, later: str, others: Sequence[str]) -> dict[str, Edge]:
        """Those of other documents that tell of one event with a scene."""
        own, scene = self._read.scenes[_document_of(later)], self._scene(later)
        apart = [other for other in others if other not in own]
        return _paired(lambda _, other: compare_scenes(self._scene(other), scene), later, apart)

    def _told_event(self, members: Sequence[str], announced: str) -> Happening:
        """One event as it is told now."""
        scenes = tuple(self._read.telling(_document_of(name), name) for name in members)
        cluster = Cluster(scenes, self._scene(announced) if announced else None)
        roots = {id: self._roots[id] for id in sorted(set(map(_document_of, members)))}
        labels = {label for scene in scenes for value in scene.values or () for label in (value.value, value.source)}
        return happening_of(cluster, roots, self._in_arabic(labels.union(*roots.values())))

    def _roots_of(self, id: str) -> tuple[str, ...]:
        return tuple(json.loads(self._state.parts(_COPIES, [id])[id]))

    def _lead(self, labels: Iterable[str]) -> dict[str, str]:
        """Where labels lead, of those that are known."""
        wanted = list(labels)
        new = [label for label in wanted if label not in self._leads]
        if new:
            self._leads.update(dict.fromkeys(new))
            self._leads.update(self._state.parts(_NAMES, new))
        return {label: lead for label in wanted if (lead := self._leads[label]) is not None}

    def _in_arabic(self, labels: set[str]) -> dict[str, str]:
        """The Arabic names of those labels that are an entity's."""
        new = [label for label in labels if label not in self._arabic]
        if new:
            leads = self._state.data(_NAMES, new)
            self._arabic.update(dict.fromkeys(new))
            self._arabic.update((label, lead[1]) for label, lead in leads.items() if lead and lead[0] == label)
        return {label: name for label in labels if (name := self._arabic[label]) is not None}


def _each(pair: Callable[[str, str], Edge | None]) -> Compare:
    """A thing is compared with one after the other."""
    return lambda later, others: _paired(pair, later, others)


def _paired(pair: Callable[[str, str], Edge | None], later: str, others: Iterable[str]) -> dict[str, Edge]:
    return {other: edge for other in others if (edge := pair(later, other)) is not None}


def _document_of(scene: str) -> str:
    """The document in which a scene stands, by its name."""
    return scene.rpartition("#")[0]


def _story_id(first: str) -> str:
    """An id that stays the same as long as the story's first document does."""
    return "s" + b32encode(sha256(first.encode("utf-8", "surrogatepass")).digest())[:7].decode().lower()
