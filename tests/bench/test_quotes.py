"""The quotes bench measures texts that it is given, and says how many."""

import json

from bench.__main__ import main


def test_the_figures_come_with_the_counts_they_rest_on(tmp_path, capsys):
    tmp_path.joinpath("a.txt").write_text("“The pier is closed,” Mayor Ida Rook said.", "utf8")
    tmp_path.joinpath("b.txt").write_text("She left.", "utf8")
    tmp_path.joinpath("notes.md").write_text("no text", "utf8")
    assert main(["quotes", "--json", "--texts", str(tmp_path), "--rounds", "1"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["texts"], figures["words"], figures["rounds"]) == (2, 10, 1)
    assert figures["ratio_to_bare"] > 0
