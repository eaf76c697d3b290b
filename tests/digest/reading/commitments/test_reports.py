"""Who is reported to say it: speakers who speak for whom they name, and those who only hold views."""

import pytest

from tests.digest.reading.commitments.told import commitments, only


@pytest.mark.parametrize(
    ("text", "actor", "reporter"),
    [
        # for a body, by a word for it
        ("The mayor said the city would sell the mill.", "the city", "The mayor"),
        ("Spokeswoman Edda Voss said the company would sell two ferries.", "the company", "Edda Voss"),
        ("Edda Voss, a spokeswoman, said the company would sell two ferries.", "the company", "Edda Voss"),
        ("Spokeswoman Edda Voss, a painter, said the company would sell the mill.", "the company", "Edda Voss"),
        (
            "The official Norland gazette said the company would sell the mill.",
            "the company",
            "The official Norland gazette",
        ),
        # for whose name or side they share
        ("Its envoy said Norland would expel two diplomats.", "Norland", "Its envoy"),
        ("A Norlandic minister said Norland would expel two diplomats.", "Norland", "A Norlandic minister"),
        ("Edda Voss, Norland’s envoy, said Norland would expel two diplomats.", "Norland", "Edda Voss"),
        ("The White House said the United States would expel two men.", "the United States", "The White House"),
        ("The Kremlin said Russia would expel two diplomats.", "Russia", "The Kremlin"),
        # for their own people, who are bound with them
        ("General Edda Voss said her troops would occupy the mill.", "her troops", None),
        ("General Ivo Kern said his troops would occupy the mill.", "his troops", None),
        ("Norland said its troops would occupy the mill.", "its troops", None),
        ("The rebels said their fighters would occupy the mill.", "their fighters", None),
        ("Union leader Edda Voss warned that her drivers would walk out.", "her drivers", None),
        # for themselves
        ("The miners said they would occupy the mill.", "The miners", None),
        ("The Democrats said they would occupy the mill.", "The Democrats", None),
        ("Two said they would occupy the mill.", "Two", None),
        ("The board said it would sell the mill.", "The board", None),
        ("The envoy said she would sell the mill.", "The envoy", None),
        ("Norland met the regulator. The regulator said it would fine two banks.", "The regulator", None),
        ("The miners would occupy the mill, they said.", "The miners", None),
        ("The Democrats would occupy the mill, they said.", "The Democrats", None),
        ("The miners met in Sarn. They would occupy the mill, they said.", "The miners", None),
        ("Norland would sell the mill, it said.", "Norland", None),
        ("A Sarn envoy said Sarn would sell two ferries.", "Sarn", None),
        ("The Norland government said Norland would sell two ferries.", "Norland", None),
        ("Mayor Edda Voss visited the mill. She said she would sell the mill.", "Edda Voss", None),
        # for another one, who was named before
        ("Mayor Edda Voss met banker Ivo Kern. She said he would sell the mill.", "Ivo Kern", "Edda Voss"),
        ("Minister Edda Voss met envoys. Paris said she would sell the mill.", "Edda Voss", "Paris"),
        (
            "The government declined to comment, but a spokeswoman said it was considering a loan.",
            "The government",
            "a spokeswoman",
        ),
        # where the report stands behind, beside or above
        ("The bridge will be inspected by the army, the ministry said.", "the army", "the ministry"),
        ("The ministry said the bridge will be inspected by the army.", "the army", "The ministry"),
        ("The bridge will be inspected by the army, said the ministry", "the army", "the ministry"),
        ("Norland will fund the school, its premier, Joost Hendrickx, said.", "Norland", "Joost Hendrickx"),
        ("The firm will buy a mill in Sarn, its chief executive, Ivo Kern, said.", "The firm", "Ivo Kern"),
        ("The firm will buy a new mill in Sarn, the owner of the mill, Edda Voss, said.", "The firm", "Edda Voss"),
        ("According to the ministry, Norland will sell two ferries.", "Norland", "the ministry"),
        ("According to Moran, the quarry’s owner will sell two ferries.", "the quarry’s owner", "Moran"),
        ("The minister said Kernbau, which will build the dam, was late.", "Kernbau", None),
        ("The declaration in which Norland said it would sell the mill pleased nobody.", "Norland", None),
        ("Edda Voss said Norland had been persuaded to promise a truce.", "Norland", "Edda Voss"),
        ("Edda Voss said the key was Norland’s promise to mend the dam.", "Norland", "Edda Voss"),
        ("Norland will expel two diplomats, the ministry did not say when.", "Norland", None),
        ("Norland will sell the mill; the ministry said so.", "Norland", None),
        # in a quotation, whose speaker need not stand in the sentence
        ("“Norland has promised to sell the mill. It is old,” director Edda Voss said.", "Norland", "Edda Voss"),
        ("“Norland has promised to sell the mill.” Nobody knew who wrote it.", "Norland", None),
    ],
)
def test_who_is_bound_and_who_reports_it(text, actor, reporter):
    found = only(text)
    assert (found.actors, found.reported_by) == ((actor,), reporter)


