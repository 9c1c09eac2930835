"""From counts of noised answers to what can be said about visitors. Pure functions: no store, no clock, no web.

Reading order: intervals (what a share of n reports tells), quantities (the noise taken out again), estimates, means,
boundary (looking every day), differences (two arms) with beliefs, returning and fakes beside, many (all comparisons
together), results (one question of one policy, whole), arrivals (whether the arms' numbers can be trusted).
"""
