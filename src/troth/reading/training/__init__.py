"""A model of one's own texts, learnt from labels: logistic regression on what the lexica find and on letters.

labels ──▶ features ──▶ fitted ──▶ hold-out report ──▶ (accepted by a person) ──▶ a reviser of readings
"""
