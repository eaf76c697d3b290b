"""What makes a name that of a person, and which names of one text are the same."""

import pytest

from digest.reading.names import find_names
from tests.digest.reading.quotes.heard import fullest, parsed, role

LONG = "Anna Maria Lena Clara Eva"


def label(text, word):
    read = parsed(text)
    find_names(read)
    return next(token for token in read.doc if token.text == word).ent_type_


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They praised the late Ida Rook.", "Rook"),
        ("Critics of the Ida Rook tour left.", "Rook"),
        ("Vardis Holm who lost left.", "Holm"),
        ("He met the Ida Rook who had sung there.", "Rook"),
        ("Vardis van Orlo left.", "Orlo"),
        ("The member, Park Soon, left.", "Soon"),
        ("The Vardis Holm came late. Vardis Holm, 77, wept.", "Holm"),
        ("Captain, Vardis Holm.", "Holm"),
        ("The senators Vardis Holm and Kern Orlo left.", "Holm"),
        ("Norland’s transport senator, Kai Lorne, ruled out free trams.", "Lorne"),
        ("Last week Vardis Holm, captain as ever, left.", "Holm"),
        ("“See you on the beach 🌊🔥,” surfer Kai Lorne posted.", "Lorne"),
        ("“We leave with more maps than trust,” presidents Kai Lorne and Zoran Prelic said.", "Lorne"),
    ],
)
def test_a_name_is_a_persons(text, word):
    assert label(text, word) == "PERSON"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        # a ship, a picture, a boat
        ("The Ida Rook sank.", "Rook"),
        ("A Tom Ashby hangs in the hall.", "Ashby"),
        ("An Ida Rook is no cheap boat.", "Rook"),
        ("The Ida Rook’s crew left.", "Rook"),
        ("Ida Rook, which burned, is shut.", "Rook"),
        # a body or a country may have a "who" or a "whose" too
        ("Parliament, who met, left.", "Parliament"),
        ("Sarn Council North, who met, left.", "North"),
        ("Norland, whose dykes leak, left.", "Norland"),
        # an office of somebody else
        ("The ice road, transport officials in Yellow Bay say, will not hold.", "Bay"),
        ("Yellow Bay, officials said, is shut.", "Bay"),
        ("Yellow Bay, its captain said, is shut.", "Bay"),
        ("Yellow Bay: captain Tom Ashby left.", "Bay"),
        ("Yellow Bay coach Tom Ashby left.", "Bay"),
        ("“The coach” Vardis Holm wrote.", "Holm"),
        ("Melanie slept.", "Melanie"),
    ],
)
def test_a_name_is_no_persons_for_sure(text, word):
    assert label(text, word) in {"MAYBE_PERSON", "BODY"}


@pytest.mark.parametrize(
    ("text", "word", "could_be"),
    [
        ("They met Melanie there.", "Melanie", True),
        ("Later that day they met Vardis Orlo Kern there.", "Kern", True),
        ("Later that day they met Vardis Orlo Kern Holm there.", "Kern", False),
        ("Analysts at Borrow & Finch left.", "Finch", False),
        ("The ferry to South Norland left.", "Norland", False),
        ("They met Norland there.", "Norland", False),
    ],
)
def test_a_name_of_two_or_three_capitalised_words_could_be_a_persons(text, word, could_be):
    assert label(text, word) == ("MAYBE_PERSON" if could_be else "BODY")


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Maria de la Cruz spoke. De la Cruz left. La Cruz wept.", "Cruz", "Maria de la Cruz"),
        ("Tom Rook spoke. T. Rook left.", "Rook", "Tom Rook"),
        ("The Ida Maria Rook, who sang, left. The Ida Rook, who sang, wept.", "Rook", "Ida Maria Rook"),
        ("Ashby Holm, a coach, met Tom Ashby. Ashby left.", "Ashby", "Tom Ashby"),
        ("Ashby Holm, a coach, met Tom Vale Ashby. Ashby left.", "Ashby", "Tom Vale Ashby"),
        ("Ida Rook spoke. Ida Rook sang. Ida Rook sat. Tom Rook came. Vera Rook came. Rook left.", "Rook", "Ida Rook"),
        ("Ida Rook spoke. Ida Rook sang. Ida Rook sat. Tom Rook came. Tom Rook sang. Rook left.", "Rook", "Rook"),
        ("Rook Rail met Ida Rook and Tom Rook. Rook left early.", "Rook", "Rook"),
        ("Sarn Bay froze. Then Sarn grew quiet.", "Sarn", "Sarn"),
        ("Stannick Vale Rovers won. Then Rovers lost.", "Rovers", "Stannick Vale Rovers"),
        ("Ida Rook met Orlan Terminals. Then Orlan closed.", "Orlan", "Orlan Terminals"),
        ("Orlan Bank met. Then Bank closed.", "Bank", "Bank"),
        ("Orlan Kern Bank met. Then Bank closed.", "Bank", "Bank"),
        ("Orlan Terminals met. The Orlan talks failed.", "Orlan", "Orlan"),
        ("Orlan Harbour Rail lost. Harbour Rail closed. The company said no.", "company", "The company"),
    ],
)
def test_a_short_form_is_of_the_person_or_body_that_it_fits_best(text, word, name):
    assert fullest(text, word, -1) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna Clara Holm left. Anna Maria Holm wept. Anna Maria Holm sang. Holm sat.", "Anna Maria Holm"),
        ("Anna Maria Holm left. Anna Clara Holm wept. Holm sat.", "Anna Maria Holm"),
        (
            (
                f"Years ago they were with {LONG} Rosa Holm there. Then {LONG} Holm went away. "
                f"Now {LONG} Holm came back again. Holm sat."
            ),
            f"{LONG} Holm",
        ),
    ],
)
def test_the_fullest_of_several_forms_is_the_one_printed_more_often_then_the_first(text, name):
    assert fullest(text, "Holm", -1) == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Old pilot Ida Rook left.", "Old pilot"),
        ("They met tired Ida Rook there.", None),
        ("In court Ida Rook wept.", None),
        ("The pilot and Ida Rook left.", None),
        ("Old pilot Ida Rook met a nurse", "Old pilot"),
    ],
)
def test_a_role_before_a_name_is_a_noun_of_its_own(text, said):
    assert role(text, "Rook") == said


def test_a_first_name_tells_a_man_from_a_woman_wherever_it_stands():
    assert fullest("Late that day captain Vardis Ida Holm met Tom Ashby. Later he left.", "he") == "Tom Ashby"
