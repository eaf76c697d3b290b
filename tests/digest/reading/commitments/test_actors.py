"""Who is bound: the fullest name of whoever does it, and nobody where that is not sure."""

import pytest

from digest.reading.brief import read_text
from tests.digest.reading.commitments.told import DAY, commitments, only


def mentions(text):
    brief = read_text(text, published_at=DAY, language="en")
    (found,) = brief.commitments
    return [brief.words(actor.mention) for actor in found.actors]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        # what stands beside a name
        ("Actor and director Olaf Brandt promised to sell the mill.", ["Olaf Brandt"]),
        ("The host and Edda Voss promised to sell the mill.", ["The host", "Edda Voss"]),
        ("His minister and Olaf Brandt promised to sell the mill.", ["His minister", "Olaf Brandt"]),
        ("One minister and Olaf Brandt promised to sell the mill.", ["One minister", "Olaf Brandt"]),
        ("The developer, Brightholm, promised to mend the dam.", ["Brightholm"]),
        ("The heir, Edda Voss, promised to sell the mill.", ["Edda Voss"]),
        ("The telecoms firm Brisa promised to lay the cable.", ["Brisa"]),
        ("The telecoms firm Brisa Norte promised to lay the cable.", ["Brisa Norte"]),
        (
            (
                "Telco Brisa to hire 400 in Sarn\n\n"
                "The telecoms firm Brisa will hire 400 engineers in Sarn in 2027, it said on Thursday. Brisa rose."
            ),
            ["Telco Brisa"],
        ),
        ("Toolmaker Voss & Karn said it will move its head office to Sarn in 2027.", ["Toolmaker Voss & Karn"]),
        ("Edda Voss said her orchestra, the Sarn Philharmonic, would tour Ostmark.", ["the Sarn Philharmonic"]),
        ("Sarn, Norland, promised to host the talks.", ["Sarn"]),
        ("The brewer Hopwell promised to fill the pit.", ["Hopwell"]),
        ("The Norland brewer Hopwell Arms promised to fill the pit.", ["Hopwell Arms"]),
        ("The company Hopwell Arms Norland promised to fill the pit.", ["Hopwell Arms Norland"]),
        ("The bank’s new owner, Hopwell, promised to fill the pit.", ["Hopwell"]),
        ("Management promised to pay the fine.", ["Management"]),
        # common nouns, numbers, names that look like weather
        ("The lifeboatman promised to repair the hull.", ["The lifeboatman"]),
        ("The cellist promised to return the bow.", ["The cellist"]),
        ("Two of the banks promised to pay the fine.", ["Two of the banks"]),
        ("The 27 have agreed to share the river.", ["The 27"]),
        ("The French promised to lend two tugs.", ["The French"]),
        ("The Sarn Sun promised to print the list.", ["The Sarn Sun"]),
        # the verb's own subject is not the doer, or the parser lost it
        ("Edda Voss is a banker and a sailor who has pledged to sell her shares.", ["Edda Voss"]),
        ("It is the union that has pledged to pay the fine.", ["the union"]),
        ("Mediators got the governor to promise a truce.", ["the governor"]),
        ("Mediators made the governor promise a truce.", ["the governor"]),
        ("Mediators persuaded the governor and the rebels to promise a truce.", ["the governor", "the rebels"]),
        ("According to Moran, the quarry’s owner has promised to fill the pit.", ["the quarry’s owner"]),
        ("In Kampala, Uganda and Kenya have agreed to open the border.", ["Uganda", "Kenya"]),
        ("On Friday, in Sarn, Norland and Ostmark have agreed to fill the pit.", ["Norland", "Ostmark"]),
        ("In Sarn, Norland firmly refused to fill the pit.", ["Norland"]),
        ("In Sarn, Norland and Ostmark also agreed to open the road.", ["Norland", "Ostmark"]),
        ("With the truce in Sarn, the council and NLM/A have agreed to open the road.", ["the council", "NLM/A"]),
        ("Norland, whose own ferries leak, pledged on Tuesday to lend Ostmark two ferries by 1 May.", ["Norland"]),
        ("The court has led Brightholm to promise to fill the pit.", ["Brightholm"]),
        ("Norland remains a country that has pledged to lend two tugs.", ["Norland"]),
        ("Edda Voss became the mayor who promised to mend the dam.", ["Edda Voss"]),
        ("Norland led the talks and promised to pay the fine.", ["Norland"]),
        ("The strike made news because Norland promised to pay the fine.", ["Norland"]),
        ("Promising to pay the fine, Norland led the talks.", ["Norland"]),
        ("Voss & Kern and Norland Rail promised to sell the mill.", ["Voss & Kern", "Norland Rail"]),
        (
            "According to union leader Tess Moran, the mill’s owner, Brightholm, has agreed to rehire the weavers.",
            ["Brightholm"],
        ),
        (
            "Sarn is poor. According to union leader Tess Moran, the mill’s owner, Brightholm, has agreed to pay.",
            ["Brightholm"],
        ),
        ("The bank persuaded Olaf Brandt to agree to fill the pit.", ["Olaf Brandt"]),
    ],
)
def test_the_actor_is_whoever_does_it(text, actors):
    assert list(only(text).actors) == actors


