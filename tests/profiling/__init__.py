"""Which functions of Pyodide's WebAssembly a large fixed workload needs: recorded, and proved not to be circular."""
