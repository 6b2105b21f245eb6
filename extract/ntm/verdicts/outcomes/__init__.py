"""Outcomes other than by criteria: units recognised, found fit, or planned for."""
