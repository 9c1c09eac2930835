"""Visitors off the device: recorded traces, replayed through the same pipeline. Never packed for a browser."""
