"""The browser side: `entry` is the only Python that imports `js` or `pyodide`; `worker.js` and `page/` are its peers."""
