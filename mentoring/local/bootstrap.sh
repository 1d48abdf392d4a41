#!/bin/sh
# Make .venv from the hashed lock, with a uv of our own. Nothing outside the checkout changes.
set -eu

say() { printf '  %s\n' "$1"; }
fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

# step "done words" command…: run quietly, then say how long it took; show its words if it fails.
step() {
    words=$1
    shift
    began=$(date +%s)
    if ! output=$("$@" 2>&1); then
        printf '%s\n' "$output" >&2
        return 1
    fi
    printf '  ✓ %-46s%6d.0 s\n' "$words" "$(($(date +%s) - began))"
}

make_boot() {
    rm -rf .boot
    python3 -m venv .boot && .boot/bin/python -m pip install --quiet uv
}

make_venv() {
    wanted=$(cat .python-version)
    .boot/bin/uv venv --quiet --clear --no-project --python "$wanted" .venv 2>/dev/null ||
        .boot/bin/uv venv --quiet --clear --no-project --python '>=3.12' .venv
}

has_good_venv() {
    [ -x .venv/bin/python ] &&
        .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null
}

# What WeasyPrint makes PDFs with; the Dockerfile has the same list.
LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

can_make_pdfs() {
    .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1
}

get_libraries() {
    # shellcheck disable=SC2086  the list is meant to split
    sh "${0%/*}/system.sh" $LIBRARIES && can_make_pdfs
}

export UV_PYTHON_DOWNLOADS="${UV_PYTHON_DOWNLOADS:-never}"

if ! { [ -x .boot/bin/uv ] && .boot/bin/uv --version >/dev/null 2>&1; }; then
    command -v python3 >/dev/null 2>&1 ||
        fail "There is no python3: install Python 3.12 or newer, then run this again."
    say "Fetching uv …"
    step "uv ready" make_boot ||
        fail "python3 could not make a virtual environment with uv in it (on Debian: apt-get install python3-venv), see above."
fi
[ "${1:-}" != "--only-uv" ] || exit 0
if ! has_good_venv; then
    step "Virtual environment ready" make_venv ||
        fail "uv found no Python 3.12 or newer: install one, or let uv fetch one with “UV_PYTHON_DOWNLOADS=automatic make install”."
fi
say "Installing packages …"
step "Packages installed" .boot/bin/uv pip sync --quiet --require-hashes --python .venv requirements.lock ||
    fail "The packages of requirements.lock could not be installed, see above."
can_make_pdfs || get_libraries ||
    fail "PDFs need Pango, which could not be installed, see above. On Debian: apt-get install $LIBRARIES; on macOS: brew install pango."
touch .venv/.installed
