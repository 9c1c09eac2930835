"""The same everywhere: what CPython decides about a visit, and what Pyodide in a browser decides about it."""
