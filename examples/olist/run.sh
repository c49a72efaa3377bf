#!/bin/sh
# From Olist's files to a report. Usage: run.sh DATA [WORKSPACE]   (DATA: the folder with the csv or csv.gz files)
set -eu
here=$(dirname "$0")
data=$1
work=${2:-olist}

mkdir -p "$work"
cp "$here/blueprint.yaml" "$work/"
python "$here/../prepare.py" "$here/prepare.sql" "$data" "$work"

troth -C "$work" import orders="$work/orders.csv" reviews="$(ls "$data"/order_reviews.csv*)"
troth -C "$work" summary --at 2018-03-31
troth -C "$work" moments --at 2018-03-31
troth -C "$work" outcome
troth -C "$work" report --at 2018-03-31
