"""The browser side: `entry` is what worker.js calls; `page/` is what the page thread runs."""
