"""The templates of pages; the only module that knows jinja2. What is put into them is escaped."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def template(name: str) -> Template:
    """Return the template of this name in bot/render/templates."""
    environment = Environment(loader=PackageLoader("bot.render"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template(name)
