"""Promises 1, 4 and 9 for quotes and names: in the text, disjoint, without cues; a stray mark costs one paragraph."""

from itertools import pairwise

from hypothesis import example, given, settings, strategies as st

from digest.reading.quotes.marks import find_marked
from tests.digest.reading.quotes.heard import quotes

SLOW = settings(deadline=None, max_examples=60)
_WORDS = (
    "Ida Rook|Mayor Tom Ashby|Rook|the council|a spokesman|he|she|they|it|said|told|added|asked|called|according to"
    "|that|saying|not|the pier|is closed|was|“|”|\"|'|‘|’|„|«|»|,|.|?|:|—|(|)|...|U.S.|6'2\"|\n|\n\n|\u00a0|\u2028|😀"
)
marks_and_words = st.lists(st.sampled_from(_WORDS.split("|")), max_size=60)
texts = marks_and_words.map(" ".join) | marks_and_words.map("".join) | st.text(max_size=200)
_PARAGRAPHS = (
    "“The pier is closed,” said Ida Rook.",
    "The council met on Monday.",
    "Tom Ashby called it “a joke” and left.",
    "“It is safe,” he said. “I checked.”",
    '"No," she said.',
)
_MARKS = "“”„\"‘’'«»"


@SLOW
@given(texts)
@example("“ Ida Rook said “ the pier is closed ” , he said")
@example("According to according to")
@example("said said said “a”")
def test_quotes_stand_in_the_text_in_order_do_not_overlap_and_hold_no_cue(text):
    found = quotes(text)
    assert [quote.spans[0] for quote in found] == sorted(quote.spans[0] for quote in found)
    spans = sorted(span for quote in found for span in quote.spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for quote in found:
        assert quote.method
        assert not any(quote.cue and quote.cue.overlaps(span) for span in quote.spans)
        speaker = (quote.speaker.name, quote.speaker.mention, quote.speaker.role) if quote.speaker else ()
        for span in (*quote.spans, quote.cue, *speaker):
            assert span is None or span.of(text).strip()


@given(
    st.lists(st.sampled_from(_PARAGRAPHS), min_size=1, max_size=5),
    st.sampled_from(_MARKS),
    st.integers(0, 4),
    st.integers(0, 60),
)
def test_a_stray_mark_costs_at_most_its_own_paragraph(paragraphs, mark, index, place):
    index = min(index, len(paragraphs) - 1)
    spoilt = paragraphs[index][:place] + mark + paragraphs[index][place:]

    def elsewhere(texts):
        joined = "\n\n".join(texts)
        found = [(joined.count("\n\n", 0, one.outer.start), one.span.of(joined)) for one in find_marked(joined)]
        return [one for one in found if one[0] != index]

    assert elsewhere(paragraphs) == elsewhere([*paragraphs[:index], spoilt, *paragraphs[index + 1 :]])


@given(st.text(alphabet="“”„\"‘’'«»ab ,.6\n", max_size=200))
def test_marked_stretches_are_disjoint_hold_words_and_cross_no_line(text):
    found = find_marked(text)
    assert all(one.outer.end <= other.outer.start for one, other in pairwise(found))
    for marked in found:
        assert marked.outer.covers(marked.span)
        assert "\n" not in marked.outer.of(text)
        assert any(letter.isalnum() for letter in marked.span.of(text))
