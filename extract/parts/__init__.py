"""Where the parts of a notice stand: notices in a file, zones in a notice, columns and items in a zone."""
