"""The form in which a report is annotated by hand, and the way from it to the annotation form and back.

A marked report has three parts, set apart by lines of ``---``: what is known of it, its text with marks in it, and
what the marks mean::

    id: lib-101
    outlet: الضفة
    published: 2019-07-03
    roots: UNSMIL
    ---
    {E1|قصف} {t 2019-07-02|أمس الثلاثاء} مركزا في تاجوراء، {q1|وفق} {s1|البعثة}،
    و{c1|{e1|قتل} {f person;53;migrants killed|53} مهاجرا}.
    ---
    LOC Tajoura = تاجوراء
    ORG UNSMIL = البعثة
    e1 ASSAULT/aerial actual; recipient=migrants; date=2019-07-02; place=Tajoura; claims=1
    c1 organisation assert; entity=UNSMIL

Marks may stand inside one another.  ``{e1|...}`` is a trigger of event 1, ``{E1|...}`` its fullest, which comes first;
``q`` cue, ``s`` source, ``v`` via, ``c`` content of a claim; several keys may share a mark (``{s1 s2|...}``).
``{t VALUE|...}`` is a time, ``{f UNIT;AMOUNT;WHAT;DATE;PLACE;GROUP|...}`` a figure (``53``, ``~53``, ``15..20``; what
follows WHAT may be left out), ``{n TYPE LABEL|...}`` one mention of a name, ``{x|...}`` a place where no name is meant.
A line ``TYPE LABEL = form | form`` names somebody once for all mentions: every place where a form stands as a word,
with or without an attached particle, is a mention.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
_LETTER = "\u0621-\u063a\u0641-\u0652\u0670\u0671-\u06d3A-Za-z0-9"
_PARTICLES = re.compile(rf"(?<![{_LETTER}])[وف]?[بلك]?$")
_FUSED = re.compile(rf"(?<![{_LETTER}])[وف]?$")
_WORDS_END = re.compile(r"[\w%٪\u064b-\u0652]$")
_SPAN_KEY = re.compile(r"([eEqsvc])(\d+)")
_NAME = re.compile(r"(?P<type>PER|ORG|LOC)\s+(?P<label>[^=]+?)\s*=\s*(?P<forms>.+)")
_EVENT = re.compile(r"e(?P<id>\d+)\s+(?P<type>[A-Z]+)(?:/(?P<mode>[a-z-]+))?\s+(?P<status>[a-z]+)(?P<rest>(?:;.*)?)")
_CLAIM = re.compile(r"c(?P<id>\d+)\s+(?P<kind>[a-z]+)\s+(?P<stance>[a-z]+)(?P<rest>(?:;.*)?)")


class MarkupError(ValueError):
    """A marked report that cannot be understood; its text says where and why."""


@dataclass(slots=True)
class _Marks:
    """What stands in a text, by kind of mark."""

    text: str = ""
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    times: list[tuple[int, int, str]] = field(default_factory=list)
    figures: list[tuple[int, int, str]] = field(default_factory=list)
    names: list[tuple[int, int, str]] = field(default_factory=list)
    nameless: list[tuple[int, int]] = field(default_factory=list)


def read_marked(marked: str) -> Json:
    """The annotation form of a marked report, with ``start``, ``end`` and ``n`` in every span.

    Raises:
        MarkupError: when a mark is not closed, means nothing, or a line of the last part cannot be read.

    >>> report = read_marked("id: a\\npublished: 2020-01-02\\n---\\nوصل {t 2020-01-01|أمس} علي.\\n---\\nPER Ali = علي")
    >>> report["text"], report["times"][0]["value"], report["names"][0]["text"]
    ('وصل أمس علي.', '2020-01-01', 'علي')
    """
    parts = re.split(r"^---[ \t]*$", marked.strip() + "\n", flags=re.MULTILINE)
    if len(parts) != 3:
        raise MarkupError(f"three parts are needed, set apart by lines of ---; here are {len(parts)}")
    head, body, foot = parts
    marks = _read_marks(unicodedata.normalize("NFC", body.strip("\n")))
    lines = [line.strip() for line in foot.splitlines() if line.strip() and not line.strip().startswith("#")]
    known = _head(head)
    return {
        **known,
        "text": marks.text,
        "times": [_span(marks.text, start, end) | {"value": value} for start, end, value in sorted(marks.times)],
        "names": _names(marks, lines),
        "events": [_event(marks, found) for line in lines if (found := _EVENT.fullmatch(line))],
        "claims": _claims(marks, lines),
        "figures": [_figure(marks.text, *figure) for figure in sorted(marks.figures)],
    }


def _head(head: str) -> Json:
    pairs = [line.partition(":")[::2] for line in head.splitlines() if line.strip()]
    known: Json = {key.strip(): value.strip() or None for key, value in pairs}
    if known.get("roots"):
        known["roots"] = [root.strip() for root in known["roots"].split("|")]
    return known


def _read_marks(body: str) -> _Marks:
    marks, length = _Marks(), 0
    pieces: list[str] = []
    waiting: list[tuple[str, int]] = []
    at = 0
    while at < len(body):
        if body[at] == "{":
            bar = body.find("|", at)
            if bar < 0 or "{" in body[at + 1 : bar]:
                raise MarkupError(f"a mark without |: {body[at : at + 40]!r}")
            waiting.append((body[at + 1 : bar].strip(), length))
            at = bar + 1
        elif body[at] == "}":
            if not waiting:
                raise MarkupError("a closing brace without an opening one after " + "".join(pieces)[-30:])
            _close(marks, *waiting.pop(), length)
            at += 1
        else:
            pieces.append(body[at])
            length += 1
            at += 1
    if waiting:
        raise MarkupError(f"a mark is not closed: {waiting[-1][0]!r}")
    marks.text = "".join(pieces)
    return marks


def _close(marks: _Marks, key: str, start: int, end: int) -> None:
    kind, _, rest = key.partition(" ")
    if kind == "t" and rest:
        marks.times.append((start, end, rest.strip()))
    elif kind == "f" and rest:
        marks.figures.append((start, end, rest.strip()))
    elif kind == "n" and rest:
        marks.names.append((start, end, rest.strip()))
    elif kind == "x" and not rest:
        marks.nameless.append((start, end))
    else:
        for part in key.split():
            if not _SPAN_KEY.fullmatch(part):
                raise MarkupError(f"unknown mark {key!r}")
            marks.spans.setdefault(part, []).append((start, end))


def _span(text: str, start: int, end: int) -> Json:
    words = text[start:end]
    if not _is_clean(words):
        raise MarkupError(f"a span is empty or has white space or punctuation at an end: {words!r}")
    n, at = 0, text.find(words)
    while at < start:
        n, at = n + 1, text.find(words, at + 1)
    return {"text": words, "n": n, "start": start, "end": end}


_PAIRS = {'"': '"', "«": "»", "“": "”", "(": ")"}


def _is_clean(words: str) -> bool:
    """Does a span begin and end with words?  Quotation marks and brackets may stand there if both of a pair do."""
    paired = all(words.count(opening) == words.count(closing) for opening, closing in _PAIRS.items())
    paired = paired and words.count('"') % 2 == 0
    begins = words[:1].isalnum() or (paired and words[:1] in _PAIRS)
    ends = _WORDS_END.search(words) is not None or (paired and words[-1:] in _PAIRS.values())
    return begins and ends and not (words[0] in _PAIRS and words[-1] == _PAIRS[words[0]] and words.count(words[0]) < 3)


def _names(marks: _Marks, lines: list[str]) -> list[Json]:
    found = {(start, end): given for start, end, given in marks.names}
    taken = [(start, end) for start, end in (*found, *marks.nameless)]
    forms = [(form, f"{type} {label}") for type, label, form in _forms(lines)]
    for form, given in sorted(forms, key=lambda pair: -len(pair[0])):
        places = list(_places(marks.text, form))
        if not places:
            raise MarkupError(f"no mention of {form!r} ({given}) in the text")
        for start, end in places:
            if not any(start < there and here < end for here, there in taken):
                taken.append((start, end))
                found[start, end] = given
    unused = {given for _, given in forms} - set(found.values())
    if unused:
        raise MarkupError(f"named, but every mention lies inside another name: {sorted(unused)}")
    return [_name(marks.text, start, end, given) for (start, end), given in sorted(found.items())]


def _name(text: str, start: int, end: int, given: str) -> Json:
    type, _, label = given.partition(" ")
    return _span(text, start, end) | {"type": type, "entity": label.strip()}


def _forms(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        if found := _NAME.fullmatch(line):
            for form in found["forms"].split("|"):
                yield found["type"], found["label"], form.strip()
        elif not _EVENT.fullmatch(line) and not _CLAIM.fullmatch(line):
            raise MarkupError(f"cannot be read: {line!r}")


def _places(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Where a form stands as a word; ``للأمم المتحدة`` is a mention of ``الأمم المتحدة``, kept whole."""
    for words, before in ((form, _PARTICLES), *([("لل" + form[2:], _FUSED)] if form.startswith("ال") else [])):
        for found in re.finditer(re.escape(words) + rf"(?![{_LETTER}])", text):
            if before.search(text, max(0, found.start() - 4), found.start()):
                yield found.span()


