"""What a reading process does before its first task, so that no article waits for a library or a model."""

from functools import partial

from digest import read_html

_PAGE = (
    "<html><head><title>Warm</title></head><body><article><h1>Warm</h1><p>The model loads before the first article "
    "waits for it, said the mayor. The council will read it on Monday.</p></article></body></html>"
)

warm_up = partial(read_html, _PAGE, "https://onrecord.example/")
"""Reads a small page with everything that reading has: it loads all there is to load."""
