"""Placeholder."""
from khabar.model import Document, Origin, Published
def document_from_text(text: str, *, id: str = "text", published: str | None = None, outlet: str | None = None) -> Document:
    return Document(id, text, text, (), Origin("<text>", "0", "text/plain", "utf-8"), outlet=outlet, published=Published(published, "given") if published else None)
