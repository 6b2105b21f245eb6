"""The file formats: is a file whole, how many pages, what lies on them; and reading dumps and image files."""
