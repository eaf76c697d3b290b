"""Who is who in an article: the fullest name, pronouns, descriptions, roles."""

import pytest

from digest.model import Span
from digest.reading.names import find_names
from tests.digest.reading.quotes.heard import fullest, parsed, role


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Mayor Ida Rook spoke. Rook left early.", "Rook", "Ida Rook"),
        ("Rook left early. Later Mayor Ida Rook came back.", "Rook", "Ida Rook"),
        ("Prime Minister Dr. Ida Rook left.", "Rook", "Ida Rook"),
        ("Secretary of State Ida Rook left.", "Rook", "Ida Rook"),
        ("Sen. Tom B. Ashby Jr. left.", "Ashby", "Tom B. Ashby Jr."),
        ("Walter “Dutch” Rook left.", "Rook", "Walter “Dutch” Rook"),
        ("Anna-Lena Holm-Stone spoke. Holm-Stone left.", "Stone", "Anna-Lena Holm-Stone"),
        ("Pieter van der Berg spoke. Van der Berg left.", "Berg", "Pieter van der Berg"),
        ("Pieter van der Berg spoke. Berg left.", "Berg", "Pieter van der Berg"),
        ("Maria de la Cruz spoke. Cruz left.", "Cruz", "Maria de la Cruz"),
        ("Omar al-Sabri spoke. Sabri left.", "Sabri", "Omar al-Sabri"),
        ("Nadia El-Amin spoke. Amin left.", "Amin", "Nadia El-Amin"),
        ("Li Wu spoke. Wu left.", "Wu", "Li Wu"),
        ("Anna Maria Holm spoke. Anna Holm left.", "Holm", "Anna Maria Holm"),
        ("Tom B. Ashby spoke. Tom Ashby left.", "Ashby", "Tom B. Ashby"),
        ("Tom Ashby Jr. spoke. Ashby left.", "Ashby", "Tom Ashby Jr."),
        ("Martin Luther Rook Jr. spoke. Rook left.", "Rook", "Martin Luther Rook Jr."),
        ("Ida Rook came. Ida left early.", "Ida", "Ida Rook"),
        ("Vardis Holm, who lost, left. Holm wept.", "Holm", "Vardis Holm"),
        ("Secretary of State Kerrick left.", "Kerrick", "Kerrick"),
        ("Major Ida Rook left. Mrs Major stayed.", "Major", "Major"),
        ("Dean Ashby left.", "Ashby", "Dean Ashby"),
        ("Walter ‘Big Red Dog’ Rook left.", "Rook", "Walter ‘Big Red Dog’ Rook"),
        ("Queen of Ostland left.", "Queen", "Queen of Ostland"),
        ("Queen Ida of Ostland left. Ida wept.", "Ida", "Ida of Ostland"),
        ("Gov. Tom Ashby of Sarn left.", "Ashby", "Tom Ashby"),
        ("Virginia Gov. Tom Ashby left.", "Ashby", "Tom Ashby"),
        ("Dean Tom Ashby left.", "Ashby", "Tom Ashby"),
        ("Tom King Ashby Holm left.", "Holm", "Tom King Ashby Holm"),
        ("On Monday Tom von Rook spoke. Rook left.", "Rook", "Tom von Rook"),
        ("Walter “Dutch” left.", "Walter", "Walter"),
        ("It was Walter “Dutch”", "Walter", "Walter"),
        ("They sang on the Ida Rook “The Long Road Home” Tour, and then they left.", "Rook", "Ida Rook"),
        ("The Bank of Ostland left the talks.", "Bank", "The Bank of Ostland"),
        ("The Vardis Holm was late. It left.", "It", "The Vardis Holm"),
        ("The minister, Ida Rook, left.", "minister", "Ida Rook"),
        ("The letter of the pilot, Ida Rook", "pilot", "Ida Rook"),
        ("Of the minister, Ida Rook — late as ever — nobody spoke.", "minister", "Ida Rook"),
        ("Of the minister, Ida Rook – late as ever – nobody spoke.", "minister", "Ida Rook"),
        ("The letter of the pilot, Ida Rook: it rained.", "pilot", "Ida Rook"),
        ("The minister, Ida Rook said, left.", "minister", "The minister"),
        ("The company, Ostland Rail, left.", "company", "Ostland Rail"),
        ("A company, Ostland Rail, left.", "company", "A company"),
        ("She met the company, Ostland Rail.", "company", "Ostland Rail"),
        ("A harbour official left.", "official", "A harbour official"),
        ("The Harbour Workers’ Union left the talks.", "Union", "The Harbour Workers’ Union"),
        ("The US left the talks. A US-Ostland deal, Ostland said, was near.", "US", "US"),
        ("Ida Holm-Rook spoke. Rook left.", "Rook", "Ida Holm-Rook"),
        ("Though Norland and Ostland left, they came back.", "Norland", "Norland"),
    ],
)
def test_a_mention_becomes_the_fullest_name_without_titles(text, word, name):
    assert fullest(text, word, -1) == name


