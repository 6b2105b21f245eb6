"""Knowledge as data; README.md names the source, date and licence of each file. `FOLDER`: where they stand."""

from pathlib import Path

FOLDER = Path(__file__).parent
