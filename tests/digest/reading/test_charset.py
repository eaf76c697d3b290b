"""Bytes are read by what the server, the page and the bytes say of themselves."""

import pytest

from digest.reading.charset import decode_page

WORDS = "Café “Œuvre” – naïve"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_in_a_common_encoding_needs_no_declaration(encoding):
    assert decode_page(WORDS.encode(encoding)) == WORDS


@pytest.mark.parametrize(
    ("encoding", "declared"), [("shift_jis", "Shift_JIS"), ("koi8-r", "koi8-r"), ("gb18030", "gb2312")]
)
def test_the_servers_declaration_is_followed(encoding, declared):
    words = {"shift_jis": "日本語の文章", "koi8-r": "новости дня", "gb18030": "今日新闻"}[encoding]
    assert decode_page(words.encode(encoding), declared) == words


def test_the_pages_own_declaration_is_followed():
    page = '<html><head><meta charset="windows-1251"></head>новости'
    assert decode_page(page.encode("windows-1251")) == page


def test_valid_utf_8_goes_before_a_wrong_declaration():
    assert decode_page(WORDS.encode(), "iso-8859-1") == WORDS


def test_latin_1_is_read_as_its_superset_as_browsers_do():
    assert decode_page(WORDS.encode("cp1252"), "iso-8859-1") == WORDS


def test_seven_bit_encodings_hide_in_ascii_and_are_found_by_their_declaration():
    assert decode_page("日本".encode("iso-2022-jp"), "iso-2022-jp") == "日本"


@pytest.mark.parametrize("declared", ["no-such-thing", "", "hex", "zlib", "rot13", "\x00"])
def test_a_senseless_declaration_is_ignored(declared):
    assert decode_page(WORDS.encode(), declared) == WORDS


def test_what_fits_no_encoding_is_replaced_not_refused():
    assert decode_page(b"A long line of plain words \x81 and more of them", "utf-8") == (
        "A long line of plain words \ufffd and more of them"
    )


def test_bytes_that_are_no_text_give_none():
    assert decode_page(bytes(range(256)) * 4) is None
