"""The corpus: the seeds' articles as the product reads them, their gold, and which of them tell one story."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from digest import Brief, read_html
from tests.gold.labels import Gold, LabelError, read_labels

ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"
LINKS = ARTICLES / "links.toml"


@dataclass(frozen=True)
class Labelled:
    """An article as it is read, and what is right."""

    name: str
    brief: Brief
    gold: Gold


def names():
    """The names of the labelled articles, sorted."""
    return sorted(path.name.removesuffix(".gold.toml") for path in ARTICLES.glob("*.gold.toml"))


@cache
def read(name):
    """The brief of a bundled page, read as a feed's reader would read it."""
    index = tomllib.loads((ARTICLES / "index.toml").read_text("utf-8"))
    url = next(page["url"] for page in index["page"] if page["file"] == f"{name}.html")
    return read_html((ARTICLES / f"{name}.html").read_bytes(), url)


@cache
def load(folder=ARTICLES, ending=".gold.toml"):
    """The whole corpus with the labels in the folder. Raises LabelError that names file and label."""
    return tuple(Labelled(name, read(name), labels(name, folder, ending)) for name in names())


def labels(name, folder=ARTICLES, ending=".gold.toml"):
    """The labels of one article. Raises LabelError that names file and label."""
    path = folder / f"{name}{ending}"
    try:
        return read_labels(path.read_text("utf-8"), read(name).article.text)
    except LabelError as error:
        raise LabelError([f"{path.name}: {problem}" for problem in error.problems]) from None


def stories():
    """Labels of the stories, one an article in the order of the names: what is linked is one story."""
    links = tomllib.loads(LINKS.read_text("utf-8"))
    of = {name: story["name"] for story in links["story"] for name in story["articles"]}
    return [of.get(name, name) for name in names()]


def corpus_hash():
    """SHA-256 over the pages and labels, whatever the order in which they are listed."""
    digest = hashlib.sha256()
    for path in sorted([*ARTICLES.glob("*.html"), *ARTICLES.glob("*.gold.toml"), LINKS]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
