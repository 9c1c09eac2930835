/**
 * Starts Pyodide in Node and writes where C defines what has a documentation text, as JSON (`runtime/texts.py`).
 * Standard input: a `Job`.
 *
 * @typedef {object} Job
 * @property {string} pyodide  folder with Pyodide
 * @property {string} defining path of defining.py
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The word of an object that points to its definition; a static type is its own.
 * @type {Record<string, number>}
 */
const DEFINED = { function: 2, method: 5, getset: 5, member: 5, wrapper: 5, module: 3 };
/** In a type the words that point to its name and to its text. */
const NAME = 3;
const TEXT = 22;
/** A type that a module makes when it is set up: it has its name and text itself. */
const MADE = "made type";

/** @type {Job} */
const job = JSON.parse(readFileSync(0, "utf-8"));
const { loadPyodide } = await import(pathToFileURL(join(job.pyodide, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: job.pyodide + sep, stdout: () => {}, stderr: () => {} });
python.runPython(readFileSync(job.defining, "utf-8"));
/** @type {[string, number, string][]} */
const things = JSON.parse(python.runPython("import json; json.dumps(list(things()))"));
const { HEAPU8, HEAPU32 } = python._module;
const defined = things.filter(([kind]) => kind !== MADE);
const made = things.filter(([kind]) => kind === MADE);
const definitions = {
  defined: defined.map(([kind, address, name]) => [kind, placeOf(kind, address), name]),
  made: made.map(([, address]) => [NAME, TEXT].map((word) => textAt(HEAPU32[(address >> 2) + word]))),
};
writeFileSync(1, JSON.stringify(definitions));
process.exit(0);

/** @param {string} kind @param {number} address of the object */
function placeOf(kind, address) {
  const word = DEFINED[kind];
  return word === undefined ? address : HEAPU32[(address >> 2) + word];
}

/** @param {number} place @returns {string} a text of C, a character a byte; empty if there is none */
function textAt(place) {
  return place ? Buffer.from(HEAPU8.subarray(place, HEAPU8.indexOf(0, place))).toString("latin1") : "";
}