def _options(rest: str, allowed: tuple[str, ...]) -> Mapping[str, str]:
    options = {}
    for part in rest.split(";"):
        if not part.strip():
            continue
        key, equals, value = part.partition("=")
        if not equals or key.strip() not in allowed:
            raise MarkupError(f"unknown option {part.strip()!r}")
        options[key.strip()] = value.strip()
    return options


def _labels(text: str) -> list[str]:
    return [label.strip() for label in text.split(" + ") if label.strip()]


def _event(marks: _Marks, found: re.Match[str]) -> Json:
    number = found["id"]
    given = _options(found["rest"], ("actor", "recipient", "date", "place", "claims", "is", "reason"))
    fullest, others = marks.spans.get(f"E{number}", []), marks.spans.get(f"e{number}", [])
    triggers = [*fullest[:1], *sorted([*fullest[1:], *others])]
    if not triggers:
        raise MarkupError(f"event e{number} has no trigger in the text")
    event: Json = {
        "id": f"e{number}",
        "triggers": [_span(marks.text, *place) for place in triggers],
        "type": found["type"],
        "mode": found["mode"],
        "status": found["status"],
        "actor": _labels(given.get("actor", "")),
        "recipient": _labels(given.get("recipient", "")),
        "date": given.get("date"),
        "place": given.get("place"),
        "claims": [f"c{claim.strip().lstrip('c')}" for claim in given.get("claims", "").split(",") if claim.strip()],
    }
    return event | {key: given[key] for key in ("is", "reason") if key in given}


