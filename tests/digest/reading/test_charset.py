"""Bytes are read by what the server, the page and the bytes say of themselves."""

import pytest

from digest.reading.charset import decode_page

WORDS = "Café “Œuvre” – naïve"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_text_in_a_common_encoding_needs_no_declaration(encoding):
    assert decode_page(WORDS.encode(encoding)) == WORDS


@pytest.mark.parametrize(
    ("encoding", "declared"), [("shift_jis", "Shift_JIS"), ("koi8-r", "koi8-r"), ("gb18030", "gb2312")]
)
def test_the_servers_declaration_is_followed(encoding, declared):
    words = {"shift_jis": "日本語の文章", "koi8-r": "новости дня", "gb18030": "今日新闻"}[encoding]
    assert decode_page(words.encode(encoding), declared) == words


@pytest.mark.parametrize("opening", ["<html><head>", ""])
def test_the_pages_own_declaration_is_followed(opening):
    page = f'{opening}<meta charset="windows-1251">новости'
    assert decode_page(page.encode("windows-1251")) == page


def test_a_declaration_far_down_the_page_is_none():
    page = f'{"<p>" * 2000}<meta charset="windows-1251">новости'.encode("windows-1251")
    assert decode_page(page) == page.decode("cp1252")


def test_blanks_around_the_servers_declaration_do_not_matter():
    assert decode_page("новости дня".encode("koi8-r"), " koi8-r ") == "новости дня"


def test_plain_ascii_needs_no_declaration():
    assert decode_page(b"Plain words") == "Plain words"


@pytest.mark.parametrize("words", [WORDS, "Café"])
def test_valid_utf_8_goes_before_a_wrong_declaration(words):
    assert decode_page(words.encode(), "iso-8859-1") == words


def test_latin_1_is_read_as_its_superset_as_browsers_do():
    assert decode_page(WORDS.encode("cp1252"), "iso-8859-1") == WORDS


def test_seven_bit_encodings_hide_in_ascii_and_are_found_by_their_declaration():
    assert decode_page("日本".encode("iso-2022-jp"), "iso-2022-jp") == "日本"


@pytest.mark.parametrize("declared", ["no-such-thing", "", "hex", "zlib", "rot13", "UNDEFINED", "\x00"])
@pytest.mark.parametrize("words", [WORDS, "Plain words"])
def test_a_senseless_declaration_is_ignored(declared, words):
    assert decode_page(words.encode(), declared) == words


@pytest.mark.parametrize(
    ("before", "broken", "declared"),
    [
        ("A long line of plain words ", b"\x81", "utf-8"),
        ("A long line of plain words ", b"\x81", None),
        ("\ufeffA long line of plain words ", b"\x81", None),
        ("日本語の文章は日本語で書かれる", b"\x81", "shift_jis"),
    ],
)
def test_what_fits_no_encoding_is_replaced_not_refused(before, broken, declared):
    body = before.encode(declared or "utf-8") + broken
    assert decode_page(body, declared) == before.removeprefix("\ufeff") + "\ufffd"


def test_bytes_that_are_no_text_give_none():
    assert decode_page(bytes(range(256)) * 4) is None
    assert decode_page(b"\x81\x8d\x8f\x90" * 9, "utf-8") is None


@pytest.mark.parametrize(("odd", "expected"), [(1, "nine words\x00"[1:]), (2, None)])
def test_one_odd_character_in_ten_is_still_text(odd, expected):
    assert decode_page(b"ine words"[: 10 - odd] + b"\x00" * odd) == expected


def test_a_page_that_says_it_is_html_is_text_however_odd():
    assert decode_page(b"\x00" * 900 + b"<HTML>words") == "\x00" * 900 + "<HTML>words"
    assert decode_page(b"\x00" * 900 + b"<!doctype  html>") is not None
    assert decode_page(b"\x00" * 900 + b"<htmlx>") is None


def test_a_wide_encoding_that_is_declared_in_ascii_is_not_believed():
    page = '<meta charset="utf-16">' + "Plain words"
    assert decode_page(page.encode()) == page