def test_two_people_of_one_surname_stay_two():
    text = "Ida Rook met her brother Tom Rook on Monday. Rook left early."
    assert fullest(text, "Rook", -1) == "Rook"
    text = "Ida Rook met her brother Tom Rook on Monday. Mr Rook left early."
    assert fullest(text, "Rook", -1) == "Tom Rook"


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Ida Rook met Tom Rook. Mrs Rook left.", "Rook", "Ida Rook"),
        ("Ida Rook met Ida Holm. Ida left early.", "Ida", "Ida"),
        ("Tom Rook came. Ida Rook came. Rook said little.", "Rook", "Rook"),
        ("Ida Rook spoke. Ida Rook waited. Ida Rook sang. Then Tom Rook came. Rook left.", "Rook", "Ida Rook"),
        ("Ida Rook spoke. Ida Rook waited. Then Tom Rook came. Rook left.", "Rook", "Rook"),
        ("The Rook Foundation met Ida Rook. Rook left early.", "Rook", "Ida Rook"),
        ("Rook Lane is shut. Ida Rook left. Rook is glad.", "Rook", "Ida Rook"),
        ("Bergen Steel hired Tom Ashby. Steel left.", "Steel", "Bergen Steel"),
    ],
)
def test_a_short_name_is_the_one_person_that_it_can_be(text, word, name):
    assert fullest(text, word, -1) == name


def test_of_two_who_share_a_name_the_one_that_came_before_is_meant():
    assert fullest("Ida Rook spoke. Then Rook left. Later Tom Rook came.", "Rook", 1) == "Ida Rook"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Harbour Council Meets Tom Ashby Again After Vote\n\nAshby said little.", "Tom Ashby"),
        ("HARBOUR COUNCIL MEETS TOM ASHBY AGAIN\n\nAshby said little.", "TOM ASHBY"),
    ],
)
def test_in_a_heading_only_a_first_name_begins_a_name(text, name):
    assert fullest(text, "Ashby", -1) == name