def _claims(marks: _Marks, lines: list[str]) -> list[Json]:
    found = [claim for line in lines if (claim := _CLAIM.fullmatch(line))]
    declared = {f"c{claim['id']}" for claim in found}
    stray = [key for key in marks.spans if key[0] in "qsvc" and f"c{key[1:]}" not in declared] + [
        key for key in marks.spans if key[0] in "eE" and not any(line.startswith(f"e{key[1:]} ") for line in lines)
    ]
    if stray:
        raise MarkupError(f"marks that no line explains: {stray}")
    return [_claim(marks, claim) for claim in found]


def _claim(marks: _Marks, found: re.Match[str]) -> Json:
    number = found["id"]
    given = _options(found["rest"], ("entity", "source", "via", "cue"))
    contents = marks.spans.get(f"c{number}", [])
    if len(contents) != 1:
        raise MarkupError(f"claim c{number} has {len(contents)} contents in the text, one is needed")
    source = _borrowed(marks, "s", number, given.get("source"))
    cue = _borrowed(marks, "q", number, given.get("cue"))
    relays = [marks.spans[f"v{other}"][0] for other in given.get("via", "").split(",") if f"v{other}" in marks.spans]
    return {
        "id": f"c{number}",
        "cue": _span(marks.text, *cue) if cue else None,
        "source": _span(marks.text, *source) if source else None,
        "source_kind": found["kind"],
        "source_entity": given.get("entity"),
        "via": [_span(marks.text, *place) for place in relays or marks.spans.get(f"v{number}", [])],
        "content": _span(marks.text, *contents[0]),
        "stance": found["stance"],
    }


def _borrowed(marks: _Marks, kind: str, number: str, other: str | None) -> tuple[int, int] | None:
    """The claim's own span of a kind, or that of the claim it names."""
    places = marks.spans.get(f"{kind}{number}") or marks.spans.get(f"{kind}{other}") or []
    if other is not None and not places:
        raise MarkupError(f"claim c{number}: claim {other} has no {kind} mark")
    if len(places) > 1:
        raise MarkupError(f"claim c{number} has {len(places)} marks {kind}{number}, one is needed")
    return places[0] if places else None


