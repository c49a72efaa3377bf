#!/bin/sh
# From the complaint database to a report. Usage: run.sh DATA [WORKSPACE]   (DATA: the folder with complaints_disputed.csv)
set -eu
here=$(dirname "$0")
data=$1
work=${2:-bank-complaints}

mkdir -p "$work"
cp "$here/blueprint.yaml" "$work/"
python "$here/../prepare.py" "$here/prepare.sql" "$data" "$work"

troth -C "$work" import complaints="$work/complaints.csv"
troth -C "$work" summary
troth -C "$work" moments
troth -C "$work" outcome
troth -C "$work" report
