"""Who said what: marked and reported words with their cue and their speaker."""

from typing import TYPE_CHECKING

from digest.model import Quote
from digest.reading.language import Parsed
from digest.reading.quotes.indirect import find_indirect
from digest.reading.quotes.pieces import join_pieces
from digest.reading.quotes.regions import lay_out
from digest.reading.quotes.speakers import attribute_regions

if TYPE_CHECKING:
    from digest.reading.names import Names

__all__ = ["find_quotes"]


def find_quotes(parsed: Parsed, names: "Names") -> tuple[Quote, ...]:
    """Return the quotes in text order, by their first span; they do not overlap, and none holds its own cue.

    `method` names the rule that found the speaker. A quote whose speaker is not sure has none. Never raises; time is
    linear in the text.
    """
    layout = lay_out(parsed, names)
    attributed = attribute_regions(layout, names)
    marked = tuple(join_pieces(parsed, names, attributed))
    return tuple(sorted((*marked, *find_indirect(layout, names, marked)), key=lambda quote: quote.spans[0]))
