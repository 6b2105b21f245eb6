"""The programme of new rural development: `build_ntm`."""

from extract.ntm.build import build_ntm

__all__ = ["build_ntm"]
