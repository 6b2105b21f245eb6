#!/usr/bin/env bash
# Make the virtual environment VENV with PYTHON and install the project with its pinned dependencies.
set -euo pipefail
python=$1 venv=$2

if ! command -v "$python" >/dev/null; then
  "$(dirname "${BASH_SOURCE[0]}")/apt_install.sh" python3 python3-venv
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "$("$python" --version) is too old: thongbao needs 3.11 or newer. Name one: make PYTHON=python3.12 …" >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then # Debian splits these off
  "$(dirname "${BASH_SOURCE[0]}")/apt_install.sh" python3-venv
fi

[ -x "$venv/bin/pip" ] || "$python" -m venv --clear "$venv"
pip=("$venv/bin/python" -m pip --disable-pip-version-check --quiet install --constraint constraints.txt)
echo "Installing the dependencies into $venv …" >&2
"${pip[@]}" hatchling editables # the build tools, pinned as well
"${pip[@]}" --no-build-isolation --editable '.[dev]'
