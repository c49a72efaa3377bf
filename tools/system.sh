#!/bin/sh
# Finds what some tests need beyond Python, or installs it from Debian; says which tests are left out otherwise.
set -eu
. "$(dirname "$0")/debian.sh"

chromium() {
    [ -x "${TROTH_CHROMIUM:-}" ] && return
    command -v chromium-headless-shell || command -v chromium || command -v google-chrome
}

postgres() {
    [ -x "${TROTH_POSTGRES:-}/initdb" ] && return
    command -v initdb || ls /usr/lib/postgresql/*/bin/initdb
}

# need NAME FINDER TESTS PACKAGE
need() {
    if $2 >/dev/null 2>&1; then return; fi
    if install_packages "$4" && $2 >/dev/null 2>&1; then return; fi
    echo "$1 is missing, so $3 are left out: $reason"
}

need Chromium chromium "the tests that look at pages in a browser" chromium
need PostgreSQL postgres "the tests that run the statements on PostgreSQL" postgresql