def test_in_a_heading_a_name_is_a_first_name_and_the_word_after_it():
    text = "Harbour Divers Greet Ida at Stormy Pier After Tom Ashby Vote\n\nRain fell."
    read = parsed(text)
    names = find_names(read)
    printed = [names.printed_at(place) for place in range(len(read.doc))]
    assert {read.doc[name.title : name.last + 1].text for name in printed if name} == {"Tom Ashby"}


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Health Minister Ida Rook came. The minister left early.", "minister", "Ida Rook"),
        ("Health Minister Ida Rook came. The defence minister left early.", "minister", "The defence minister"),
        ("Bishop Tom Ashby came. A bishop left early.", "bishop", "A bishop"),
        ("Ida Rook, a pilot from Sarn, came. The pilot left.", "pilot", "Ida Rook"),
        ("The engineer Ida Rook came. That engineer left.", "engineer", "Ida Rook"),
        ("Ida Rook, the old pilot, came. The old pilot left.", "pilot", "Ida Rook"),
        ("Ida Rook, the old pilot, came. The young pilot left.", "pilot", "The young pilot"),
        ("Ida Rook, a pilot, came. The pilot from Sarn left.", "pilot", "The pilot from Sarn"),
        ("Ida Rook, a pilot, came. The pilot of the ferry left.", "pilot", "Ida Rook"),
        ("Health Minister Ida Rook and Trade Minister Tom Ashby came. The minister left.", "minister", "The minister"),
        ("Ida Rook came. The woman left.", "woman", "Ida Rook"),
        ("Ida Rook met Vera Holm. The woman left.", "woman", "The woman"),
        ("The woman left. Ida Rook came.", "woman", "The woman"),
        ("Ostland Rail lost. The company left.", "company", "Ostland Rail"),
        ("The company left. Ostland Rail lost.", "company", "The company"),
        ("Ostland Rail was fined. Then the company left.", "company", "Ostland Rail"),
        ("Health Minister Ida Rook came. The Minister left.", "Minister", "Ida Rook"),
        ("Ida Rook, a pilot, came. The pilot who slept left.", "pilot", "The pilot"),
        ("Ida Rook, a pilot, came. The pilot hit by a car left.", "pilot", "The pilot"),
        ("Ida Rook, a champion, came. The 1997 champion left.", "champion", "The 1997 champion"),
        ("Rook came. The woman sat. Vera Holm left. Ida Rook wept.", "woman", "Ida Rook"),
        ("Rook came. The mayor sat. Mayor Vera Holm left. Mayor Ida Rook wept.", "mayor", "Ida Rook"),
        ("The Orlan Federation lost. The federation left.", "federation", "The Orlan Federation"),
        ("The Orlan Federation met the Sarn Federation. The federation left.", "federation", "The federation"),
        ("The Orlan Harvest is a fair. The harvest failed.", "harvest", "The harvest"),
        ("Ostland met the Orlan Bank. Bank was late. The bank left.", "bank", "the Orlan Bank"),
    ],
)
def test_a_definite_description_is_whoever_has_that_role(text, word, name):
    assert fullest(text, word, -1) == name


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("Ida Rook, director of the port, left.", "Rook", "director of the port"),
        ("Health Minister Ida Rook left.", "Rook", "Health Minister"),
        ("The chief engineer, Ida Rook, left.", "Rook", "The chief engineer"),
        ("Rook left. Then chief engineer Ida Rook came.", "Rook", "chief engineer"),
        ("Ida Rook left.", "Rook", None),
        ("Its chief executive, Imogen Sarrat, agreed.", "Sarrat", "chief executive"),
        ("Ida Rook, director, left.", "Rook", "director"),
        ("Tom Ashby’s wife Ida Rook left.", "Rook", "wife"),
        ("A friend of pilot Ida Rook left.", "Rook", "pilot"),
        ("The port’s director, Ida Rook, left.", "Rook", "The port’s director"),
        ("The pilot — Ida Rook — left.", "Rook", "The pilot"),
        ("Engineer Ida Rook and pilot Tom Ashby left.", "Ashby", "pilot"),
        ("Rook left. Later Ida Rook, a pilot, came.", "Rook", "a pilot"),
        ("Ostland Rail, a company, left.", "Rail", None),
    ],
)
def test_a_role_is_the_title_or_apposition_as_printed(text, word, said):
    assert role(text, word) == said


def test_two_named_together_are_both_who_is_meant():
    assert fullest("Pilots Ida Rook and Tom Ashby left.", "Pilots") == "Ida Rook and Tom Ashby"
    assert fullest("The pilots, Ida Rook and Tom Ashby, left.", "pilots") == "Ida Rook and Tom Ashby"
    assert fullest("Ida Rook and Tom Ashby left.", "Ashby") == "Tom Ashby"
    assert fullest("Pilot Ida Rook and Ashby left.", "Pilot") == "Ida Rook"


