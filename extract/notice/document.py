"""What every administrative document has: its head, its signer, whom it cites and what it asks for."""

from __future__ import annotations

import datetime

from extract.notice.terms import Authority, Role, Secrecy, Urgency
from extract.notice.values import MaybePrinted, Model, Printed, Slug


class Signer(Model):
    """Who signed. All four are null where the signature block could not be read."""

    name: MaybePrinted = None
    title: MaybePrinted = None
    """The signer's own title."""
    authority: Authority | None = None
    """The last one printed, which is the signer's own."""
    for_title: MaybePrinted = None
    """The title that the authority refers to."""


class Recipient(Model):
    """One dash of the Nơi nhận."""

    name: Printed
    purpose: MaybePrinted = None
    """What a bracket says about why."""


class Document(Model):
    """The parts that every administrative document has."""

    type: Slug | None = None
    """ASCII slug of the printed type; cong_van where no type is printed."""
    type_name: MaybePrinted = None
    number: MaybePrinted = None
    """As printed, with leading zeros."""
    symbol: MaybePrinted = None
    code: MaybePrinted = None
    """Number and symbol, joined by a stroke."""
    issuer: MaybePrinted = None
    issuer_parent: MaybePrinted = None
    place: MaybePrinted = None
    date: datetime.date | None = None
    subject: MaybePrinted = None
    """The trích yếu, without a leading V/v or Về việc."""
    addressed_to: tuple[Printed, ...] = ()
    """Kính gửi."""
    urgency: Urgency | None = None
    secrecy: Secrecy | None = None
    signer: Signer = Signer()
    recipients: tuple[Recipient, ...] = ()
    """Nơi nhận, without the Lưu line."""
    filing: tuple[Printed, ...] = ()
    """The units of the Lưu line."""


class Citation(Model):
    """Another document that the notice names, once, where it is first named."""

    type: Slug
    code: MaybePrinted = None
    """Null only for laws that are named without one."""
    date: datetime.date | None = None
    issuer: MaybePrinted = None
    subject: MaybePrinted = None
    role: Role


class Task(Model):
    """What the notice asks of whom."""

    addressees: tuple[Printed, ...] = ()
    text: Printed
    deadline: datetime.date | None = None
    """Only a whole date; a month, a recurring or a relative term gives null."""
