"""Parts of speech and lemmas are the pipeline's own, whatever the text, in whatever order texts come."""

import random

import pytest
from spacy.tokens import Doc

from digest.reading.forms import COMPONENTS, Forms
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


def test_a_form_is_asked_once_whatever_stands_beside_it():
    pipeline = load_pipeline()
    asked = []

    def new_doc(vocab, words, **rest):
        asked.extend(words)
        return Doc(vocab, words=words, **rest)

    forms = Forms(pipeline, new_doc)
    words, rest = ["on", "is", "Sarn"], {"tags": ["IN", "VBZ", "NNP"], "deps": ["prep", "ROOT", "attr"]}
    forms.annotate(Doc(pipeline.vocab, words=words, **rest))
    assert sorted(set(asked)) == ["Sarn", "is", "on", "x"]  # the last keeps the others apart
    asked.clear()
    backwards = {name: values[::-1] for name, values in rest.items()}
    forms.annotate(Doc(pipeline.vocab, words=words[::-1], **backwards))
    assert [word for word in asked if word != "x"] == []
