"""A news page with its furniture, for tests to change."""

import json

PARAGRAPHS = (
    "The council of Vessmark voted on Thursday to close the old harbour bridge for two years, from the first of March.",
    "“We should have done this ten years ago,” said Ida Rook, the mayor, after the vote, which passed by 14 to 9.",
    "The repair will cost 40 million crowns, and half of it comes from the state, the council said in its statement.",
)
LINKED = {
    "@type": "NewsArticle",
    "headline": "Harbour bridge to close for two years",
    "author": [{"@type": "Person", "name": "Mina Thorne"}, {"@type": "Person", "name": "Olav Pell"}],
    "publisher": {"@type": "Organization", "name": "Vessmark Courier"},
    "datePublished": "2026-02-12T18:30:00+01:00",
    "dateModified": "2026-02-12T20:00:00+01:00",
    "image": ["https://img.courier.example/bridge.jpg"],
}


def page(*, linked=LINKED, head="", body="", paragraphs=PARAGRAPHS, language="en", title="Harbour bridge to close"):
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>{title}</title>{head}{script}</head><body>'
        '<nav><a href="/">Home</a><a href="/sport">Sport</a></nav>'
        f"<main><article><h1>{title}</h1>{text}{body}</article></main>"
        '<aside><h2>Most read</h2><ul><li><a href="/1">Ferry timetable changes again</a></li></ul></aside>'
        "<footer><p>© Vessmark Courier. All rights reserved.</p></footer></body></html>"
    )
