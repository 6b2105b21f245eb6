"""Options that several commands take, as `--language` and `--review-below`."""

from __future__ import annotations

import re

import click


def _named(_: click.Context, __: click.Parameter, value: str) -> str:
    """Refuse what is no name of a language before it stands in a command or a remedy."""
    if not re.fullmatch(r"\w+(/\w+)?(\+\w+(/\w+)?)*", value, re.ASCII):
        raise click.BadParameter(f"{value!r} is no name of a language, as vie, script/Vietnamese or vie+eng are.")
    return value


language_option = click.option(
    "--language", default="vie", show_default=True, callback=_named, help="Tesseract's name of it."
)
# click makes the figure of `Settings` its own default: the two are held together by a test
review_below_option = click.option(
    "--review-below",
    type=click.FloatRange(0, 1),
    default=0.8,
    show_default=True,
    metavar="P",
    help="Mark values less certain than P for review; 0.95 finds more of what is wrong on worn pages.",
)
