"""Figures: numbers that count or measure something other than time, with their bounds, unit, date, place, claim.

Conventions

- ``نحو 1200``: `low` and `high` are both 1200 and `approx` is true; only a range of two numbers (``بين 15 و20``) has
  two bounds.  ``أكثر من 50`` and ``أقل من 50`` likewise keep the number that is said.
- Vague amounts have conventional bounds, from two of the word to one short of the next: ``عشرات`` is 20 to 99, ``مئات``
  200 to 999, ``آلاف`` 2,000 to 9,999, ``عشرات الآلاف`` 20,000 to 99,999; ``بضعة`` is 3 to 9.  A bare dual (``قتيلين``)
  is 2.  Both are marked ``vague``, since nobody counted, and left out of what ``analyse`` writes unless asked for.
- `what` is the counted noun with its adjectives and its owner (``عنصرا من القوات الخاصة``); the noun comes first.
- `kind` is what became of people (dead, wounded, missing, arrested, displaced, deployed, trained, freed) or, for
  vehicles, vessels, aircraft and weapons, ``deployed``.  Numbers joined by ``و`` share the fate of the first, and a
  part (``بينهم 3``, ``و2 آخرين``) that of its whole; survivors have none.
- A riyal, dinar, pound, lira or dirham takes its ISO code from the adjective behind it, else from the one country with
  such a currency that the text speaks of most; where that is not clear the name stays (``money:dinar``).
- Coins keep their name (``money:cent``, ``money:millime``, ``money:piastre``).  ``واحد`` counts only as a measure
  (``واحد في المئة``), a loss (``قتيل واحد``, ``قتلت طفلا واحدا``) or a weapon.  A speed is a distance.  Only the armed
  are ``deployed`` on arrival.
- ``خمسة دونمات ونصف الدونم`` is 5.5.  ``فندق خمس نجوم`` tells a class and counts nothing.
- A number with nothing behind it takes the noun of its pair (``من 2500 إلى 11 ألف ريال``).
- A number of which neither unit nor thing is known is left out: it tells a reader nothing.
- `place` is that of the event, else the nearest one named.  `date` is what stands right behind the number; for people
  of whom something became what else the sentence says comes before the date of the event, for other things after it.
- Two numbers of one change (``من 800 في فبراير إلى 1800 في مايو``) are two figures, each with its own date.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.model import Claim, Event, Figure, Name, Time
from khabar.text import Tokenized


def find_figures(
    text: Tokenized, times: Sequence[Time], names: Sequence[Name], claims: Sequence[Claim], events: Sequence[Event]
) -> tuple[Figure, ...]:
    """All figures of a text, in order, not overlapping; vague amounts and bare duals are marked ``vague``.

    >>> from khabar.text import tokenize
    >>> found = find_figures(tokenize("أسفر الهجوم عن مقتل أكثر من 15 جنديا وإصابة ثلاثة آخرين"), (), (), (), ())
    >>> [(figure.span.text, figure.low, figure.unit, figure.kind) for figure in found]
    [('أكثر من 15', 15, 'person', 'dead'), ('ثلاثة', 3, 'person', 'wounded')]
    """
    from khabar.figures.fates import own_fates
    from khabar.figures.find import find
    from khabar.figures.partners import all_counted
    from khabar.figures.reader import Reader
    from khabar.figures.resolve import figure, surroundings
    from khabar.figures.sums import parts, whole

    reader = Reader(text, times, names)
    amounts = whole(reader, find(reader))
    nouns = parts(reader, amounts, all_counted(reader, amounts))
    around = surroundings(text, times, names, claims, events)
    fates = own_fates(reader, amounts, [what for _, what in nouns])
    made = (figure(reader, amounts, nouns, fates, at, around) for at in range(len(amounts)))
    return tuple(one for one in made if one is not None)


__all__ = ["find_figures"]
