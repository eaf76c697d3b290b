"""Short forms, descriptions and other words by which a text comes back to somebody it has named."""

import pytest

from digest.reading.names import find_names
from tests.digest.reading.quotes.heard import fullest, parsed, role


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Orlan Terminals runs the quay. Orlan said it would wait.", ("Orlan", 1), "Orlan Terminals"),
        ("Stannick Rovers won the shield. Rovers said it was late.", ("Rovers", 1), "Stannick Rovers"),
        ("Sarn Council met. Sarn is quiet.", ("Sarn", 1), "Sarn"),
        ("Orlan Terminals and Orlan Rail are two. Orlan said so.", ("Orlan", 2), "Orlan"),
        ("Shipping giant Castellan Line left the port.", "Line", "Castellan Line"),
        ("The Harbour Union met. The union said no.", ("union", 0), "The Harbour Union"),
        ("The Harbour Union met the Rail Union. The union said no.", ("union", 0), "The union"),
        ("Orlan Terminals runs the quay. The company said no.", "company", "Orlan Terminals"),
        ("Brightmere Therapeutics wrote to the state. The agency said no.", "agency", "The agency"),
        (
            "The general secretary of the Coastal Dockers’ Union spoke.",
            "secretary",
            "The general secretary of the Coastal Dockers’ Union",
        ),
        ("Commander and spokesperson Nesrin Holm said it was over.", "Commander", "Nesrin Holm"),
        ("Ida Rook, the driver who told the paper that, had left.", "driver", "Ida Rook"),
        (
            "It is over, according to two people who have seen the plans.",
            "people",
            "two people who have seen the plans",
        ),
        ("A source close to the sale spoke.", "source", "A source close to the sale"),
        ("A survey by the Federation of Bakers said so.", "survey", "A survey by the Federation of Bakers"),
        ("Said Ellis: “It is late.”", "Ellis", "Ellis"),
    ],
)
def test_a_short_form_or_a_description_is_the_one_named_in_full(text, word, name):
    word, nth = word if isinstance(word, tuple) else (word, 0)
    assert fullest(text, word, nth) == name


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Gita Morrow opened her shop. “It is late,” said the 61-year-old.", "old", "Gita Morrow"),
        ("Gita Morrow met Bram Tolliver. “It is late,” said the 61-year-old.", "old", "the 61-year-old"),
        ("That cut no ice with Bram Tolliver, 52. The dad-of-three spoke.", "dad", "Bram Tolliver"),
        ("Ida Rook met Vera Holm. “It is late,” said the 61-year-old.", "old", "the 61-year-old"),
        ("That cut no ice with Bram Tolliver, 52. The dad-of-three spoke. He left.", "He", "Bram Tolliver"),
        ("Ida Rook met Vera Holm. The mum-of-three spoke. She left.", "She", "Ida Rook"),
        ("After Ida Rook came, the 61-year-old met Vera Holm. She left.", "She", "Ida Rook"),
        (
            "Minister Ida Rook came. It rained. Day broke. Night fell. Snow fell. The minister left.",
            "minister",
            "Ida Rook",
        ),
        ("Minister Ida Rook met minister Tom Ashby. The minister left.", "minister", "The minister"),
        (
            "Minister Ida Rook met minister Tom Ashby. It rained. Rook sat. Day broke. Night fell. The minister left.",
            "minister",
            "Ida Rook",
        ),
        (
            "Minister Ida Rook met minister Tom Ashby. Rook sat. It rained. Day broke. Snow fell. The minister left.",
            "minister",
            "The minister",
        ),
        ("Minister Ida Rook met Tom Ashby. Minister Vera Holm left. The minister wept.", "minister", "The minister"),
        (
            "Minister Ida Rook met minister Tom Ashby. The minister left. Rook sat. The minister wept.",
            "minister",
            "The minister",
        ),
        ("Ida Rook spoke. The clerk of mayor Vardis Holm met the 61-year-old. She wept.", "She", "Ida Rook"),
        ("Ida Rook came. “It is late,” said a clerk, a 61-year-old.", "old", "a 61-year-old"),
        (
            "Minister Ida Rook met minister Tom Ashby. It rained. Day broke. Night fell. Rook sat. The minister left.",
            "minister",
            "Ida Rook",
        ),
    ],
)
def test_an_age_or_an_office_is_whoever_was_named_last(text, word, name):
    assert fullest(text, word, text.split().count(word) - 1 if word == "minister" else 0) == name


def test_a_parent_of_three_with_another_article_is_nobody_who_was_named():
    assert fullest("Ida Rook came. “It is late,” said the clerk, a mum-of-three.", "mum") != "Ida Rook"


@pytest.mark.parametrize(
    "text",
    [
        "Its head of research, Piers Lonsdale, spoke. Lonsdale left.",
        "Piers Lonsdale, a geneticist, spoke. Lonsdale left.",
        "Piers Lonsdale, 77, spoke. Lonsdale left.",
        "Dilys Lonsdale had come. Lonsdale left.",
    ],
)
def test_an_apposition_an_age_or_who_tells_a_person(text):
    assert fullest(text, "Lonsdale", 1) == " ".join(text.split("Lonsdale")[0].split()[-1:]) + " Lonsdale"


