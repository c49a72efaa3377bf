#!/bin/sh
# venv.sh PYTHON FOLDER: makes a virtual environment, with Debian's python3-venv where that is missing.
set -eu
. "$(dirname "$0")/debian.sh"
python=$1
folder=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Troth needs Python 3.11 or newer, and '$python' is not. Name one: make PYTHON=/path/to/python3.12 ..." >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    install_packages "python$version-venv" || {
        echo "'$python' cannot make a virtual environment, its ensurepip is missing: $reason" >&2
        exit 1
    }
fi
"$python" -m venv --clear "$folder"
