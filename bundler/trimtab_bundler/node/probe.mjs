/**
 * Boots Pyodide in Node the way the worker does in a browser, runs a short visit through the core and the policy,
 * and writes what happened to standard output as JSON. Standard input: a `Job`.
 *
 * @typedef {object} Job
 * @property {string} runtime  folder with the files of Pyodide
 * @property {string} stdlib   path of the standard library's zip
 * @property {string[]} wheels paths of the wheels, in the order of the pack
 * @property {string | null} exercise path of exercise.py; null: the visit alone, where Python may not be whole
 * @property {string} probing the source of trimtab.probing, which is in no pack
 * @property {[string, string[]][]} imports what to import: module and names
 * @property {object} config   the tag's configuration
 * @property {number[][]} rows one batch of a visit, rows of six numbers
 * @property {[number, string][]} names the names that the rows give by number
 * @property {Lean | null} lean   a lean runtime instead: nothing is started, and there are no files
 *
 * @typedef {object} Lean
 * @property {string} engine folder of the engine
 * @property {string} wake   path of worker/wake.js
 * @property {string} module path of the WebAssembly
 * @property {string[]} images paths
 * @property {number} pages
 * @property {number} slots
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** Consent to everything, so that every part of the core is run. */
const CONSENT = { observe: true, adapt: true, remember: true, share: true };
const SEED = "00112233445566778899aabbccddeeff";
const NOTHING = { failed: [], modules: [], packed: [], data: [], frozen: [], built_in: [], missing: [] };

/** @type {Job} */
const job = JSON.parse(readFileSync(0, "utf-8"));
const python = job.lean ? await wakeLean(job.lean) : await startPyodide();
writeFileSync(1, JSON.stringify(job.exercise ? tryAll(job.exercise) : { ...NOTHING, error: attempt(visit) }));
process.exit(0);

/** @param {string} path */
function tryAll(path) {
  const exercise = mountExercise(path);
  if (!job.lean) mountWheels(job.wheels);
  const failed = JSON.parse(exercise.try_imports(JSON.stringify(job.imports)));
  const error = attempt(visit) || attempt(() => exercise.try_rules(job.probing));
  exercise.format_traceback();
  return {
    failed,
    error,
    modules: job.lean ? [] : JSON.parse(exercise.list_modules(stdlibPath())),
    packed: job.lean ? [] : job.wheels.flatMap((path) => JSON.parse(exercise.list_modules(mounted(path)))),
    data: JSON.parse(exercise.list_data()),
    frozen: JSON.parse(exercise.list_frozen()),
    built_in: JSON.parse(exercise.list_built_in()),
    missing: JSON.parse(exercise.list_missing()),
  };
}

async function startPyodide() {
  const { loadPyodide } = await import(pathToFileURL(join(job.runtime, "pyodide.mjs")).href);
  return loadPyodide({
    indexURL: job.runtime + sep,
    stdLibURL: job.stdlib,
    lockFileContents: { info: lockInfo(), packages: {} },
    stdout: ignore, // standard output is the answer's
    stderr: ignore,
  });
}

/** @param {Lean} lean */
async function wakeLean({ engine, wake: script, module: wasm, images: paths, pages, slots }) {
  const { wake } = await import(pathToFileURL(script).href);
  // What Pyodide's script asks for in Node.
  Object.assign(globalThis, { require: createRequire(import.meta.url), __dirname: engine });
  const { create } = await import(pathToFileURL(join(engine, "lean.mjs")).href);
  const module = new WebAssembly.Module(readFileSync(wasm));
  const images = paths.map((path) => new Uint8Array(readFileSync(path)));
  const woken = await wake({ create, module, images, pages, slots });
  woken.pyimport("trimtab.browser.waking").wake();
  return woken;
}

/** The part of the lock file that the loader reads; of its packages a pack has none. */
function lockInfo() {
  return JSON.parse(readFileSync(join(job.runtime, "pyodide-lock.json"), "utf-8")).info;
}

/** Where Pyodide has put the standard library: "/lib/python313.zip" for Python 3.13. */
function stdlibPath() {
  const [major, minor] = python.pyimport("sys").version_info;
  return `/lib/python${major}${minor}.zip`;
}

/** As a module without a file: a traceback that finds lines to show asks for more of the library. @param {string} path */
function mountExercise(path) {
  python.FS.writeFile("/tmp/exercise.py", readFileSync(path));
  const [failed, why] = python._api.rawRun(`import sys; exercise = type(sys)("exercise")
sys.modules["exercise"] = exercise
exec(compile(open("/tmp/exercise.py").read(), "exercise", "exec"), exercise.__dict__)`);
  if (failed) throw new Error(why);
  return python.pyimport("exercise");
}

/** @param {string[]} wheels */
function mountWheels(wheels) {
  const path = python.pyimport("sys").path;
  python.FS.mkdirTree("/wheels");
  for (const wheel of wheels) {
    python.FS.writeFile(mounted(wheel), readFileSync(wheel));
    path.append(mounted(wheel));
  }
}

/** Where Python finds it. @param {string} wheel */
function mounted(wheel) {
  return `/wheels/${basename(wheel)}`;
}

/** A visit in small: start, names, the day's question, one batch, a timer. Python's None is undefined here, not null. */
function visit() {
  const entry = python.pyimport("trimtab.browser.entry");
  const options = { consent: CONSENT, seed: SEED, arm: null, day: 20000 };
  entry.start(JSON.stringify(job.config), JSON.stringify(options));
  entry.names(JSON.stringify(job.names));
  if (job.config.declaration.questions.length) entry.share(JSON.stringify(ticketOf(job.config.declaration)), 0);
  const now_ms = Math.max(0, ...job.rows.map((row) => row[1]));
  entry.step(new Float64Array(job.rows.flat()).buffer, now_ms);
  entry.step(undefined, now_ms + 60_000);
  entry.consent(JSON.stringify(CONSENT), 0);
}

/** @param {any} declaration */
function ticketOf({ arms, questions: [{ width }] }) {
  const offsets = Array.from({ length: width }, (_, offset) => offset);
  return { id: "00".repeat(16), day: 20000, question: 0, experiment: arms.at(-1).experiment, offsets };
}

/**
 * @param {() => void} action
 * @returns {string} what it threw, with its traceback; empty if it did not
 */
function attempt(action) {
  try {
    action();
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function ignore() {}