def test_a_dateline_names_nobody():
    text = "KESSELMAR, Sept. 5 (Coastwide) - Nine ships lay there. Lucan Ferrand, the minister, came to it. He left."
    assert fullest(text, "He") == "Lucan Ferrand"


def test_it_is_a_body_without_a_name_too():
    assert fullest("The journal printed the reports. It said why.", "It") == "The journal"
    assert fullest("The journal met the council. It said why.", "It") == "The journal"
    assert fullest("The water company, Clearbeck, met. It will not pay.", "It") == "Clearbeck"


def test_a_role_leaves_out_what_is_said_about_whoever_has_it():
    assert role("Romy Hart, an ecologist at the University of Sarn who was not involved, left.", "Hart") == (
        "an ecologist at the University of Sarn"
    )


def test_mr_and_mrs_are_no_roles():
    assert role("Mr Rook left. Tom Rook, the mayor, wept.", "Rook") == "the mayor"
    assert role("Mrs Rook left.", "Rook") is None


@pytest.mark.parametrize("age", ["²", "0", "120", "9" * 5000])
def test_what_is_no_age_tells_nothing(age):
    assert fullest(f"The Harbour Union, {age}, met.", "Union") == "The Harbour Union"


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        # nothing but the form of the name and the pronoun tell that it is a person
        ("Dahlys Orvane is listed as chair. Later she left.", "she", "Dahlys Orvane"),
        ("DAHLYS ORVANE won the cup. Later she left.", "she", "DAHLYS ORVANE"),
        ("Melanie slept. Later she left.", "she", "Melanie"),
        ("Dahlys Orvane spoke. She wept. He left.", "He", None),
        ("Dahlys Orvane met the mayor, Ida Rook. Later she left.", "she", "Ida Rook"),
        ("Norland spoke. Later she left.", "she", None),
        ("South Norland spoke. Later she left.", "she", None),
        ("The Harbour Bank spoke. Later she left.", "she", None),
        ("A Bit More Than Three Words spoke. Later she left.", "she", None),
        # a spokeswoman is no "he"
        ("Dahlys Orvane, a spokeswoman for the line, spoke to Tom Ashby. He left.", "He", "Tom Ashby"),
        ("The line’s spokeswoman, Dahlys Orvane, spoke to Tom Ashby. He left.", "He", "Tom Ashby"),
        ("Dahlys Orvane, a mother of two, spoke to Tom Ashby. He left.", "He", "Tom Ashby"),
    ],
)
def test_a_name_that_could_be_a_persons_is_one_where_a_pronoun_comes_back_to_it(text, pronoun, name):
    assert fullest(text, pronoun) == name


@pytest.mark.parametrize(
    "text",
    [
        "Norland’s transport senator, Kai Lorne, left.",
        "“See you,” surfer Kai Lorne wrote.",
        "Presidents Kai Lorne and Zoran Prelic left.",
        "Kai Lorne, coach: “We lost.”",
        "Kai Lorne, the coach, left.",
    ],
)
def test_an_office_beside_a_name_tells_a_person(text):
    read = parsed(text)
    lorne = next(token for token in read.doc if token.text == "Lorne")
    assert find_names(read).is_person(lorne)
    assert lorne.ent_type_ == "PERSON"


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("Mayor Ida Rook left.", "Rook", "PERSON"),
        ("Mayor Ida Rook left.", "left", ""),
        ("J. Tom Ashby left.", "Ashby", "PERSON"),
        ("Dahlys Orvane left.", "Orvane", "MAYBE_PERSON"),
        ("The Harbour Bank closed.", "Bank", "BODY"),
        ("Norland closed.", "Norland", "BODY"),
        ("The pier closed.", "pier", ""),
    ],
)
def test_names_are_the_entities_of_the_doc(text, word, label):
    read = parsed(text)
    find_names(read)
    assert next(token for token in read.doc if token.text == word).ent_type_ == label


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Simon Arkwell KC spoke. Arkwell left.", "Arkwell", "Simon Arkwell"),
        ("His barrister, Simon Arkwell KC, spoke.", "barrister", "Simon Arkwell"),
        ("Sir Tomas spoke.", "Tomas", "Sir Tomas"),
        ("Prime Minister Sir Tomas Brandel spoke.", "Brandel", "Tomas Brandel"),
        ("The insurer Havn Mutual left.", "insurer", "Havn Mutual"),
        ("An insurer Havn Mutual knows left.", "insurer", "An insurer"),
    ],
)
def test_titles_before_a_name_and_letters_behind_it_are_no_part_of_it(text, word, name):
    assert fullest(text, word) == name


def test_sir_is_no_role_and_the_office_before_it_is():
    assert role("Prime Minister Sir Tomas Brandel spoke.", "Brandel") == "Prime Minister"
    assert role("Sir Tomas Brandel spoke.", "Brandel") is None
