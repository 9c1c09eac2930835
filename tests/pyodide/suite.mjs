/** Runs the agent's tests in Pyodide and writes what came of them to standard output as JSON. */
import { writeFileSync } from "node:fs";
import { boot, job } from "./booting.mjs";

const python = await boot();
const { run_tests } = python.pyimport("tests.pyodide.inside");
writeFileSync(1, run_tests(JSON.stringify(job.task)));
process.exit(0);
