"""The commands that the bundler brings: a module each, with SUMMARY, configure and run."""
