"""Discord's limits on components of messages and on modals."""

from collections import Counter

ROWS = 5
BUTTONS = 5
LABEL = 80
CUSTOM_ID = 100
OPTIONS = 25
OPTION_TEXT = 100
PLACEHOLDER = 150
V2_COMPONENTS = 40
V2_TEXT = 4000
MODAL_TITLE = 45
MODAL_COMPONENTS = 5
TEXT_INPUT = 4000
INPUT_LABEL = 45

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT_TYPE, TEXT_DISPLAY, LABEL_TYPE = 1, 2, 3, 4, 10, 18
SELECTS = frozenset({3, 5, 6, 7, 8})
LINK, PREMIUM = 5, 6


def flattened(components):
    """Every component, however deep it lies."""
    for one in components:
        yield one
        yield from flattened(one.get("components") or ())
        inner = [one[name] for name in ("accessory", "component") if one.get(name)]
        yield from flattened(inner)


def wrong_components(components, *, is_v2=False):
    """Everything in a message's components that is over a limit, in words."""
    every = [*flattened(components)]
    if is_v2:
        yield from _wrong_v2(every)
    else:
        if any(one["type"] != ACTION_ROW for one in components):
            yield "without Components V2 only action rows lie at the top"
        if len(components) > ROWS:
            yield "more than 5 action rows"
    for one in every:
        yield from _wrong_component(one)
    yield from _wrong_custom_ids(every)


def _wrong_v2(every):
    if len(every) > V2_COMPONENTS:
        yield "more than 40 components"
    if sum(len(one.get("content") or "") for one in every if one["type"] == TEXT_DISPLAY) > V2_TEXT:
        yield "the texts are too long in all"


def _wrong_custom_ids(every):
    ids = Counter(one["custom_id"] for one in every if one.get("custom_id"))
    yield from (f"the custom_id {one!r} is there twice" for one, number in ids.items() if number > 1)


def _wrong_component(one):
    if one["type"] == ACTION_ROW:
        yield from _wrong_row(one.get("components") or ())
    elif one["type"] == BUTTON:
        yield from _wrong_button(one)
    elif one["type"] in SELECTS:
        yield from _wrong_select(one)
    if "custom_id" in one and not 1 <= len(one["custom_id"] or "") <= CUSTOM_ID:
        yield "a custom_id must have 1 to 100 characters"


def _wrong_row(inner):
    kinds = {one["type"] for one in inner}
    if not inner:
        yield "an action row is empty"
    if len(inner) > (BUTTONS if kinds == {BUTTON} else 1):
        yield "an action row has more than five buttons, or more than one of anything else"


def _wrong_button(one):
    if len(one.get("label") or "") > LABEL:
        yield "a button's label is too long"
    style = one.get("style")
    if style == LINK and ("custom_id" in one or not one.get("url")):
        yield "a link button has a url and no custom_id"
    if style not in (LINK, PREMIUM) and not one.get("custom_id"):
        yield "a button has no custom_id"
    if style != PREMIUM and not (one.get("label") or one.get("emoji")):
        yield "a button shows nothing"


def _wrong_select(one):
    options = one.get("options") or ()
    if one["type"] == STRING_SELECT and not 1 <= len(options) <= OPTIONS:
        yield "a select has 1 to 25 options"
    for name in ("label", "value", "description"):
        if any(len(option.get(name) or "") > OPTION_TEXT for option in options):
            yield f"an option's {name} is too long"
    if len({option["value"] for option in options}) < len(options):
        yield "two options have the same value"
    if len(one.get("placeholder") or "") > PLACEHOLDER:
        yield "a placeholder is too long"
    least, most = one.get("min_values", 1), one.get("max_values", 1)
    if not (0 <= least <= OPTIONS and 1 <= most <= OPTIONS and least <= most):
        yield "min_values and max_values do not fit"


def wrong_modal(modal):
    """Everything in a modal that is over a limit, in words."""
    if not 1 <= len(modal.get("title") or "") <= MODAL_TITLE:
        yield "a modal's title must have 1 to 45 characters"
    if not 1 <= len(modal.get("custom_id") or "") <= CUSTOM_ID:
        yield "a custom_id must have 1 to 100 characters"
    components = modal.get("components") or ()
    if not 1 <= len(components) <= MODAL_COMPONENTS:
        yield "a modal has 1 to 5 components"
    every = [*flattened(components)]
    yield from _wrong_custom_ids(every)
    for one in every:
        if one["type"] == TEXT_INPUT_TYPE:
            yield from _wrong_input(one)
        elif one["type"] == LABEL_TYPE and not 1 <= len(one.get("label") or "") <= INPUT_LABEL:
            yield "a label must have 1 to 45 characters"


def _wrong_input(one):
    if len(one.get("label") or "") > INPUT_LABEL:
        yield "a text input's label is too long"
    if len(one.get("placeholder") or "") > OPTION_TEXT:
        yield "a text input's placeholder is too long"
    if len(one.get("value") or "") > TEXT_INPUT:
        yield "a text input's value is too long"
    if not 0 <= (one.get("min_length") or 0) <= (one.get("max_length") or TEXT_INPUT) <= TEXT_INPUT:
        yield "a text input's lengths do not fit"
