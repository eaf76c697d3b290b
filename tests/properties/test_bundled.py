"""The bundled web: it answers every one of its urls, always alike, and refuses everything else."""

import asyncio

import pytest
from hypothesis import given, strategies as st

from digest.errors import RefusedError
from digest.sources.bundled import BundledFetcher

FETCHER = BundledFetcher()


@given(st.sampled_from(FETCHER.urls))
def test_every_bundled_url_is_answered_alike_each_time_and_unchanged_under_its_validators(url):
    page = asyncio.run(FETCHER.fetch(url))
    assert page.body
    assert page == asyncio.run(BundledFetcher().fetch(url))
    assert asyncio.run(FETCHER.fetch(url, validators=page.validators)).is_unchanged


@given(st.text() | st.sampled_from(FETCHER.urls).flatmap(lambda url: st.text(min_size=1).map(lambda tail: url + tail)))
def test_every_other_url_is_refused_as_not_found(url):
    if url in FETCHER.urls:
        return
    with pytest.raises(RefusedError) as caught:
        asyncio.run(FETCHER.fetch(url))
    assert caught.value.status == 404
