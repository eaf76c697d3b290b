"""An edited message keeps to Discord's limits, shows words of the article only, and is right after one edit."""

import json
import re
from dataclasses import replace

from hypothesis import given, strategies as st

from bot.marks import mark_of, marked
from bot.render import render_correction, render_digest
from digest.editions.corrections import find_corrections
from digest.model import Brief, Card, Correction, Coverage, Delivery, Digest, Period, Post, Span, Story, Vanished
from digest.reading.sentences import first_sentences
from tests import hostile
from tests.builders import NOW, article
from tests.harmless import check_harmless, check_limits
from tests.properties.test_render import slow

URL = "https://gazette.example/ports"
_WORDS = st.sampled_from(["the", "bridge", "ports", "mayor", "will", "close", "pay", "forty", "ships", "June"])
_SENTENCES = st.lists(_WORDS, min_size=4, max_size=9).map(lambda found: f"{' '.join(found).capitalize()}.")
_SAID = re.compile(r"“([^“”]*)”")


def reading_of(sentences, title):
    text = " ".join(sentences)
    found = first_sentences(text, len(text))[0]
    told = article(text, url=URL, title=title)
    return Brief(told, found, card=Card(tuple(range(min(3, len(found))))), read_until=len(text))


def parts_of(*stories):
    return render_digest(Digest("News", Period(NOW, NOW), "UTC", stories, coverage=Coverage()))


@st.composite
def versions(draw):
    """Two readings of an article: sentences of the first changed, dropped, put in."""
    old = draw(st.lists(_SENTENCES, min_size=3, max_size=8, unique=True))
    new = list(old)
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(new) - 1))
        changed = new[place].split()
        changed[-1] = f"{draw(_WORDS)}."
        new[place : place + draw(st.integers(0, 1))] = draw(st.sampled_from([[], [" ".join(changed)]]))
    titles = st.sampled_from(["Ports agree", "Ports do not agree"])
    return reading_of(old, draw(titles)), reading_of(new or old, draw(titles))


@slow
@given(versions())
def test_what_an_edited_message_shows_is_the_articles(found):
    before, after = found
    (part,) = parts_of(Story(before.article.title, (before,)))
    corrections = find_corrections([before], after) or ()
    new = render_correction(Post(part.payload, "UTC", (URL,)), corrections)
    if new is None:
        assert not corrections
        return
    card = json.loads(new.payload)["embeds"][0]
    texts = {before.article.text, after.article.text, before.article.title, after.article.title}
    said = [words for field in card["fields"] for words in _SAID.findall(field["value"])]
    assert said
    assert all(any(words in text for text in texts) for words in said)
    # What the card itself shows stands in the article as it is now.
    now = re.sub(r"-# .*", "", card.get("description", "")).replace("\\", "")
    assert all(f"{sentence}." in after.article.text for sentence in now.rstrip(".\n").split(". ") if sentence)
    assert card["title"] == after.article.title
    assert render_correction(Post(new.payload, "UTC", (URL,)), corrections) is None


@slow
@given(hostile.briefs())
def test_the_same_reading_corrects_nothing(brief):
    assert not find_corrections([brief, brief], brief)


@st.composite
def hostile_corrections(draw):
    """A digest with an article full of anything, and any correction of that article at all."""
    before, after = (
        replace(brief, article=replace(brief.article, url=URL, canonical_url=""))
        for brief in (draw(hostile.briefs()), draw(hostile.briefs()))
    )

    places = draw(st.randoms(use_true_random=False))  # cheaper to draw than every place by itself

    def span(text):
        return Span(*sorted(places.randint(0, len(text)) for _ in range(2)))

    def vanished(old, new):
        return tuple(
            Vanished(
                index,
                (span(before.article.text),),
                places.choice([None, span(after.article.text)]),
                places.choice([None, *range(len(new))]),
            )
            for index in old
        )

    correction = Correction(
        before,
        after,
        vanished(before.card.sentences, after.sentences),
        vanished(before.card.quotes, after.quotes),
        vanished(before.card.commitments, after.commitments),
        is_retitled=draw(st.booleans()),
        is_retracted=draw(st.booleans()),
    )
    others = draw(st.lists(st.builds(Story, hostile.texts(), hostile.briefs().map(lambda brief: (brief,))), max_size=2))
    return parts_of(Story(before.article.title, (before,)), *others), correction


@slow
@given(hostile_corrections())
def test_an_edited_message_keeps_to_every_limit_whatever_an_article_says(found):
    parts, correction = found
    for number, part in enumerate(parts):
        new = render_correction(Post(part.payload, "UTC", (URL,)), (correction,))
        if new is not None:
            delivery = Delivery(1, 1, 1, 1, number + 1, new.payload, "nonce")
            check_limits(json.dumps(marked(json.loads(new.payload), mark_of(delivery))))
            check_harmless(new.payload)
            fields = [field for embed in json.loads(new.payload)["embeds"] for field in embed.get("fields", ())]
            check_harmless(json.dumps({"content": "", "embeds": [{"description": one["value"]} for one in fields]}))
