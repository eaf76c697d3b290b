"""The text of a page in which trafilatura finds none; the only module that knows resiliparse."""

import re

from digest.reading.head import Head

_ENDS_LINE = re.compile(r"</?(?:p|div|br|li|h[1-6]|blockquote|tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_FEWEST_WORDS = 6  # a line of less is a button or a heading; where there is nothing else, the page is no article


def main_text(markup: str) -> str:
    """Return what another extractor, with its own parser, takes for the page's text; empty where that is no prose."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 -- only few pages need it

    text: str = extract_plain_text(
        markup, main_content=True, list_bullets=False, alt_texts=False, comments=False, post_meta=False
    )
    return text if any(len(line.split()) >= _FEWEST_WORDS for line in text.split("\n")) else ""


def linked_text(head: Head) -> str:
    """Return the text that the page has in JSON-LD; none where the page says that it is not free."""
    return _TAG.sub("", _ENDS_LINE.sub("\n", head.body)) if head.is_free else ""


def described_text(head: Head) -> str:
    """Return the page's description, where the page says that it is an article or a video."""
    is_piece = head.is_article or head.genre.startswith(("article", "video"))
    return _TAG.sub("", head.description) if is_piece else ""
