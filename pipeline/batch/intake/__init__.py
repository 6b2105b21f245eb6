"""What there is to read: files, folders, globs, archives and lists become items, one a file."""
