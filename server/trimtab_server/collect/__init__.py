"""Taking reports from strangers: bounded reading, checking, counting once.

Nothing of the sender is looked at: no address, no header but the body's length, no clock beyond the day.
Reading order: failures (the one error shape), body, checks, endpoint.
"""
