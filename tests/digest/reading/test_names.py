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
        ("The minister, Ida Rook, left.", "minister", "Ida Rook"),
        ("A harbour official left.", "official", "A harbour official"),
        ("The Harbour Workers’ Union left the talks.", "Union", "The Harbour Workers’ Union"),
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
    ("text", "pronoun", "name"),
    [
        ("Ida Rook met Tom Ashby. She left.", "She", "Ida Rook"),
        ("Ida Rook met Tom Ashby. He left.", "He", "Tom Ashby"),
        ("Ida Rook met Vera Holm. She left.", "She", "Ida Rook"),
        ("Ida Rook and Vera Holm met. She left.", "She", None),
        ("She left.", "She", None),
        ("The mayor, Ida Rook, spoke of Vera Holm. She left.", "She", "Ida Rook"),
        ("Ann Lee spoke. For Ida Rook, 16, the change came late. She left.", "She", "Ida Rook"),
        ("Ida Rook spoke. “Tom Ashby is late.” She left.", "She", "Ida Rook"),
        ("The Ashby brothers spoke. They left.", "They", "The Ashby brothers"),
        ("The Harbour Union wrote. In a note, which the Gazette has seen, it left.", "it", "The Harbour Union"),
    ],
)
def test_a_pronoun_is_resolved_by_gender_number_and_who_leads_or_not_at_all(text, pronoun, name):
    assert fullest(text, pronoun) == name


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Health Minister Ida Rook came. The minister left early.", "minister", "Ida Rook"),
        ("Health Minister Ida Rook came. The defence minister left early.", "minister", "The defence minister"),
        ("Bishop Tom Ashby came. A bishop left early.", "bishop", "A bishop"),
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
    ],
)
def test_a_role_is_the_title_or_apposition_as_printed(text, word, said):
    assert role(text, word) == said


def test_crowds_have_no_name_and_spans_are_mentions_too():
    assert fullest("Some said so.", "Some") is None
    text = "Mayor Ida Rook spoke. Rook left."
    assert find_names(parsed(text)).fullest(Span(22, 26)).of(text) == "Ida Rook"
