"""Parts of speech and lemmas are the pipeline's own, whatever the text, in whatever order texts come."""

import random

import pytest

from digest.reading.forms import COMPONENTS
from digest.reading.language import load_forms, load_pipeline
from tests.gold import corpus

PAIRED = [
    "I'm gonna leave, and you gotta stay. Gon or na alone is nothing; got is, ta is not.",
    "Let's go. It's late, and there's no boat. There were two. There is one. The boat is there.",
    "He ain't here. They ai n't. C'm on, y'all! All of y’ all, on and on.",
    "She'd gone when they'd call; we've had it, I've to go. Didn't he? Nt.",
    "Somethin' is doin' nothin'. 'Em! 'Nuff. The ol' man'll do.",
    "Does he do it? He does. Do they have it? He had had enough. It has been.",
    "\n  Spaces   and\ttabs \u2028 and breaks.\n\n",
    "The 2,000 (or so) — “quoted”, 5% of $40m: #1 & @home; 🙂 naïve co-operation.",
]


def read(doc):
    return [(token.pos_, token.lemma_, token.tag_, token.dep_, token.head.i) for token in doc]


def both(text):
    """What is read of each token with what was kept, and what the components say of it."""
    pipeline = load_pipeline()
    doc = pipeline.make_doc(text)
    for name, component in pipeline.pipeline:
        if name not in COMPONENTS:
            doc = component(doc)
    plain = doc.copy()
    for name in COMPONENTS:
        plain = pipeline.get_pipe(name)(plain)
    load_forms().annotate(doc)
    return read(doc), read(plain)


def texts():
    found = [*PAIRED, *(corpus.read(name).article.text for name in corpus.names())]
    random.Random(3).shuffle(found)
    return found


@pytest.mark.parametrize("text", texts(), ids=lambda text: text[:20].strip())
def test_each_token_has_the_part_of_speech_and_the_lemma_that_the_pipeline_gives_it(text):
    ours, plain = both(text)
    assert ours == plain
    assert len(ours) > 0


def test_what_was_kept_for_one_text_is_right_in_the_next():
    for text in [*PAIRED, *reversed(PAIRED)]:
        ours, plain = both(text)
        assert ours == plain


def test_a_text_without_words_has_no_forms():
    assert both("") == ([], [])