def test_crowds_have_no_name_and_spans_are_mentions_too():
    assert fullest("Some said so.", "Some") is None
    text = "Mayor Ida Rook spoke. Rook left."
    assert find_names(parsed(text)).fullest(Span(22, 26)).of(text) == "Ida Rook"


@pytest.mark.parametrize(
    ("text", "word", "words"),
    [
        ("Mayor Ida Rook left.", "Rook", "Ida Rook"),
        ("Mayor Ida Rook left. Rook wept.", "Mayor", "Ida Rook"),
        ("The mayor, Ida Rook, left.", "mayor", "Ida Rook"),
        ("Ida Rook came. She left.", "She", "She"),
        ("All of them left.", "All", "All"),
        ("Ida Rook, a pilot, came. The old pilot left.", "old", "old"),
        ("A clerk on the board left.", "clerk", "A clerk on the board"),
        ("The firm Voss & Kern left.", "Kern", "Voss & Kern"),
        ("On Monday the mill of Voss & Kern fell.", "Kern", "Voss & Kern"),
        ("The Former Secretary of State left.", "Secretary", "Secretary of State"),
        ("The ship is Commander-in-Chief class.", "Commander", "Commander-in-Chief"),
        ("The Ashbys’ ‘Sarn’ sank.", "Ashbys", "Ashbys"),
        ("They met Speaker.", "Speaker", "Speaker"),
        ("Ida met the Speaker.", "Speaker", "the Speaker"),
        ("Their Speaker left.", "Speaker", "Their Speaker"),
    ],
)
def test_a_mention_is_the_name_the_pronoun_or_the_phrase_that_stands_there(text, word, words):
    read = parsed(text)
    token = next(token for token in read.doc if token.text == word)
    assert find_names(read).mention(token).of(text) == words


def test_a_person_is_whoever_has_a_persons_name_wherever_meant():
    text = "Ida Rook sued Ostland Rail. She left. The pilots stayed."
    read = parsed(text)
    names = find_names(read)
    assert [token.text for token in read.doc if names.is_person(token)] == ["Ida", "Rook", "She"]
    assert names.is_person(Span(0, 8))
    assert not names.is_person(Span(14, 26))


def test_the_people_of_a_stretch_are_given_once_each_by_the_last_word_of_their_name():
    text = "Ida Rook met Tom Ashby of Ostland Rail. Rook left."
    read = parsed(text)
    names = find_names(read)
    assert [token.i for token in names.people_in(0, len(read.doc) - 1)] == [1, 4]
    assert [token.i for token in names.people_in(2, 4)] == [4]
    assert [token.i for token in names.people_in(2, 3)] == []
    assert [token.i for token in names.people_in(5, len(read.doc) - 1)] == [9]


def test_a_printed_name_covers_its_title_and_a_span_without_words_is_nobody():
    text = "Then Mayor Ida Rook left."
    read = parsed(text)
    names = find_names(read)
    found = [names.printed_at(place) for place in range(len(read.doc))]
    assert [name and (name.title, name.first, name.last) for name in found] == [None, *[(1, 2, 3)] * 3, None, None]
    nowhere = Span(len(text) + 5, len(text) + 9)
    assert names.fullest(nowhere) is None
    assert names.role(nowhere) is None
    assert not names.is_person(nowhere)


@pytest.mark.parametrize(
    ("text", "word", "stretch", "expected"),
    [
        ("Ida Rook spoke. Rook left.", 1, (0, 1), True),
        ("Then came Ida Rook.", 3, (0, 2), True),
        ("Ida Rook spoke. Rook left.", 4, (4, 5), False),
        ("Mayor Rook spoke.", 1, (0, 2), False),
        ("The mayor spoke.", 1, (0, 2), False),
    ],
)
def test_somebody_is_introduced_where_the_full_name_stands_first(text, word, stretch, expected):
    read = parsed(text)
    assert find_names(read).is_introduced(*stretch, read.doc[word]) is expected
