#!/bin/sh
# Install Debian packages that are missing: system.sh PACKAGE…
# A package counts as present when its command is on the path.
set -eu

missing=""
for package in "$@"; do
    case $package in
        chromium) commands="${CHROMIUM:-chromium} chromium chromium-browser google-chrome google-chrome-stable" ;;
        *-*) commands="" ;;
        *) commands=$package ;;
    esac
    found=""
    for name in $commands; do
        if command -v "$name" >/dev/null 2>&1; then found=$name; fi
    done
    [ -n "$found" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

command -v apt-get >/dev/null 2>&1 || {
    echo "These programs are missing and there is no apt-get to install them:$missing" >&2
    exit 1
}
as_root=""
if [ "$(id -u)" != 0 ]; then as_root="sudo"; fi
echo "  Installing$missing …"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get -qq update
# shellcheck disable=SC2086  the list is meant to split
$as_root apt-get -qq install --yes --no-install-recommends $missing >/dev/null
