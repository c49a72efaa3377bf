#!/bin/sh
# Finds what some tests need beyond Python, or installs it from Debian; says which tests are left out otherwise.
set -eu
. "$(dirname "$0")/debian.sh"

find_chromium() {
    [ -x "${TROTH_CHROMIUM:-}" ] && return
    command -v chromium-headless-shell || command -v chromium || command -v google-chrome
}

find_postgres() {
    [ -x "${TROTH_POSTGRES:-}/initdb" ] && return
    command -v initdb || ls /usr/lib/postgresql/*/bin/initdb
}

# Playwright's driver needs it, and a minimal Debian has none.
find_libatomic() {
    [ "$(uname)" != Linux ] || ldconfig -p | grep -F libatomic.so.1
}

# need NAME FINDER TESTS PACKAGE
need() {
    if $2 >/dev/null 2>&1; then return; fi
    if install_packages "$4" && $2 >/dev/null 2>&1; then return; fi
    echo "$1 is missing, so $3 are left out: $reason"
}

need Chromium find_chromium "the tests that look at pages in a browser" chromium-headless-shell
need libatomic find_libatomic "the tests that look at pages in a browser" libatomic1
need PostgreSQL find_postgres "the tests that run the statements on PostgreSQL" postgresql
