"""What is said of the database, and of the clocks that others showed."""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from bot.doctor.findings import Finding, State
from bot.doctor.machine import existing
from bot.texts import doctor as words
from digest.model.inspected import StoreReport

SKEW_WARNING, SKEW_WRONG = timedelta(seconds=5), timedelta(seconds=60)
"""From when on a clock that is off is told, and when the bot does wrong by it."""


def folder_of(url: str) -> Path:
    """Return where the file of a SQLite database lies."""
    return Path(url.partition(":///")[2].partition("?")[0] or ".").absolute().parent


def judge_database(report: StoreReport | None, folder: Path) -> Finding:
    """Say what the database is; where there is none yet, whether one can be made in `folder`."""
    if report is None:
        if os.access(existing(folder), os.W_OK | os.X_OK):
            return Finding("database", State.OK, words.NO_DATABASE_YET)
        says = words.NO_DATABASE_FOLDER.format(folder=folder)
        return Finding("database", State.WRONG, says, words.NO_DATABASE_FOLDER_REMEDY)
    tables, remedy = words.TABLES_NONE, ""
    if report.revision:
        tables = (words.TABLES_CURRENT if report.is_current else words.TABLES_OLD).format(revision=report.revision)
        remedy = "" if report.is_current else words.TABLES_OLD_REMEDY
    says = words.DATABASE.format(product=report.product, size=words.amount(report.size), tables=tables)
    return Finding("database", State.WARNING if remedy else State.OK, says, remedy)


def judge_clock(ahead: Mapping[str, timedelta]) -> Finding:
    """Say how far this machine's clock is `ahead` of others, by their names: of the one that it is farthest from."""
    if not ahead:
        return Finding("clock", State.UNSEEN, words.CLOCK_UNSEEN)
    whose = max(ahead, key=lambda name: abs(ahead[name]))
    skew = abs(ahead[whose])
    if skew <= SKEW_WARNING:
        return Finding("clock", State.OK, words.CLOCK_FINE.format(seconds=skew.total_seconds(), whose=whose))
    way = words.CLOCK_AHEAD if ahead[whose] > timedelta(0) else words.CLOCK_BEHIND
    says = words.CLOCK_OFF.format(seconds=skew.total_seconds(), way=way, whose=whose)
    return Finding("clock", State.WRONG if skew > SKEW_WRONG else State.WARNING, says, words.CLOCK_REMEDY)
