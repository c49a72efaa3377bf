"""A web shop seen by a wary customer.

    browser ──▶ artifacts ──▶ facts ──▶ verdicts ──▶ score

A browser visits the shop and gatherers bring plain data home (`browser`, `gather`, `artifacts`); facts are
derived from them (`facts`); rules, one a file, judge the facts they declare (`rules`, `judging`). Only the
first arrow needs a browser or a network.
"""
