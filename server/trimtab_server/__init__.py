"""trimtab's server: collects noised reports, keeps their sums, says what they tell, and serves packs.

Reading order: app (the whole wiring), settings, packs, collect, store, analyse, dashboard, command.
"""
