"""Whether an article says of itself that it was retracted."""

import re

from digest.model import Article

# "Retracted: ...", "RETRACTION — ...", "[Retracted] ...", "Retraction" alone; not "Retraction of troops begins".
_HEADED = re.compile(r"\W*retract(?:ed|ion)\s*(?:[]:)|–—]|-\s|\.?\s*$|notice\b)", re.IGNORECASE | re.MULTILINE)
# Also after “Editor’s note”.
_SAID = re.compile(
    r"\W*(?:editor['’]?s['’]? note\W+)?(?:this|the) (?:article|story|report|piece) (?:has been|was|is) retracted\b",
    re.IGNORECASE,
)


def is_retraction(article: Article) -> bool:
    """Return whether the title or the first words of the article say that its outlet retracted it."""
    return any(pattern.match(words) for words in (article.title, article.text) for pattern in (_HEADED, _SAID))
