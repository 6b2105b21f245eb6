#!/usr/bin/env bash
# Install Tesseract, its Vietnamese models and poppler where they are missing. Says and does nothing where all is there.
set -euo pipefail

packages=()
command -v tesseract >/dev/null || packages+=(tesseract-ocr)
languages=$(tesseract --list-langs 2>/dev/null || true)
grep -qx 'vie' <<<"$languages" || packages+=(tesseract-ocr-vie)
grep -qxE '(script/)?Vietnamese' <<<"$languages" || packages+=(tesseract-ocr-script-viet)
command -v pdftoppm >/dev/null || packages+=(poppler-utils)
[ ${#packages[@]} -gt 0 ] || exit 0

echo "Missing on this machine: ${packages[*]}" >&2
exec "$(dirname "${BASH_SOURCE[0]}")/apt_install.sh" "${packages[@]}"
