"""`onrecord doctor`: prints what is found, line by line, and ends with a status that a script can go by."""

import argparse
import json
import logging
import sys
from collections import Counter

from bot import texts
from bot.clock import read_clock
from bot.doctor import Finding, State, examine, examine_without_settings
from bot.errors import SettingsError
from bot.settings import Settings
from bot.texts import doctor as words

_WRONG = 1
_WRONG_SETTINGS = 2


async def run_doctor_command(options: argparse.Namespace) -> int:
    """Look at everything, and return the exit status: 0, 1 where something is wrong, 2 where settings are."""
    logging.getLogger().addHandler(logging.NullHandler())  # what the libraries would say, the findings do
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        looks, wrong_status = examine_without_settings(error), _WRONG_SETTINGS
    else:
        looks, wrong_status = examine(settings, read_clock), _WRONG
    findings = []
    async for finding in looks:
        findings.append(finding)
        if not options.json:
            _say(line_of(finding))
    _say(json_of(findings) if options.json else sum_of(findings))
    return wrong_status if any(finding.state is State.WRONG for finding in findings) else 0


def line_of(finding: Finding) -> str:
    """Return the finding as a line for people."""
    line = words.LINE.format(state=finding.state.value, check=finding.check, says=finding.says)
    return words.LINE_WITH_REMEDY.format(line=line, remedy=finding.remedy) if finding.remedy else line


def json_of(findings: list[Finding]) -> str:
    """Return all findings as one object in a line of ASCII; `is_right` says whether nothing is wrong."""
    rows = [
        {"check": one.check, "state": one.state.value, "says": one.says, "remedy": one.remedy or None}
        for one in findings
    ]
    return json.dumps({"is_right": all(one.state is not State.WRONG for one in findings), "findings": rows})


def sum_of(findings: list[Finding]) -> str:
    """Return the last line."""
    numbers = Counter(finding.state for finding in findings)
    if not numbers[State.WRONG]:
        return words.SUM_RIGHT
    warnings = texts.count(numbers[State.WARNING], "warning")
    return words.SUM_WRONG.format(wrong=numbers[State.WRONG], warnings=warnings)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
