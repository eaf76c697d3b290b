"""Every error that is raised on purpose has a sentence of its own, and none shows anything technical."""

import pytest

from bot import errors, texts
from bot.errors import BotError, explain, untold
from digest import errors as digest_errors

URL = "https://a.example/feed?key=k"
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
    others = {
        errors.SettingsError: ([("LOG_LEVEL", "wrong")],),
        digest_errors.LimitError: (digest_errors.Limit.SOURCES, 200),
        digest_errors.MoveError: (digest_errors.MoveFault.NOT_TO_POSTGRES, "", SECRET),
        digest_errors.BackupError: (digest_errors.BackupFault.DAMAGED, "onrecord.db", SECRET),
    }
    return kind(*others.get(kind, (SECRET,)))


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


@pytest.mark.parametrize("fault", digest_errors.Fault)
def test_every_step_at_which_a_server_fails_has_a_sentence_of_its_own(fault):
    told = {explain(digest_errors.UnreachableError(URL, SECRET, fault=one)) for one in digest_errors.Fault}
    assert len(told) == len(digest_errors.Fault)
    assert "a.example" not in explain(digest_errors.UnreachableError(URL, SECRET, fault=fault))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (digest_errors.UnreachableError(URL, SECRET, status=429), "less often (HTTP 429)"),
        (digest_errors.UnreachableError(URL, SECRET, status=503), "in trouble itself (HTTP 503)"),
        (digest_errors.RefusedError(URL, SECRET, status=401), "wants a login"),
        (digest_errors.RefusedError(URL, SECRET, status=403), "keeps bots"),
        (digest_errors.RefusedError(URL, SECRET, status=404), "nothing at that address (HTTP 404)"),
        (digest_errors.RefusedError(URL, SECRET, status=410), "nothing at that address (HTTP 410)"),
        (digest_errors.RefusedError(URL, SECRET, status=418), "refused to give the page (HTTP 418)"),
    ],
    ids=str,
)
def test_what_a_status_means_is_said(error, words):
    assert words in explain(error)


def test_a_forbidden_channel_names_what_to_grant():
    error = errors.ForbiddenChannelError(7, "403", missing=("Embed Links", "View Channel"))
    assert "Embed Links, View Channel" in explain(error)
    assert "<#7>" in explain(error)


def test_the_technical_text_says_where_and_why():
    assert str(errors.ChannelGoneError(7, "404")) == "channel 7: 404"
    assert str(errors.SettingsError([("A", "b"), ("C", "d")])) == "A: b; C: d"


@pytest.mark.parametrize("fault", digest_errors.BackupFault)
def test_every_reason_that_there_is_no_backup_has_a_sentence_of_its_own(fault):
    told = {explain(digest_errors.BackupError(one, "my_news_.db", SECRET)) for one in digest_errors.BackupFault}
    assert len(told) == len(digest_errors.BackupFault)
    assert "my_news_.db" in explain(digest_errors.BackupError(fault, "my_news_.db", SECRET))


def test_of_what_the_store_has_told_itself_nothing_is_left_to_log():
    full, damaged, other = digest_errors.UnwritableStoreError(""), digest_errors.CorruptStoreError(""), KeyError()
    assert [untold(full), untold(damaged), untold(other)] == [None, None, other]
    assert untold(ExceptionGroup("all", [full, ExceptionGroup("some", [damaged])])) is None
    assert untold(ExceptionGroup("all", [full, other])).exceptions == (other,)
