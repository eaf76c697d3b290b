"""Words by which more or less can be asked for: they stand in the story, are names and topics, and never too many."""

from hypothesis import given, strategies as st

from digest.editions.phrases import find_phrases
from digest.editions.suggesting import suggest_phrases
from digest.model import Brief, Card, Sentence, Span, Story, Summary
from tests.builders import article, brief


def plain(title, text="", **changes):
    """A brief without quotes or commitments."""
    return Brief(
        article=article(text, title=title, **changes),
        sentences=(Sentence(0, Span(0, len(text))),) if text else (),
        summary=Summary((), "lead"),
        card=Card(),
    )


def test_names_and_topics_come_first_and_each_finds_the_story():
    one = plain(
        "Dockers threaten port strike in Kesselmar",
        "Dockers in Kesselmar threaten a strike. “We mean it,” said Ilse Brandt of the Harbour Union on Monday.",
    )
    found = suggest_phrases(Story(one.article.title, (one,)), ("Ports",))
    assert {"Kesselmar", "Ilse Brandt", "Harbour Union", "port strike"} <= set(found)
    assert "Ports" not in found  # it is nowhere in the words, so no rule would find it
    assert all(find_phrases(f"{one.article.title}\n{one.article.text}", (phrase,)) for phrase in found)


def test_sections_that_stand_in_the_story_are_offered():
    one = plain("Port strike begins", "The transport ministry said nothing.")
    assert "Transport" in suggest_phrases(Story(one.article.title, (one,)), ("Transport", "Opinion"))


def test_speakers_and_who_is_bound_are_offered():
    assert "Ilse Brandt" in suggest_phrases(Story("Five ports agree on a common rule", (brief(),)))


def test_what_several_outlets_print_comes_before_what_one_does():
    briefs = (
        plain("Strike at Kesselmar", "It began."),
        plain("Kesselmar shut", "It began.", url="https://b.example/"),
        plain("Rivals of Orlan glad", "It began.", url="https://c.example/"),
    )
    found = suggest_phrases(Story("Strike at Kesselmar", briefs))
    assert found.index("Kesselmar") < found.index("Orlan")


def test_a_headline_in_capitals_is_no_name():
    one = plain("Dockers Threaten To Walk Out In Kesselmar On Monday Morning", "")
    assert one.article.title not in suggest_phrases(Story(one.article.title, (one,)))


@given(title=st.text(max_size=300), text=st.text(max_size=600), sections=st.lists(st.text(max_size=80), max_size=5))
def test_whatever_is_printed_at_most_25_are_offered_each_once_and_none_with_a_comma(title, text, sections):
    one = plain(title, text)
    found = suggest_phrases(Story(title, (one,)), tuple(sections))
    assert len(found) <= 25
    assert len({phrase.casefold() for phrase in found}) == len(found)
    assert all(0 < len(phrase) <= 60 and "," not in phrase and phrase == " ".join(phrase.split()) for phrase in found)
    assert all(find_phrases(f"{title}\n{text}", (phrase,)) for phrase in found)
