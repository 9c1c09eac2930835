/**
 * A worker that runs units of a test suite in one runtime: all that a suite needs is woken with it, or started anew.
 * What it is asked with is a `Job` first, then one `Unit` after the other. A runtime that traps answers no more.
 *
 * @typedef {object} Job
 * @property {string} base where the pack lies
 * @property {import("../../agent/trimtab/browser/page/messages.js").Woken} [lean]
 * @property {{stdlib: string, path: string[]}} [stock]
 * @property {[string, number][]} files path and size of each file that Python finds; modules first, from "/" on
 * @property {string} runner the module with `list_units` and `run`
 * @property {unknown} asked what `list_units` is asked with
 * @property {boolean} [whole] a unit that traps is not run again test by test
 *
 * @typedef {[string, string[]]} Unit its name, and the tests of it that are to be run
 */
import { read, wakeUnit } from "./waking.js";

/** @type {any} */
let runner = null;

self.onmessage = async ({ data }) => {
  try {
    if (runner) {
      const outcomes = JSON.parse(runner.run(JSON.stringify(data)));
      self.postMessage({ outcomes });
    } else {
      runner = await begin(data);
      self.postMessage({ units: JSON.parse(runner.list_units(JSON.stringify(data.asked))) });
    }
  } catch (error) {
    self.postMessage({ trapped: String(error instanceof Error ? (error.stack ?? error.message) : error) });
  }
};

/** @param {Job} job */
async function begin(job) {
  const base = new URL(job.base, self.location.href).href;
  const content = await read(`${base}files`);
  const python = await (job.lean ? wakeUnit(base, job.lean) : startStock(base, job));
  let from = 0;
  for (const [path, size] of job.files) {
    // What is not a module lies where the runner thinks that it is itself: where that was while the images were made.
    const place = path.startsWith("/") ? path : `${parent(python.pyimport(job.runner).__file__)}/${path}`;
    python.FS.mkdirTree(parent(place));
    python.FS.writeFile(place, content.subarray(from, (from += size)));
  }
  return python.pyimport(job.runner);
}

const parent = (/** @type {string} */ path) => path.slice(0, path.lastIndexOf("/"));

/** @param {string} base @param {Job} job @returns {Promise<any>} */
async function startStock(base, { stock }) {
  const { loadPyodide } = await import(`${base}pyodide.mjs`);
  const python = await loadPyodide({
    indexURL: base,
    stdLibURL: base + stock?.stdlib,
    lockFileContents: { info: { abi_version: "2025_0" }, packages: {} },
    stdout: () => {},
    stderr: () => {},
  });
  for (const place of stock?.path ?? []) python.pyimport("sys").path.append(place);
  return python;
}
