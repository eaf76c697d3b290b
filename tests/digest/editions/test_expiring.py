from importlib.resources import files

import pytest

from digest.editions.expiring import shown_text
from digest.reading.brief import read_html, read_text

TEXT = (
    "The ferry to Sarn will run all winter, said Ilse Brandt, the harbour master.\n"
    "It has two decks.\n"
    "“Nobody will be left on the pier,” Ms Brandt said."
)


def test_paragraphs_of_which_nothing_is_shown_are_blanked_and_every_other_word_keeps_its_place():
    brief = read_text(TEXT)
    kept = shown_text(brief)
    assert len(kept) == len(TEXT)
    assert "Nobody will be left on the pier" in kept
    assert all(one in {" ", "\n"} or one == other for one, other in zip(kept, TEXT, strict=True))


@pytest.mark.parametrize("page", ["port-strike.html", "flood-wall.html"])
def test_whatever_is_shown_reads_the_same_after_the_text_expired(page):
    brief = read_html(files("seeds").joinpath("articles", page).read_bytes(), "https://gazette.example/1")
    kept = shown_text(brief)
    spans = [span for quote in brief.quotes for span in quote.spans]
    spans += [span for one in brief.commitments for span in (one.what, one.cue, one.sentence)]
    spans += [brief.sentences[index].span for index in brief.card.sentences]
    assert len(spans) > 10
    assert [span.of(kept) for span in spans] == [brief.words(span) for span in spans]
