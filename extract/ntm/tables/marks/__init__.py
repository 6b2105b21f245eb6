"""The marks of a table: what each sign means, and what totals say of those unread or misread."""