def _figure(text: str, start: int, end: int, given: str) -> Json:
    parts = [part.strip() or None for part in given.split(";")]
    unit, amount, what, date, place, group = (*parts, *[None] * 6)[:6]
    found = re.fullmatch(r"(~?)(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?", amount or "")
    if found is None or unit is None or what is None:
        raise MarkupError(f"a figure needs UNIT;AMOUNT;WHAT: {given!r}")
    low = _number(found[2])
    figure: Json = {
        "low": low, "high": _number(found[3]) if found[3] else low, "approx": bool(found[1]), "unit": unit,
        "what": what, "date": date, "place": place,
    }  # fmt: skip
    return _span(text, start, end) | figure | ({"group": group} if group else {})


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def write_marked(report: Json) -> str:
    """The marked form of an annotated report: ``read_marked(write_marked(report)) == report``.

    Raises:
        MarkupError: when two spans cross, so that neither can stand inside the other.
    """
    head = [f"{key}: {_plain(report[key])}" for key in report if key not in _ANNOTATIONS and key != "text"]
    return "\n".join([*head, "---", _marked(report), "---", *_foot(report)]) + "\n"


_ANNOTATIONS = ("times", "names", "events", "claims", "figures")


def _plain(value: Any) -> str:
    return " | ".join(value) if isinstance(value, list) else str(value or "")


def _marked(report: Json) -> str:
    spans = sorted(_keyed(report).items(), key=lambda item: (item[0][0], -item[0][1]))
    opening: dict[int, list[str]] = {}
    closing: dict[int, int] = {}
    inside: list[int] = []
    for (start, end), keys in spans:
        while inside and inside[-1] <= start:
            inside.pop()
        if inside and end > inside[-1]:
            raise MarkupError(f"spans cross at {report['text'][start:end]!r}")
        for key in keys:
            opening.setdefault(start, []).append(f"{{{key}|")
            closing[end] = closing.get(end, 0) + 1
            inside.append(end)
    text = report["text"]
    return "".join(
        "}" * closing.get(at, 0) + "".join(opening.get(at, [])) + text[at : at + 1] for at in range(len(text) + 1)
    )


def _keyed(report: Json) -> dict[tuple[int, int], list[str]]:
    """For each stretch of the text the marks around it; the keys of events and claims share one."""
    shared: dict[tuple[int, int], list[str]] = {}
    for event in report["events"]:
        number = event["id"][1:]
        for at, span in enumerate(event["triggers"]):
            main = at == 0 and any(other["start"] < span["start"] for other in event["triggers"])
            shared.setdefault((span["start"], span["end"]), []).append(f"{'E' if main else 'e'}{number}")
    for claim in report["claims"]:
        for letter, spans in (
            ("q", [claim["cue"]]), ("s", [claim["source"]]), ("v", claim["via"]), ("c", [claim["content"]]),
        ):  # fmt: skip
            for span in spans:
                if span is not None:
                    shared.setdefault((span["start"], span["end"]), []).append(f"{letter}{claim['id'][1:]}")
    keyed = {place: [" ".join(keys)] for place, keys in shared.items()}
    for time in report["times"]:
        keyed.setdefault((time["start"], time["end"]), []).append(f"t {time['value']}")
    for figure in report["figures"]:
        keyed.setdefault((figure["start"], figure["end"]), []).append(f"f {_figure_key(figure)}")
    for name in report["names"]:
        keyed.setdefault((name["start"], name["end"]), []).append(f"n {name['type']} {name['entity']}")
    return keyed


def _figure_key(figure: Json) -> str:
    amount = f"{'~' if figure['approx'] else ''}{figure['low']}"
    amount += f"..{figure['high']}" if figure["high"] != figure["low"] else ""
    parts = [figure["unit"], amount, figure["what"], figure["date"], figure["place"], figure.get("group")]
    return ";".join(part or "" for part in parts).rstrip(";")


def _foot(report: Json) -> Iterator[str]:
    for event in report["events"]:
        mode = f"/{event['mode']}" if event["mode"] else ""
        options = {
            "actor": " + ".join(event["actor"]), "recipient": " + ".join(event["recipient"]), "date": event["date"],
            "place": event["place"], "claims": ",".join(claim[1:] for claim in event["claims"]),
            "is": event.get("is"), "reason": event.get("reason"),
        }  # fmt: skip
        yield f"{event['id']} {event['type']}{mode} {event['status']}{_written(options)}"
    for claim in report["claims"]:
        yield f"{claim['id']} {claim['source_kind']} {claim['stance']}{_written({'entity': claim['source_entity']})}"


def _written(options: Mapping[str, str | None]) -> str:
    return "".join(f"; {key}={value}" for key, value in options.items() if value)
