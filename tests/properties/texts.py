"""Texts that hypothesis draws: anything at all, and things that look like news."""

from hypothesis import strategies as st

_PHRASES = (
    "Ida Rook|the council|Vessmark|said|will|promised to|refused to|warned it would|close|the bridge|if|by Friday|he"
    "|they|Mr.|U.S.|40|because|is ready to|“|”|\"|'|‘|’|«|»|,|.|?|!|:|—|...|😀|שלום|مرحبا|https://x.example/a?b=c"
)
_ODD = ("\n", "\n\n", "\u2028", "\u202e", "\x00", "\ud800", "\u00a0", "\t", "\r", "|")
_WORDS = st.sampled_from(_PHRASES.split("|")) | st.sampled_from(_ODD)

anything = st.text(alphabet=st.characters(), max_size=300)
newslike = st.lists(_WORDS, max_size=60).map(" ".join)
texts = anything | newslike
