"""Packs a site for the browser, and brings the `trimtab` command.

Reading order: `pack` (the flow of a build, one line a part), then the part that you care about: `site` (what a site
says), `npm` (what is gathered), `wheels` and `bytecode` (Python for the browser), `stdlib` and `probe` (what of the
standard library is needed), `tag` (the script), `names` and `compress` (what a file is called and weighs), `publish`
(how OUT is written). `cli` finds its commands by entry points.
"""
