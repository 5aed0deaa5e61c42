"""Write ``links.json`` from the reports and the stories: ``python -m corpus.write_links``."""

from __future__ import annotations

from corpus.links import links_of
from corpus.load import HERE, dumped, load_plan, load_reports

if __name__ == "__main__":
    story = {row["id"]: row["story"] for row in load_plan()}
    links = {"docs": "reports"} | links_of(load_reports(), story)
    (HERE / "links.json").write_text(dumped(links), "utf-8")
