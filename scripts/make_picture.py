"""Makes docs/report.png, the README's picture: the demo's report in a real browser, its most told event open.

python scripts/make_picture.py demo/report.html docs/report.png
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

OPEN_THE_MOST_TOLD = """() => {
  const told = (event) => Number(event.dataset.accounts);
  const most = [...document.querySelectorAll(".event.disputed")].sort((one, other) => told(other) - told(one))[0];
  most.open = true;
  window.scrollTo(0, most.getBoundingClientRect().top + scrollY - 180);
}"""


def main() -> int:
    """Take the picture; returns the exit status."""
    from playwright.sync_api import sync_playwright

    page_file, picture = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    chromium = shutil.which("chromium")
    if chromium is None:
        print("this needs Debian's chromium: apt install chromium", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.goto(page_file.as_uri())
        page.evaluate(OPEN_THE_MOST_TOLD)
        page.wait_for_timeout(300)
        page.screenshot(path=picture)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
