"""What breaks on a real page, and what goes on all the same."""
