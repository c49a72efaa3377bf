"""Rules as data: weights, words, sources and hosts, in YAML beside this file."""
