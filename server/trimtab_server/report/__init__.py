"""`trimtab report`: what the dashboard shows, for a terminal or for another program.

Reading order: tables (text in columns), telling (a page of the dashboard as text), figures (its numbers as JSON),
command.
"""
