"""The page a site owner looks at. What it says is made in Python and can be tested; the templates only place it.

Reading order: words (numbers as text), bars (numbers as lengths), units (both in percent, or in seconds),
numbers, maps, contrasts, views, balance and timeline (the page's parts),
headline (the one sentence), page (the parts together), endpoint.
"""