def test_a_spokesman_for_a_body_speaks_for_it_anywhere_in_the_article():
    before = "Norland lies on a river and has had no bridge for a long time now. "
    found = only(f"{before}A spokesman for Norland said Norland would build two bridges.")
    assert (found.actors, found.what) == (("Norland",), "build two bridges")


def test_two_who_say_what_they_will_do_are_both_bound():
    found = only("Edda Voss and Ivo Kern said they would sell the mill.")
    assert (found.actors, found.reported_by) == (("Edda Voss", "Ivo Kern"), None)


@pytest.mark.parametrize(
    "text",
    [
        # they hold views
        "Norland will sell the ferry, analysts said.",
        "Norland will sell two ferries, according to analysts.",
        "According to traders, Norland will sell two ferries.",
        "Analysts warned Norland would boycott the games.",
        "Analyst Edda Voss of Norland said Norland would sell two ferries.",
        "Edda Voss, an analyst in Norland, said Norland would sell two ferries.",
        # they speak for somebody else, or for nobody
        "A rival said the company would sell the mill.",
        "Edda Voss, a painter, said the company would sell two ferries.",
        "Edda Voss, an envoy of Ostmark, said Norland would expel two diplomats.",
        "Edda Voss said a party would expel two members.",
        "Edda Voss said Norland’s drivers would walk out.",
        "Norland’s envoy said Ostmark would expel two diplomats.",
        "The man, who left Norland, said Norland would sell two ferries.",
        "The sailor Norland jailed said Norland would sell two ferries.",
        "The Kremlin said France would expel two diplomats.",
        "A mill worker said the mill owner would sell two ferries.",
        "A harbour clerk said the harbour police would arrest two sailors.",
        "The novelist said his council would sell the baths.",
        "The pupil said her school would ban phones.",
        "The tenants said their council would sell the baths.",
        "The village said its bank would sell the branch.",
        "It was announced that Norland would sell the ferry.",
        # whom they mean, is not known
        "Mayor Edda Voss said it would sell the mill.",
        # what they will do it to, stands outside
        "The mill that Norland said it would sell is old.",
        "Edda Voss said they would sell the mill.",
        "Edda Voss and Ivo Kern said he would sell the mill.",
        "Kernbau said she would sell the mill.",
        "A spokeswoman said it would sell the mill.",
        "Mayor Edda Voss left, but a spokeswoman said it was considering a loan.",
    ],
)
def test_what_one_says_about_others_binds_nobody(text):
    assert commitments(text) == []


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Director Edda Voss told the miners: “I will reopen the mill.”", "the miners"),
        ("“I will reopen the mill,” director Edda Voss told Norland.", "Norland"),
        ("“I will reopen the mill,” director Edda Voss told them.", None),
        ("“I will not reopen the mill,” director Edda Voss told parliament.", None),
    ],
)
def test_whom_a_pledge_in_the_first_person_was_told_is_its_recipient(text, recipient):
    assert only(text).recipient == recipient


@pytest.mark.parametrize(("year", "count"), [(2024, 0), (2026, 1)])
def test_what_was_agreed_in_an_earlier_year_is_history(year, count):
    assert len(commitments(f"Norland agreed in {year} to lease the islands.")) == count


def test_a_warning_by_ones_spokesman_is_a_threat():
    assert only("A spokesman for Norland warned that Norland would close the strait.").kind == "threat"
