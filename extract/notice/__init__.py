"""The notice document, schema version 1.0: the outer edge of the project, as pydantic models.

`Notice` is what `thongbao read` prints; `to_json` writes it and `json_schema` describes it. Values stand plain,
and how each was obtained stands apart in `evidence`, keyed by the value's JSON Pointer (RFC 6901). All of it is
frozen. The meaning of each field is told in docs/notice.md. The models stand in the order of the document:
`source`, `document`, `programme` (its block `ntm`), `evidence`; `whole` puts them together.
"""

from extract.notice.document import Citation, Document, Recipient, Signer, Task
from extract.notice.evidence import Check, Evidence, Review
from extract.notice.programme import (
    Assessment,
    Attendance,
    Band,
    Criterion,
    Funding,
    Ntm,
    ParentUnit,
    Stated,
    Successor,
    Unit,
)
from extract.notice.source import DataVersions, ProducedBy, Source
from extract.notice.terms import (
    Authority,
    CheckStatus,
    Kind,
    Level,
    Method,
    Outcome,
    Role,
    Secrecy,
    Status,
    Target,
    Urgency,
)
from extract.notice.whole import SCHEMA_VERSION, Notice, resolve
from extract.notice.writing import SCHEMA_ID, json_schema, to_json

__all__ = [
    "SCHEMA_ID",
    "SCHEMA_VERSION",
    "Assessment",
    "Attendance",
    "Authority",
    "Band",
    "Check",
    "CheckStatus",
    "Citation",
    "Criterion",
    "DataVersions",
    "Document",
    "Evidence",
    "Funding",
    "Kind",
    "Level",
    "Method",
    "Notice",
    "Ntm",
    "Outcome",
    "ParentUnit",
    "ProducedBy",
    "Recipient",
    "Review",
    "Role",
    "Secrecy",
    "Signer",
    "Source",
    "Stated",
    "Status",
    "Successor",
    "Target",
    "Task",
    "Unit",
    "Urgency",
    "json_schema",
    "resolve",
    "to_json",
]
