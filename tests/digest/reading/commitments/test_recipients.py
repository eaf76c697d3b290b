"""To whom something is promised: the one between verb and thing, or behind "to"; and what is given only to a thing."""

import pytest

from tests.digest.reading.commitments.told import only


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Norland promised to lend Ostmark two tugs.", "Ostmark"),
        ("Norland promised to give Ostmark the keys of the port.", "Ostmark"),
        ("Norland will sell Ostmark its two old ferries.", "Ostmark"),
        ("Norland will grant each of the families a lease.", "each of the families"),
        ("Norland will grant them a lease.", "them"),
        ("Norland will sell its two old ferries to the port of Sarn.", "the port of Sarn"),
        ("Norland promised to deliver the tugs for use to Ostmark.", "Ostmark"),
        ("Norland promised to give two tugs to Ostmark on Monday.", "Ostmark"),
        ("Norland promised to donate two tugs to the port of Sarn, which lost its own.", "the port of Sarn"),
        ("Norland promised to donate two tugs to families who lost their boats.", "families"),
        ("Norland promised to donate two tugs to a town rich in coal.", "a town"),
        ("Norland will sell Ostmark Bank to a rival.", "a rival"),
        ("Norland will sell Kernbau surplus timber to Ostmark.", "Ostmark"),
        ("Norland will offer access to the miners.", "the miners"),
        ("Norland will provide support to the islands.", "the islands"),
        ("Norland’s pledge of two tugs to Ostmark was ignored.", "Ostmark"),
        ("Norland promised to donate two tugs to Sarn, the old capital.", "Sarn"),
        ("Norland will lend pumps to any farmer in the valley who lost a crop.", "any farmer in the valley"),
        (
            "Norland promised to donate two tugs to the families hurt by the storm.",
            "the families hurt by the storm",
        ),
    ],
)
def test_who_is_given_something_is_the_recipient(text, recipient):
    assert only(text).recipient == recipient


@pytest.mark.parametrize(
    ("text", "what", "recipient"),
    [
        ("Norland pledged two tugs to the port of Sarn by 1 May.", "two tugs", "the port of Sarn"),
        ("Norland pledged two tugs to Ostmark if the strait is reopened.", "two tugs", "Ostmark"),
        ("Norland pledged a new ferry to the islands hit by the storm.", "a new ferry", "the islands hit by the storm"),
        ("The mayor promised help to the islands on Monday.", "help", "the islands"),
        ("Norland promised €40 million to Ostmark.", "€40 million", "Ostmark"),
    ],
)
def test_behind_a_promised_thing_the_recipient_is_no_part_of_it(text, what, recipient):
    found = only(text)
    assert (found.what, found.recipient) == (what, recipient)


def test_an_amount_is_no_recipient():
    assert only("Norland promised $40m to Ostmark.").recipient == "Ostmark"


@pytest.mark.parametrize(
    "text",
    [
        "Norland promised to give the old ferry a new engine.",
        "Norland promised to give priority to the old ferry.",
        "Norland promised to open the fort to visitors.",
        "Norland promised two tugs from 2027 to 2030.",
        "Norland will sell two ferries for scrap.",
        "Norland will supply the islands with coal.",
        "Norland will give up the fort.",
        "Norland will donate two tugs to whoever asks.",
    ],
)
def test_what_is_given_to_a_thing_or_to_nobody_has_no_recipient(text):
    assert only(text).recipient is None
