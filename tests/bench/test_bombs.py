import pytest

from bench._bombs import CAP_SECONDS, measure_bombs


@pytest.mark.parametrize("name", ["brotli-feed", "drip-gzip", "honest-feed"])
def test_a_bomb_is_measured_in_a_process_of_its_own(name):
    figures = measure_bombs(name)
    assert figures["bombs"] == 1
    assert figures["bombs_unclassified"] == []
    assert figures["bomb_rss_mb"] < 60
    if name == "honest-feed":
        assert figures["bomb_rss_mb"] > 8
    if name == "drip-gzip":
        assert figures["bomb_seconds"] >= CAP_SECONDS
