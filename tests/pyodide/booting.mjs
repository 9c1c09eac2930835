/**
 * Boots Pyodide in Node, with folders of this machine where Python looks for modules. Standard input: a `Job`.
 *
 * @typedef {object} Job
 * @property {string} runtime folder with the files of Pyodide
 * @property {Record<string, string>} mounts a folder of this machine for each one that Python sees
 * @property {string[]} path what is appended to sys.path
 * @property {unknown} task what the script is to do
 */
import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** @type {Job} */
export const job = JSON.parse(readFileSync(0, "utf-8"));

/** @returns {Promise<any>} Pyodide */
export async function boot() {
  const { loadPyodide } = await import(pathToFileURL(join(job.runtime, "pyodide.mjs")).href);
  const python = await loadPyodide({
    indexURL: job.runtime + sep,
    stdout: (/** @type {string} */ line) => console.error(line), // standard output is the answer's
    env: { HOME: "/home", PYTEST_DISABLE_PLUGIN_AUTOLOAD: "1", PYTHONDONTWRITEBYTECODE: "1" },
  });
  for (const [place, root] of Object.entries(job.mounts)) {
    python.FS.mkdirTree(place);
    python.FS.mount(python.FS.filesystems.NODEFS, { root }, place);
  }
  for (const place of job.path) python.pyimport("sys").path.append(place);
  return python;
}
