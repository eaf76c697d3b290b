"""The corpus holds together: every article is labelled, in both passes, and every link leads to what is there."""

import tomllib

import pytest

from tests.gold import corpus
from tests.gold.agreement import PASSES

LINKS = tomllib.loads(corpus.LINKS.read_text("utf-8"))
CHANGES = {
    "first",
    "repeated",
    "restated",
    "sharpened",
    "softened",
    "conditioned",
    "withdrawn",
    "kept",
    "lapsed",
}


def tellings(kind):
    return [telling for link in LINKS[kind] for telling in link["tellings"]]


@pytest.mark.parametrize("folder", ["first", "second"])
def test_every_seed_is_labelled_and_was_labelled_twice(folder):
    pages = sorted(path.stem for path in corpus.ARTICLES.glob("*.html"))
    assert corpus.names() == pages
    assert sorted(path.stem for path in (PASSES / folder).glob("*.toml")) == pages
    assert len(corpus.load(PASSES / folder, ".toml")) == 16


def test_the_corpus_is_large_enough_to_judge_by():
    gold = [labelled.gold for labelled in corpus.load()]
    assert sum(len(one.quotes) for one in gold) >= 200
    assert sum(len(one.commitments) for one in gold) >= 120
    assert all(3 <= len(one.nuggets) <= 8 for one in gold)
    assert all(one.key_quotes for one in gold)


@pytest.mark.parametrize("kind", ["commitment", "apart"])
def test_every_telling_is_a_labelled_commitment_or_words_of_its_article(kind):
    articles = {labelled.name: labelled for labelled in corpus.load()}
    for telling in tellings(kind):
        labelled = articles[telling["article"]]
        if "commitment" in telling:
            assert telling["commitment"] in {one.id for one in labelled.gold.commitments}, telling
        else:
            assert telling["words"] in labelled.brief.article.text


def test_a_commitment_told_again_is_first_told_and_then_changes():
    for link in LINKS["commitment"]:
        kinds = [telling["as"] for telling in link["tellings"]]
        assert len(kinds) > 1, link["name"]
        assert kinds[0] == "first"
        assert set(kinds[1:]) <= CHANGES - {"first"}


def test_the_days_after_have_a_restated_a_sharpened_and_a_withdrawn_commitment():
    later = {"port-talks-saturday", "port-strike-monday"}
    assert {one["as"] for one in tellings("commitment") if one["article"] in later} >= {
        "restated",
        "sharpened",
        "withdrawn",
    }


def test_a_commitment_is_in_one_link_only_and_not_apart_from_itself():
    linked = [(one["article"], one["commitment"]) for one in tellings("commitment") if "commitment" in one]
    assert len(linked) == len(set(linked))
    link_of = {
        (telling["article"], telling.get("commitment")): link["name"]
        for link in LINKS["commitment"]
        for telling in link["tellings"]
    }
    for link in LINKS["apart"]:
        names = [link_of.get((one["article"], one.get("commitment"))) for one in link["tellings"]]
        known = [name for name in names if name]
        assert len(known) == len(set(known)), link["reason"]


def test_the_hash_is_of_pages_and_labels():
    assert corpus.corpus_hash() == corpus.corpus_hash()
    assert len(corpus.corpus_hash()) == 64
