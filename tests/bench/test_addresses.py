import pytest

from bench._address_cases import PUBLIC, Case
from bench._addresses import measure_addresses


def test_the_whole_table_leaks_nothing_and_refuses_nothing_good():
    figures = measure_addresses()
    assert figures["address_cases"] >= 120
    assert figures["address_controls"] >= 100
    assert min(figures["address_families"].values()) >= 16
    assert (figures["address_leaks"], figures["address_false_refusals"]) == ([], [])


@pytest.mark.parametrize(
    ("case", "leaks", "refusals"),
    [
        (Case("x", "http://quay.example/"), 1, 0),
        (Case("x", "http://quay.example/", frozenset({"8.8.8.8"}), is_fetched=True), 1, 0),
        (Case("x", "http://10.0.0.1/", frozenset({"10.0.0.1"}), is_fetched=True), 0, 1),
        (Case("x", "http://10.0.0.1/", frozenset({PUBLIC}), redirects={"/": "http://10.0.0.1/"}), 0, 1),
        (Case("x", "http://quay.example/", frozenset({PUBLIC})), 1, 0),
    ],
)
def test_a_leak_or_a_false_refusal_would_be_seen(case, leaks, refusals):
    figures = measure_addresses([case])
    assert (len(figures["address_leaks"]), len(figures["address_false_refusals"])) == (leaks, refusals)
