"""Serving what `trimtab build` wrote: the files that a manifest lists, and no others.

Reading order: manifest (what a pack says of itself), shelf (all packs, noticing rebuilds), encodings, endpoint.
"""
