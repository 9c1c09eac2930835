"""Counts of reports, kept in one SQLite file. Nothing about who, from where, or at what time of day.

Reading order: schema (the tables), writer (the one thread that writes), policies, counting, keeping (what others use).
"""
