"""The ledger: rules turn records into experiences, experiences are evidence, evidence reads out as trust."""
