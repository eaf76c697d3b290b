import pytest

from digest.reading.retractions import is_retraction
from tests.builders import article


@pytest.mark.parametrize(
    "words",
    [
        "RETRACTED: Five ports agree on a common rule",
        "Retraction: Five ports agree on a common rule",
        "[Retracted] Five ports agree on a common rule",
        "Retraction",
        "Retraction – Five ports agree",
        "Retraction notice for “Five ports agree”",
        "This article has been retracted.",
        "Editor’s note: This story was retracted on Monday after an inquiry.",
    ],
)
def test_an_article_that_begins_with_its_retraction_is_one(words):
    assert is_retraction(article(title=words))
    assert is_retraction(article(text=words))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Five ports agree on a common rule",
        "Retraction of the troops begins",
        "Retracted claims still spread, a study finds",
        "Minister: the report was retracted too late",
        "Journal says its article has been retracted",
        "Five ports agree. Retraction: an earlier version named six.",
    ],
)
def test_an_article_that_only_tells_of_one_is_none(words):
    assert not is_retraction(article(title=words))
    assert not is_retraction(article(text=words))


def test_the_first_words_are_those_of_the_first_line():
    assert not is_retraction(article(text="Five ports agree.\nRetraction"))
