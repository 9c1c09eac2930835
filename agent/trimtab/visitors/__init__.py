"""Visitors off the device: recorded and made-up ones, as traces, and their replay. Never packed for a browser."""
