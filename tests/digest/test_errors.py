import pickle
import traceback
from datetime import timedelta

import pytest

from digest.errors import DisallowedError, Fault, RefusedError, UnreachableError, UnsafeError, redact_url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://quay.example/feed?token=tangerine", "https://quay.example/…"),
        ("https://quay.example", "https://quay.example/…"),
        ("http://tangerine:tangerine@quay.example:8443/tangerine", "http://quay.example/…"),
        ("https://tangerine@quay.example/#tangerine", "https://quay.example/…"),
        ("http://[2606:4700::1]/tangerine", "http://[2606:4700::1]/…"),
        ("http://[::1", "…"),
        ("/private/tangerine.html", "…"),
        ("tangerine", "…"),
        ("", "…"),
        ("data:text/html,tangerine", "…"),
        ("file:///home/tangerine", "…"),
    ],
)
def test_of_an_address_only_scheme_and_host_are_shown(url, shown):
    assert redact_url(url) == shown


@pytest.mark.parametrize(
    "error",
    [
        UnreachableError("https://quay.example/tangerine", "is slow", fault=Fault.TIME, retry_after=timedelta(1)),
        RefusedError("https://quay.example/tangerine", "answered 410 Gone", status=410),
        UnsafeError("https://tangerine@quay.example/", "contains a user name or password"),
        DisallowedError("https://quay.example/?key=tangerine", "robots.txt says no"),
    ],
)
def test_an_error_keeps_the_address_and_prints_the_host_only(error):
    assert "tangerine" in error.url
    for text in (str(error), repr(error), "".join(traceback.format_exception(error))):
        assert "tangerine" not in text
        assert "quay.example" in text
        assert error.why in text


def test_an_error_of_another_process_arrives_whole():
    error = UnreachableError("https://quay.example/a", "is slow", status=503, retry_after=timedelta(1))
    arrived = pickle.loads(pickle.dumps(error))
    assert (arrived.url, arrived.why, arrived.retry_after) == (error.url, error.why, error.retry_after)
