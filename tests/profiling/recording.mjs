/**
 * Runs units of a suite of `tests/python` in a light runtime that tells which functions were entered; in Node. Standard
 * input: a `Job`. Standard output: a line of JSON for each unit, [name, functions]; the first is for waking and loading.
 *
 * @typedef {import("../../bundler/trimtab_bundler/node/watching.mjs").Watched & {
 *   files: string, index: [string, number][], runner: string, asked: unknown, done: string[],
 * }} Job `files`: path of the suite's files, one after the other; `done`: units that are not to be run again.
 */
import { readFileSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** @type {Job & {watching: string}} */
const job = JSON.parse(readFileSync(0, "utf-8"));
const { wakeWatched } = await import(pathToFileURL(job.watching).href);
const { python, entered } = await wakeWatched(job);
const content = readFileSync(job.files);
const parent = (/** @type {string} */ path) => path.slice(0, path.lastIndexOf("/"));
let from = 0;
for (const [path, size] of job.index) {
  const place = path.startsWith("/") ? path : `${parent(python.pyimport(job.runner).__file__)}/${path}`;
  python.FS.mkdirTree(parent(place));
  python.FS.writeFile(place, content.subarray(from, (from += size)));
}
const runner = python.pyimport(job.runner);
const units = JSON.parse(runner.list_units(JSON.stringify(job.asked)));
tell("waking and loading");
for (const unit of units) {
  if (job.done.includes(unit[0])) continue;
  writeSync(2, `\n>${unit[0]}\n`); // the last one, if this process does not survive it
  runner.run(JSON.stringify(unit));
  tell(unit[0]);
}
process.exit(0);

/** @param {string} name */
function tell(name) {
  writeSync(1, `${JSON.stringify([name, entered().split(" ").map(Number)])}\n`);
}
