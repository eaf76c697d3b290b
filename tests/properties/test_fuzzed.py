"""Two thousand damaged stretches of the seeds' articles: each is read to the end, and every word shown stands in it."""

import random

import pytest

from digest import read_text
from tests.gold import corpus
from tests.properties.spans import spans_of

TEXTS = 2000
CHUNKS = 8
MARKS = "“”\"‘’'«»„—–-:;,.?!()…\n"
LONGEST = 500  # characters


def damage(text, chance):
    """The text with some of its characters lost, doubled, swapped, or made marks, and some words in capitals."""
    found = list(text)
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(found))
        match chance.randrange(6):
            case 0:
                del found[place]
            case 1:
                found.insert(place, chance.choice(MARKS))
            case 2:
                found[place] = chance.choice(MARKS)
            case 3:
                found[place] = found[place].upper()
            case 4:
                found[place : place + 30] = reversed(found[place : place + 30])
            case _:
                found[place:place] = found[place : place + 60]
        if not found:
            return text
    return "".join(found)


def stretches(chunk):
    chance = random.Random(chunk)
    texts = [corpus.read(name).article.text for name in corpus.names()]
    for _ in range(TEXTS // CHUNKS):
        text = chance.choice(texts)
        start = chance.randrange(max(len(text) - LONGEST, 1))
        yield damage(text[start : start + chance.randrange(80, LONGEST)], chance)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_damaged_text_is_read_to_its_end_and_its_words_stand_in_it(chunk):
    for text in stretches(chunk):
        brief = read_text(text, language="en")
        assert brief.read_until == len(text)
        assert all(span.end <= len(text) and span.of(text).strip() for span in spans_of(brief)), text
