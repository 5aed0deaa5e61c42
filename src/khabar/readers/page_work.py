"""What libraries are asked about a web page; runs in the worker process (`child`), as it builds their trees."""

from __future__ import annotations

from khabar.readers.known import iso_date


def article_of(path: str, page: bytes) -> str:
    """The text of the article that trafilatura sees in a page (UTF-8), a line a paragraph; empty where it sees none."""
    import trafilatura  # slow to load; only pages need it

    found = trafilatura.extract(
        _text(page), include_comments=False, favor_recall=True, output_format="txt", deduplicate=False
    )
    return found or ""


def date_of(path: str, page: bytes) -> str | None:
    """The date that htmldate finds in a page (UTF-8), in ISO form."""
    from htmldate import find_date  # slow to load; only pages without a date in their head need it

    try:
        return iso_date(find_date(_text(page), original_date=True, extensive_search=False))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _text(page: bytes) -> str:
    return page.decode("utf-8", "surrogatepass")
