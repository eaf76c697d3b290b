"""A message whose article was corrected: the new words on the card, and below it the old ones beside the new."""

from dataclasses import replace

import pytest

from bot.render import Message, render_correction, render_digest
from bot.render.limits import fits
from digest.editions.corrections import find_corrections, leave_printed
from digest.model import Card, Digest, Period, Post, Shown, Story
from digest.reading.brief import read_text
from tests.builders import NOW

URL = "https://gazette.example/bridge"
FIRST = "The council of Vessmark voted on Thursday to close the harbour bridge for two years."
COST = "The repair will cost 40 million crowns after a meeting that went on until midnight."
PIER = "“We will rebuild the pier by June,” said Ada Quill, the mayor of Vessmark."
STATE = "Half of the money comes from the state, which wants to see the books first."
OLD = (FIRST, COST, PIER, STATE)
DEAR = COST.replace("40", "43")


def reading_of(*sentences, title="Bridge closed", site="Harbour Gazette", url=URL):
    """A reading whose card shows two sentences, every quote and every commitment."""
    brief = read_text("\n".join(sentences))
    card = Card((0, 1), *(tuple(range(len(found))) for found in (brief.quotes, brief.commitments)))
    return replace(brief, card=card, article=replace(brief.article, title=title, site=site, url=url))


def posted(*stories):
    """The one message of a digest with these stories, each as its briefs."""
    told = tuple(Story(briefs[0].article.title, briefs) for briefs in stories)
    (part,) = render_digest(Digest("News", Period(NOW, NOW), "UTC", told))
    return part.payload


def edit(payload, before, after, *, urls=(URL,)):
    """The message after the correction, None where it stays, and the commitments that it shows anew."""
    part = render_correction(Post(payload, "UTC", urls), find_corrections([before], after))
    return (None, ()) if part is None else (Message.from_json(part.payload), part.shown)


def edited(before, after):
    """The card after the correction of the only article."""
    message, _ = edit(posted((before,)), before, after)
    return message.embeds[0]


def test_the_new_words_stand_on_the_card_and_both_below_it():
    before = reading_of(*OLD)
    card = edited(before, reading_of(FIRST, DEAR, PIER, STATE))
    (old,) = Message.from_json(posted((before,))).embeds[:1]
    assert card.description == old.description.replace("40", "43")
    assert [(field.name, field.value) for field in card.fields] == [("✏️ Corrected", f"• “{COST}” → “{DEAR}”")]


def test_what_was_taken_out_goes_from_the_card_and_is_said_to_be_gone():
    card = edited(reading_of(*OLD), reading_of(FIRST, PIER, STATE))
    assert card.description.startswith(f"{FIRST}\n\n> ")
    assert [field.value for field in card.fields] == [f"• “{COST}”: no longer in the article"]


def test_a_quote_and_a_commitment_change_with_their_sentence_and_it_is_said_once():
    before, after = reading_of(*OLD), reading_of(FIRST, COST, PIER.replace("June", "July"), STATE)
    message, shown = edit(posted((before,)), before, after)
    card = message.embeds[0]
    assert "“We will rebuild the pier by July”\n> — **Ada Quill**" in card.description
    assert "June" not in card.description
    new = PIER.replace("June", "July")
    assert [field.value for field in card.fields] == [f"• “We will rebuild the pier by June” → ‘{new}’"]
    assert shown == (Shown(URL, 0),)


def test_a_new_headline_stands_on_the_card_and_in_the_list_of_stories():
    before, other = reading_of(*OLD), reading_of(STATE, FIRST, title="Ports agree", url="https://quay.example/1")
    after = reading_of(*OLD, title="Bridge closed for two years")
    message, _ = edit(posted((other,), (before,)), before, after)
    index, _, card, _ = message.embeds
    assert "**1** · Ports agree · Harbour Gazette\n**2** · Bridge closed for two years · Harbour" in index.description
    assert card.title == "Bridge closed for two years"
    assert card.fields[0].value == "• headline: “Bridge closed” → “Bridge closed for two years”"


def test_the_card_of_another_article_with_the_same_words_stays():
    before = reading_of(*OLD)
    copy = reading_of(*OLD, title="Bridge shut", site="Quay Weekly", url="https://quay.example/1")
    payload = posted((copy,), (before,))
    message, _ = edit(payload, before, reading_of(FIRST, DEAR, PIER, STATE))
    assert message.embeds[1] == Message.from_json(payload).embeds[1]
    assert "43 million" in message.embeds[2].description


def test_what_another_outlet_brought_to_a_story_is_corrected_on_its_card():
    lead = reading_of(FIRST, COST, STATE, title="Bridge closed", url="https://quay.example/1", site="Quay Weekly")
    before, after = reading_of(*OLD), reading_of(FIRST, COST, PIER.replace("June", "July"), STATE)
    message, _ = edit(posted((lead, before)), before, after, urls=("https://quay.example/1",))
    assert "by July" in message.embeds[0].description


WIRE = {"urls": ("https://quay.example/1",)}


def copy_of(*sentences, **changes):
    """The copy that leads a story, of another outlet."""
    return reading_of(*sentences, **{"site": "Quay Weekly", "url": "https://quay.example/1"} | changes)


