"""What 598 real readers do to the decision core. README.md has the table; `python -m tests.reading` renews it."""
