"""``python -m training.golden``: what the shipped weights say of one text, kept for the test that they still say it."""

from __future__ import annotations

import json
from pathlib import Path

from khabar.encoder import encode
from khabar.text import tokenize

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "encoder" / "golden.json"
TEXT = (
    "قال وزير الخارجية التونسي سامي الطرابلسي إن بلاده ستستضيف في مدينة سوسة مؤتمرا للأمم المتحدة يوم الثلاثاء.\n"
    "ونفى المتحدث باسم البنك الدولي، كريم البشري، أن يكون القرض قد ألغي، وفق ما نقلته وكالة السنبلة."
)
PAIRS = (0, 4, 8, 11)
"""Tokens of the first sentence whose links are kept: a cue, a person, a trigger, a place."""
_SURE = 0.6
"""Spans less probable are left out: other processors round otherwise, and might draw their borders elsewhere."""
_NUMBERS = 16
"""Numbers of the vector that are kept."""


def main() -> None:
    """Write the file anew, after the weights were replaced."""
    found = encode(tokenize(TEXT))
    spans = {name: found.spans(name) for name, head in found.heads.items() if head.kind == "bio"}
    rounded = {
        name: [[*one[:3], round(one.probability, 4)] for one in some if one.probability > _SURE]
        for name, some in spans.items()
    }
    passage = [round(float(value), 4) for value in found.passages[0][:_NUMBERS]]
    links = {kind: found.links.odds(kind, PAIRS, PAIRS).round(2).tolist() for kind in found.links.kinds}
    kept = {"text": TEXT, "spans": rounded, "passage": passage, "pairs": PAIRS, "links": links}
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    GOLDEN.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
