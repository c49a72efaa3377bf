#!/bin/sh
# From the incident event log to a report. Usage: run.sh DATA [WORKSPACE]   (DATA: the folder with incident_event_log.csv)
set -eu
here=$(dirname "$0")
data=$1
work=${2:-service-desk}

mkdir -p "$work"
cp "$here/blueprint.yaml" "$work/"

troth -C "$work" import incidents="$(ls "$data"/incident_event_log.csv*)"
troth -C "$work" summary --at 2016-05-31
troth -C "$work" moments --at 2016-05-31
troth -C "$work" outcome
troth -C "$work" report --at 2016-05-31
