"""Warming up loads what reading needs: no article pays for it."""

import subprocess
import sys

CHECK = """
import sys
from bot.inputs import warm_up
heavy = {"spacy", "sumy", "trafilatura", "nupunkt"}
assert not heavy & set(sys.modules), "the bot's own process would load them"
assert warm_up().sentences
assert heavy <= set(sys.modules), heavy - set(sys.modules)
"""


def test_warming_up_reads_with_everything_there_is_and_naming_it_loads_nothing():
    done = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
