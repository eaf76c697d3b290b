"""A page as another parser sees it: the text where trafilatura finds none; the only module that knows resiliparse."""

import re

from digest.reading.head import Head

_ENDS_LINE = re.compile(r"</?(?:p|div|br|li|h[1-6]|blockquote|tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]{12}")  # Thai, kana, Chinese characters
_ENDS = re.compile(r"[.!?…\u3002\uff01\uff1f][\"'”’»)\]]*(?=\s|$|[A-Z])")
_WITHHELD = re.compile(r"\sdata-nosnippet\b", re.IGNORECASE)
_MOST_WITHHELD = 300
_FEWEST_SENTENCES = 3
_FEWEST_WORDS = 6  # a line of less is a button, a heading or a cell


def main_text(markup: str) -> str:
    """Return what another extractor, with its own parser, takes for the page's text: its lines of prose, each once."""
    return "\n".join(line for line in dict.fromkeys(_lines(markup, main_content=True)) if _is_long(line))


def whole_text(markup: str) -> str:
    """Return the sentences of the whole page, wherever they stand; none where there are not several."""
    lines = [line for line in _lines(markup, main_content=False) if _is_long(line) and _ENDS.search(line)]
    text = "\n".join(dict.fromkeys(lines))
    return text if len(_ENDS.findall(text)) >= _FEWEST_SENTENCES else ""


def _lines(markup: str, *, main_content: bool) -> list[str]:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 -- only few pages need it

    text: str = extract_plain_text(
        markup,
        main_content=main_content,
        list_bullets=False,
        alt_texts=not main_content,  # without them it leaves out what stands inside of svg
        comments=not main_content,
        post_meta=False,
        form_fields=not main_content,
    )
    return [line.strip() for line in text.split("\n")]


def _is_long(line: str) -> bool:
    return len(line.split()) >= _FEWEST_WORDS or _UNSPACED.search(line) is not None


def without_withheld(markup: str) -> str:
    """Return the page without the elements that are marked `data-nosnippet`; the very same where there are none.

    Of a page with more marks than anybody sets, nothing is left.
    """
    if not _WITHHELD.search(markup):
        return markup
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415 -- only few pages need it

    document = HTMLTree.parse(markup).document
    for dropped in range(_MOST_WITHHELD):
        # The outermost each time: to take those inside of it first takes minutes on a page of nothing else.
        marked = document and document.query_selector("[data-nosnippet]")
        if document is None or marked is None:
            return markup if document is None or not dropped else str(document.html)
        marked.decompose()
    return ""


def linked_text(head: Head) -> str:
    """Return the text that the page has in JSON-LD; none where the page says that it is not free."""
    return _TAG.sub("", _ENDS_LINE.sub("\n", head.body)) if head.is_free else ""


def described_text(head: Head) -> str:
    """Return the page's description, where the page says that it is an article or a video."""
    is_piece = head.is_article or head.genre.startswith(("article", "video"))
    return _TAG.sub("", head.description) if is_piece else ""