@pytest.mark.parametrize(
    "text",
    [
        "The heir promised to sell the mill.",
        "The harbour promised to dredge the channel.",
        "The scheme, a first for Sarn, will close two schools.",
        "Passengers promised to pay the fare.",
        "Some leaders promised to pay the fine.",
        "The river threatened to flood the mill.",
        "The Sun promised to print the list.",
        "Norland’s Sun promised to print the list.",
        "2027 agreed to pay the fine.",
        "Both promised to pay the fine.",
        "The man who promised the moon left Sarn.",
        "Those who promised to pay left Sarn.",
        "Norland asked the governor to promise a truce.",
    ],
)
def test_what_could_not_be_asked_for_it_is_no_actor(text):
    assert commitments(text) == []


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The harbour board met on Monday. It promised to sell the mill.", ("The harbour board",)),
        ("The Sarn Port Authority met on Monday. It promised to sell the mill.", ("The Sarn Port Authority",)),
        ("The ministers met in Sarn. They promised to rebuild the mill.", ("The ministers",)),
        ("Norland Rail met on Monday. They promised to sell the mill.", ("Norland Rail",)),
    ],
)
def test_a_pronoun_is_the_body_that_the_sentence_before_was_about(text, actors):
    assert only(text).actors == actors


@pytest.mark.parametrize(
    "text",
    [
        "It promised to sell the mill. The board met.",
        "The boards met on Monday. It promised to sell the mill.",
        "The storm passed on Monday. It promised to sell the mill.",
        "Edda Voss arrived on Monday. They promised to rebuild the mill.",
        "“Edda Voss is ready. She is ready to sell the ferry,” Olaf Brandt said.",
    ],
)
def test_a_pronoun_is_never_a_guess(text):
    assert commitments(text) == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The harbour board met on Monday.\nIt promised to sell the mill.", "The harbour board"),
        ("The union struck on Monday, and it promised to sell the mill.", "The union"),
    ],
)
def test_a_pronoun_may_be_a_body_without_a_name(text, actor):
    assert only(text).actors == (actor,)


def test_who_says_we_is_somebody_who_can():
    assert only("“We will close the mill on Friday,” the company said.").actors == ("the company",)
    assert commitments("“We will close the mill on Friday,” an email said.") == []
    assert commitments("“I will publish the contract,” Norland Rail said.") == []


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "Envoys from Sarn Bank and Norland Rail met. The two companies agreed to merge their yards.",
            ("Sarn Bank", "Norland Rail"),
        ),
        (
            "Edda Voss and Olaf Brandt met in Sarn. Both leaders agreed to open the tunnel.",
            ("Edda Voss", "Olaf Brandt"),
        ),
        ("French and Spanish envoys met. The two sides agreed to open the tunnel.", ("French", "Spanish")),
        ("After France and Spain met, the two sides agreed to open the tunnel.", ("France", "Spain")),
        (
            "Envoys from France and Spain met in Sarn. It rained all day. The two sides agreed to open the tunnel.",
            ("France", "Spain"),
        ),
    ],
)
def test_both_sides_are_the_one_pair_of_names_shortly_before(text, actors):
    assert only(text).actors == actors


@pytest.mark.parametrize(
    "text",
    [
        "Envoys from France, Spain and Italy met in Sarn. The two sides agreed to open the tunnel.",
        "Envoys from France and Spain met. It rained all day. Nobody slept. The two sides agreed to open the tunnel.",
        "France and its ally met. The two sides agreed to open the tunnel.",
        "The two sides agreed to open the tunnel between France and Spain.",
        "The two sides agreed to open the tunnel.",
        "Big and small firms met in Sarn. The two sides agreed to open the tunnel.",
    ],
)
def test_without_one_such_pair_both_sides_are_nobody(text):
    assert commitments(text) == []


def test_the_words_that_stand_for_the_actor_are_kept_beside_the_name():
    assert mentions("The developer, Brightholm, promised to mend the dam.") == ["The developer"]
    assert mentions("Sarn and Norland met. The two sides of the river agreed to open the tunnel.") == [
        "The two sides of the river",
    ]
    assert mentions("The harbour board met on Monday. It promised to sell the mill.") == ["It"]
    assert mentions("“We will close the mill on Friday,” the company said.") == ["We"]
    text = "After France and Spain met, the two sides agreed to open the tunnel."
    assert mentions(text) == ["the two sides", "the two sides"]


def test_a_voice_from_a_crowd_is_no_reporter():
    assert only("Somebody in the crowd said Norland had agreed to reopen the bridge.").reported_by is None
