"""Texts that hypothesis draws: anything at all, and things that look like news."""

from hypothesis import strategies as st

_WORDS = st.sampled_from(
    [
        "Ida Rook",
        "the council",
        "Vessmark",
        "said",
        "will",
        "promised to",
        "refused to",
        "warned it would",
        "close",
        "the bridge",
        "if",
        "by Friday",
        "he",
        "they",
        "Mr.",
        "U.S.",
        "40",
        "because it was old",
        "is ready to",
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        "«",
        "»",
        ",",
        ".",
        "?",
        "!",
        ":",
        "—",
        "...",
        "\n",
        "\n\n",
        "\u2028",
        "😀",
        "שלום",
        "مرحبا",
        "\u202e",
        "\x00",
        "�",
        "\xa0",
        "\t",
        "\r",
        "https://x.example/a?b=c",
    ]
)

anything = st.text(alphabet=st.characters(), max_size=300)
newslike = st.lists(_WORDS, max_size=60).map(" ".join)
texts = anything | newslike
