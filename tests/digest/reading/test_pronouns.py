"""Who is meant by a pronoun, or that it may be more than one."""

import pytest

from tests.digest.reading.quotes.heard import fullest


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
        ("Sir Tom Ashby met Dame Ida Rook. She left.", "She", "Ida Rook"),
        ("Mr Ashby met Mrs Rook. He left.", "He", "Ashby"),
        ("Queen Ida met King Tom. She left.", "She", "Ida"),
        ("Ida Rook hurt herself.", "herself", "Ida Rook"),
        ("Tom Ashby hurt himself.", "himself", "Tom Ashby"),
        ("“She is late,” said Tom Ashby. She left.", "She", None),
        ("Ida Rook, who met Vera Holm, left. She wept.", "She", "Ida Rook"),
        ("Ida Rook said that Vera Holm was late. She wept.", "She", "Ida Rook"),
        ("Vera Holm was late, Ida Rook said. She wept.", "She", "Ida Rook"),
        ("Ida Rook left and Vera Holm stayed. She wept.", "She", None),
        ("The pier shook when Ida Rook left. She wept.", "She", "Ida Rook"),
        ("Tom Ashby’s wife Ida Rook left. She wept.", "She", "Ida Rook"),
        ("Ida Rook’s brother left. She wept.", "She", "Ida Rook"),
        ("Tom Ashby met Ida Rook. Tom Ashby saw her.", "her", "Ida Rook"),
        ("Vera Holm sat by Ida Rook. Tom Ashby saw her.", "her", "Vera Holm"),
        ("Vardis Holm left. She wept. He stayed.", "She", "Vardis Holm"),
        ("Vardis Holm left. She wept. He stayed.", "He", None),
        ("Ida Rook left. The wind rose. It rained. The pier shook. Nobody came. She wept.", "She", "Ida Rook"),
        (
            "Ida Rook left. The wind rose. It rained. The pier shook. Nobody came. Night fell. She wept.",
            "She",
            "Ida Rook",
        ),
        (
            "Ida Rook left. The wind rose. It rained. No one came. Night fell. Day broke. The pier shook. She wept.",
            "She",
            None,
        ),
        ("Ida Rook and Vardis Holm spoke. She left.", "She", "Ida Rook"),
        ("The pier shook when Vardis Holm left. She wept.", "She", "Vardis Holm"),
        ("The pier shook when Ida Rook met Vera Holm. She wept.", "She", None),
        ("Ida Rook praised the plan that Vera Holm announced. She left.", "She", "Ida Rook"),
        ("“It is late,” said Ida Rook. She left.", "She", "Ida Rook"),
        ("Ida Rook spoke. “Vera Holm is late.” She left.", "She", "Ida Rook"),
        ("Ida Rook spoke. “She is late,” said Tom Ashby.", "She", None),
        ("The Harbour Union sued and Ostland Rail paid. It left.", "It", None),
        ("The Ashbys spoke. They left.", "They", "The Ashbys"),
        ("The mayor and the bishop spoke. They left.", "They", "The mayor and the bishop"),
        ("Mayor Ida Rook and Tom Ashby spoke. They left.", "They", "Ida Rook and Tom Ashby"),
        ("The engineers met the Harbour Union. They left.", "They", "The engineers"),
        ("The engineers spoke and the pilots left. They were late.", "They", None),
        ("Ida Rook spoke. They left.", "They", "Ida Rook"),
        ("Ida Rook met Tom Ashby. They left.", "They", None),
        ("Vessmark spoke. They left.", "They", "Vessmark"),
        ("The Harbour Union met. The wind rose. It left.", "It", "The Harbour Union"),
        ("The Harbour Union met. The wind rose. Rain fell. It left.", "It", None),
    ],
)
def test_a_pronoun_is_resolved_by_gender_number_and_who_leads_or_not_at_all(text, pronoun, name):
    assert fullest(text, pronoun) == name
