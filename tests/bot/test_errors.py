"""Every error that is raised on purpose has a sentence of its own, and none shows anything technical."""

import pytest

from bot import errors, texts
from bot.errors import BotError, explain
from digest import errors as digest_errors

SECRET = "psycopg.OperationalError at 0x7f"


def make(kind):
    if kind is digest_errors.RefusedError:
        return kind("https://a.example", SECRET, status=403)
    if issubclass(kind, digest_errors._PageError):
        return kind("https://a.example", SECRET)
    if issubclass(kind, errors.DeliveryError):
        return kind(7, SECRET)
    if kind is errors.StartLaterError:
        return kind(600)
    if kind is errors.SettingsError:
        return kind([("LOG_LEVEL", "wrong")])
    return kind(SECRET)


def leaves(kind):
    below = kind.__subclasses__()
    return {kind, *(leaf for one in below for leaf in leaves(one))} - {digest_errors._PageError}


NAMELESS = {BotError, digest_errors.DigestError, digest_errors.FetchError, errors.InputError}


KINDS = sorted(leaves(BotError) | leaves(digest_errors.DigestError), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_becomes_a_sentence_without_anything_technical(kind):
    if kind is errors.InputError:
        assert explain(kind("“x” is no time.")) == "“x” is no time."
        return
    sentence = explain(make(kind))
    assert SECRET not in sentence
    assert kind in NAMELESS or sentence != texts.ERROR_UNEXPECTED


def test_an_error_that_nobody_expected_has_a_sentence_too():
    assert explain(ZeroDivisionError(SECRET)) == texts.ERROR_UNEXPECTED


def test_a_forbidden_channel_names_what_to_grant():
    error = errors.ForbiddenChannelError(7, "403", missing=("Embed Links", "View Channel"))
    assert "Embed Links, View Channel" in explain(error)
    assert "<#7>" in explain(error)


def test_the_technical_text_says_where_and_why():
    assert str(errors.ChannelGoneError(7, "404")) == "channel 7: 404"
    assert str(errors.SettingsError([("A", "b"), ("C", "d")])) == "A: b; C: d"
