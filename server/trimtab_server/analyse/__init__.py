"""From counts of noised answers to what can be said about visitors. Pure functions: no store, no clock, no web.

Reading order: intervals (what a share of n reports tells), estimates (the noise taken out again),
differences (two arms), results (one question of one policy, whole).
"""
