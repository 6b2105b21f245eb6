"""The option `--language`, as every command that reads scans takes it."""

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
