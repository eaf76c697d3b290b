"""The corpus of feeds is read out of a git directory, and each file gets a verdict."""

import subprocess

from bench._feeds_corpus import measure_corpus

FEED = "<rss version='2.0'><channel><item><title>Ports</title><link>https://gazette.example/1</link></item></channel></rss>"


def commit(folder, files):
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, "utf8")
    who = ["-c", "user.name=Test", "-c", "user.email=test@gazette.example", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "Add feeds"]):
        subprocess.run(["git", "-C", str(folder), *arguments], check=True)


def test_files_are_parsed_in_the_reading_processes_or_refused_with_the_reason(tmp_path):
    commit(
        tmp_path / "kurtmckee+feedparser" / "repo",
        {
            "tests/wellformed/rss/one.xml": FEED,
            "tests/wellformed/two.xml": FEED,
            "tests/illformed/three.xml": FEED[:-20],
            "tests/illformed/empty.xml": "<!-- nothing -->",
            "tests/other/four.xml": FEED,
        },
    )
    figures = measure_corpus(tmp_path)
    assert (figures["wellformed_files"], figures["wellformed_parsed"]) == (2, 2)
    assert (figures["illformed_files"], figures["illformed_parsed"]) == (2, 1)
    assert figures["refused"] == {"illformed/empty.xml": "refused: is not a feed"}
    assert figures["killed"] == []
