#!/usr/bin/env bash
# Install Debian packages, as root or through sudo.
set -euo pipefail

if ! command -v apt-get >/dev/null; then
  echo "This is no Debian or Ubuntu: please install what these packages hold: $*" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Please install as root: apt-get install $*" >&2; exit 1; }
  as_root=(sudo)
fi
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
