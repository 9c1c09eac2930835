"""Do the analysis' promises hold? Simulated experiments by the thousand, whose truth is known.

Reading order: arrays (the server's intervals for many experiments at once), worlds (who comes and what is told), rates
(how often a promise is kept), tables (what server/PROMISES.md shows).
"""
