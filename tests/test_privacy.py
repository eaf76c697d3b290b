"""docs/privacy.md names every table that holds something of a server or of a member, and every figure as it is."""

import re
from pathlib import Path

import pytest

from digest.service.housekeeping import AUDITED_FOR, GRACE, MOST_AUDITED
from digest.store.erasing import OF_MEMBERS, _owned
from digest.store.schema import metadata

PAGE = (Path(__file__).parent.parent / "docs" / "privacy.md").read_text("utf8")
NAMED = set(re.findall(r"`([a-z_]+)`", "\n".join(line for line in PAGE.split("\n") if line.startswith("| `"))))
OF_PEOPLE = ("guild_id", "user_id", "by_id")


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda one: one.name)
def test_every_table_with_a_server_or_a_member_is_named_and_can_be_deleted(table):
    is_of_people = any(column.name in OF_PEOPLE for column in table.c)
    hangs_on_one = any(key.column.table.name in {one.name for one in _owned(1)} for key in table.foreign_keys)
    if is_of_people or hangs_on_one:
        assert table.name in NAMED
        assert table in _owned(1)


def test_no_table_is_named_that_there_is_not():
    assert {table.name for table in metadata.sorted_tables} >= NAMED


def test_what_is_members_own_stands_in_their_part():
    theirs = PAGE.partition("## What belongs to a member")[2]
    assert all(f"`{table.name}`" in theirs for table in OF_MEMBERS)


def test_the_figures_are_those_of_the_program():
    assert f"{AUDITED_FOR.days} days" in PAGE
    assert f"{MOST_AUDITED:,}" in PAGE
    assert f"{GRACE.days} days" in PAGE
