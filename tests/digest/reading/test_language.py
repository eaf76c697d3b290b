"""A text is parsed by the model we mean, in our own sentences, in pieces where it is too long."""

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from digest.model import Sentence, Span
from digest.reading.language import MAX_SENTENCE_TOKENS, MAX_TOKENS, MODEL_DIGEST, load_pipeline, model_digest, parse
from digest.reading.sentences import split_sentences

TEXT = "The council voted on Thursday.  It was late. Rook left."


def parsed(text=TEXT):
    return parse(text, split_sentences(text))


def test_the_model_is_the_one_we_mean():
    assert model_digest() == MODEL_DIGEST


def test_the_pipeline_multiplies_by_numpys_library_in_one_thread():
    with threadpool_limits(2):
        pipeline = load_pipeline.__wrapped__()  # anew: what was loaded before has set both
        assert {library["num_threads"] for library in threadpool_info()} == {1}
    models = [getattr(component, "model", None) for _, component in pipeline.pipeline]
    assert {layer.ops.use_blis for model in models if model for layer in model.walk()} == {False}


def test_the_parser_keeps_to_our_sentences():
    whole = (Sentence(0, Span(0, len(TEXT))),)
    assert [len(parsed().doc), len(list(parsed().doc.sents)), len(list(parse(TEXT, whole).doc.sents))] == [14, 3, 1]


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(0, 0), (29, 0), (30, None), (31, None), (32, 1), (43, 1), (44, None), (45, 2), (54, 2), (55, None), (99, None)],
)
def test_the_sentence_at_an_offset_is_the_one_that_holds_its_character(offset, expected):
    found = parsed().sentence_at(offset)
    assert (found and found.index) == expected


def test_before_the_first_sentence_there_is_none():
    assert parsed(f"  {TEXT}").sentence_at(1) is None
    assert parsed("").sentence_at(0) is None


def test_a_stretch_of_tokens_is_widened_to_whole_ones_and_may_be_empty():
    whole = parsed()
    assert whole.tokens_of(Span(5, 13)).text == "council voted"
    assert whole.tokens_of(Span(90, 99)) is None
    assert whole.span_of(whole.doc[1], whole.doc[2]) == Span(4, 17)


def test_a_sentence_without_an_end_is_parsed_in_pieces():
    text = "The council voted. " + "and so on " * 300
    assert [len(piece) for piece in parsed(text).doc.sents] == [4, MAX_SENTENCE_TOKENS, MAX_SENTENCE_TOKENS, 300]


def test_of_too_many_tokens_the_whole_sentences_before_are_parsed():
    rest = "on and " * (MAX_TOKENS // 2)
    cut = parsed(f"{TEXT} {rest}")
    assert (cut.text, len(cut.sentences), cut.doc.text) == (TEXT, 3, TEXT)
    nothing = parsed(f"On and {rest}")
    assert (nothing.text, nothing.sentences, len(nothing.doc)) == ("", (), 0)


def test_a_long_text_is_parsed_in_pieces_and_stays_one_text():
    text = " ".join(f"Ida Rook said on Monday that port {number} would close by May." for number in range(400))
    sentences = split_sentences(text)
    doc = parse(text, sentences).doc
    assert len(doc) > 5000
    assert doc.text == text
    assert [token.idx for token in doc if token.is_sent_start] == [one.span.start for one in sentences]
    assert {token.dep_ for token in doc if token.text == "Rook"} == {"nsubj"}
    assert all(token.head.sent == token.sent for token in doc)
