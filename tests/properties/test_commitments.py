"""What is listed as a commitment: by somebody, in words of the text, the same each time, whatever the text."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from digest.model import Span
from digest.reading.brief import read_text
from digest.reading.commitments import find_deadline
from digest.reading.commitments.deadlines import find_deadlines
from tests.properties.texts import anything, texts

_BITS = (
    "Ida Rook|Norland|the council|Vessmark and Norland|it|they|I|we|both sides|nobody|eleven|of the 14 clubs|, which,"
    "|said|will|would|may|won't|'ll|is to|going to|promised|to promise|pledged to|refused to|agreed|threatened to"
    "|warned that|ruled out|is considering|is ready to|his promise to|a deal under which|by Friday|in 2027|next"
    "|within ten days|the end of|close|sell|the bridge|a ship to Ostmark|if|unless|until|not|and|but|that|;|,|.|?"
    '|“|”|"|‘|’|(|)|—|\n|by|to|according to|1'
)
pledging = st.lists(st.sampled_from(_BITS.split("|")), max_size=40).map(" ".join)
days = st.none() | st.dates() | st.sampled_from([date.min, date.max])
_TIMES = (
    "by|before|until|in|on|from|next|this|last|later|the end of|early|late|mid-|Friday|May|1 May|31|29 February|2027"
    "|0000|9999|spring|week|the week's end|month|year|decade|quarter|within|ten|9999|days|years’ time|Christmas"
    "|Easter|tomorrow|the|first half|Q4|of"
)
timely = st.lists(st.sampled_from(_TIMES.split("|")), max_size=12).map(" ".join) | anything


@settings(max_examples=120)
@given(pledging | texts, days)
def test_a_commitment_has_an_actor_and_lies_in_the_text(text, published_on):
    brief = read_text(text, published_at=published_on, language="en")
    for found in brief.commitments:
        assert found.actors
        assert found.sentence in {sentence.span for sentence in brief.sentences}
        assert found.sentence.covers(found.cue)
        assert set(found.also) <= {sentence.span for sentence in brief.sentences} - {found.sentence}
        parts = [found.what, found.recipient, found.condition, found.deadline and found.deadline.span]
        for span in (*(actor.name for actor in found.actors), *(part for part in parts if part)):
            words = brief.words(span)
            assert words
            assert words == words.strip()
        assert len({actor.name for actor in found.actors}) == len(found.actors)


@settings(max_examples=40)
@given(pledging)
def test_the_same_text_gives_the_same_commitments(text):
    assert read_text(text, language="en").commitments == read_text(text, language="en").commitments


@settings(max_examples=40)
@given(pledging)
def test_commitments_stand_in_text_order(text):
    places = [found.what.start for found in read_text(text, language="en").commitments]
    assert places == sorted(places)


@given(timely, days)
def test_a_deadline_lies_in_its_stretch_and_runs_forwards(text, published_on):
    span = Span(0, len(text))
    found = find_deadlines(text, span, published_on)
    assert find_deadline(text, span, published_on) == (found[0] if found else None)
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
    for deadline in found:
        assert span.covers(deadline.span)
        assert deadline.span.of(text)
        if deadline.earliest and deadline.latest:
            assert deadline.earliest <= deadline.latest
        assert deadline.earliest or not deadline.latest


@given(timely, st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_no_deadline_is_over_before_the_day_of_publication_but_the_eve_of_a_period(text, published_on):
    for deadline in find_deadlines(text, Span(0, len(text)), published_on):
        assert deadline.latest is None or deadline.latest >= published_on - timedelta(days=1)


@given(timely)
def test_without_a_day_of_publication_only_what_names_its_year_has_days(text):
    for deadline in find_deadlines(text, Span(0, len(text)), None):
        assert deadline.earliest is None or any(character.isdigit() for character in deadline.span.of(text))
