"""One commitment told twice in an article is one, with its other sentences."""

from tests.digest.reading.commitments.told import commitments, only


def test_headline_and_body_are_one_and_the_fuller_is_the_evidence():
    found = only("Norland to hire 400 sailors\n\nNorland will hire 400 sailors in Sarn in 2027, it said on Monday.")
    assert found.what == "hire 400 sailors in Sarn"
    assert found.also == ("Norland to hire 400 sailors",)


def test_a_quotation_that_points_back_is_a_retelling():
    text = "Edda Voss promised to repay every saver of the bank.\n“I will pay back every one of them,” Voss said."
    found = only(text)
    assert found.what == "repay every saver of the bank"
    assert found.also == ("“I will pay back every one of them,” Voss said.",)


def test_different_actors_or_deeds_stay_apart():
    assert len(commitments("Norland promised to mend the dam. Ostmark promised to mend the dam.")) == 2
    assert len(commitments("Norland promised to mend the dam. Norland promised to sell the ferry.")) == 2


def test_a_promise_and_a_refusal_stay_apart():
    assert len(commitments("Norland promised to sell the old ferry. Norland refused to sell the old ferry.")) == 2
