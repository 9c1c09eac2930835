"""What visitors move the page with, and the time their eyes take: each with its numbers and where these come from."""
