"""Attendance: each body that came to the inspection or meeting, or is named absent."""

from __future__ import annotations

from extract.draft import AttendanceDraft
from extract.ntm.survey import Survey


def find_attendance(survey: Survey) -> AttendanceDraft:
    """Bodies present and absent, in order."""
    del survey
    return AttendanceDraft()
