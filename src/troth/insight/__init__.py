"""What the evidence means: company index, critical moments, touchpoints, segments, outcomes, data quality.

One question a file. Each has the frozen dataclasses of its answer (which the report's JSON twin carries
as they are), pure functions on arrays, and one function that asks the ledger.

Units, everywhere in this room: a trust figure is in **points**, 0 to 100, 50 is neutral (model: G and T
times 100); evidence, balance and owed are counted in ordinary good experiences; shares and the
uncertainty mass are 0 to 1.
"""