def test_the_sentences_and_the_headline_of_another_outlet_stay():
    lead, before = copy_of(*OLD), reading_of(*OLD)
    after = reading_of(FIRST, DEAR, PIER, STATE, title="Bridge closed for two years")
    ports = reading_of(STATE, FIRST, title="Ports agree", url="https://quay.example/2")
    assert edit(posted((ports,), (lead, before)), before, after, **WIRE) == (None, ())


def test_a_copy_that_names_the_same_original_is_another_outlets_too():
    lead, before, after = (
        replace(one, article=replace(one.article, canonical_url="https://wire.example/1"))
        for one in (copy_of(*OLD), reading_of(*OLD), reading_of(FIRST, DEAR, PIER, STATE))
    )
    urls = ("https://wire.example/1", "https://quay.example/1")
    assert edit(posted((lead, before)), before, after, urls=urls) == (None, ())


def test_of_two_stories_with_one_headline_none_gets_another_in_the_list():
    other, before = copy_of(STATE, FIRST), reading_of(*OLD)
    payload = posted((other,), (before,))
    message, _ = edit(payload, before, reading_of(*OLD, title="Bridge closed for two years"))
    assert message.embeds[0] == Message.from_json(payload).embeds[0]
    assert [card.title for card in message.embeds[1:3]] == ["Bridge closed", "Bridge closed for two years"]


def test_a_quote_that_another_outlet_prints_stays():
    lead, before = copy_of(FIRST, COST, PIER), reading_of(*OLD)
    old = posted((lead, before))
    assert "Quay Weekly and Harbour Gazette" in old
    without = replace(before, card=replace(before.card, commitments=()))
    assert edit(old, without, reading_of(FIRST, COST, STATE), **WIRE) == (None, ())


def test_what_the_lead_still_prints_stays_though_another_outlet_took_it_out():
    lead, before = copy_of(FIRST, COST, PIER), reading_of(*OLD)
    payload = posted((lead, before))
    corrections = find_corrections([before], reading_of(FIRST, COST, STATE))
    post = Post(payload, "UTC", **WIRE)
    assert render_correction(post, corrections) is not None
    assert render_correction(post, leave_printed(corrections, [lead])) is None
    dropped = leave_printed(corrections, [copy_of(FIRST, COST)])
    assert (dropped[0].quotes, dropped[0].commitments) == (corrections[0].quotes, corrections[0].commitments)
    assert dropped[0].commitments


def test_a_message_that_shows_nothing_of_what_vanished_stays():
    before = reading_of(*OLD)
    payload = posted((replace(before, card=Card((0,))),))
    assert edit(payload, before, reading_of(FIRST, DEAR, PIER, STATE)) == (None, ())
    other = posted((reading_of(*OLD, url="https://quay.example/1"),))
    assert edit(other, before, reading_of(FIRST, DEAR, PIER, STATE)) == (None, ())


def test_an_edit_that_is_made_twice_changes_nothing_the_second_time():
    before, after = reading_of(*OLD), reading_of(FIRST, DEAR, PIER.replace("June", "July"), STATE, title="New")
    first, _ = edit(posted((before,)), before, after)
    assert edit(first.to_json(), before, after) == (None, ())


def test_a_later_correction_stands_below_the_first():
    before, middle, after = (reading_of(FIRST, COST.replace("40", cost), PIER, STATE) for cost in ("40", "43", "45"))
    first, _ = edit(posted((before,)), before, middle)
    second, _ = edit(first.to_json(), middle, after)
    assert [field.value.count("→") for field in second.embeds[0].fields] == [1, 1]
    assert "43 million" in second.embeds[0].fields[1].value


def test_a_part_of_a_longer_sentence_is_not_taken_for_a_sentence():
    long = f"He said so: {COST}"
    before, after = reading_of(FIRST, COST, PIER, STATE), reading_of(FIRST, DEAR, PIER, STATE)
    shown = posted((reading_of(FIRST, long.replace(": ", ":"), PIER, STATE),))
    assert edit(shown, before, after) == (None, ())


def test_a_retraction_is_said_on_the_card():
    card = edited(reading_of(*OLD), reading_of(*OLD, title="Retracted: Bridge closed"))
    assert [field.name for field in card.fields] == ["⚠️ Retracted", "✏️ Corrected"]
    assert card.fields[0].value == "Harbour Gazette says that it retracted this article."
    assert card.title == "Retracted: Bridge closed"


@pytest.mark.parametrize(("length", "said"), [(10, ""), (60, "43 million"), (220, "1 more, too long to show here")])
def test_a_message_without_room_says_above_its_cards_what_was_corrected(length, said):
    long = " ".join(["The repair will cost 40 million crowns", *(f"and {number} more" for number in range(length))])
    before, after = (reading_of(FIRST, f"{words}.", PIER) for words in (long, long.replace("40", "43")))
    others = (reading_of(f"{STATE} {'x ' * 420}.", STATE, title=f"{number}", url="") for number in range(3))
    stories = tuple(Story(one.article.title, (one,)) for one in (replace(before, card=Card((1,))), *others))
    (part, *_) = render_digest(Digest("News", Period(NOW, NOW), "UTC", stories))
    message, _ = edit(part.payload, before, after)
    assert fits(message)
    assert "43 million" in "".join(embed.description for embed in message.embeds)
    assert ("✏️ Corrected" in message.content) == bool(said)
    assert said in message.content
    assert bool(said) != any(embed.fields for embed in message.embeds)
