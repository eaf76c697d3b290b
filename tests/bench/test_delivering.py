"""A small run of the bench of delivery: everything goes out once, and what is counted is what Discord saw."""

from bench._delivering import measure_delivery, measure_lag


def test_every_channel_gets_its_part_once_and_no_request_is_refused():
    figures = measure_delivery(20)
    assert (figures["posted"], figures["429s"]) == (20, 0)
    seen = figures["at Discord"]
    assert (seen["posts"], seen["channels with one message"], seen["channels with more"]) == (20, 20, 0)
    assert seen["complaints"] == 0
    assert figures["over what 50 a second allow"] >= 0.8  # nobody is faster than the pace


def test_the_loop_is_watched_while_articles_are_read_and_posts_go_out():
    figures = measure_lag(articles=2, posts=5)
    assert figures["posts"] == 5
    assert figures["samples"] > 20
    assert 0 <= figures["lag p50, ms"] <= figures["lag p99, ms"] <= figures["lag max, ms"]
