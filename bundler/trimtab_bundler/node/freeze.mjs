/**
 * Makes the images of a lean runtime's memory in Node. Standard input: a `Job`; standard output: what came of it, as JSON.
 *
 * Without `base` it starts Pyodide by its own loader and imports the library and the core. With it, Python is woken from
 * that image as a browser does it, and the policy is imported: the image then has only what that changed.
 *
 * @typedef {object} Job
 * @property {string} pyodide  folder with Pyodide's own loader
 * @property {string} engine   folder of the engine
 * @property {string} wake     path of worker/wake.js
 * @property {string} freezing path of freezing.py
 * @property {string[]} parts  paths: the library's zip and the wheels, imported whole; or the policy's .pyc, for a `base`
 * @property {{image: string, pages: number, slots: number} | null} base
 * @property {string} out      path of the image to write
 */
import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { basename, dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const PAGE_BYTES = 65_536;
/** Unequal words with so few equal ones between them are one run: a run costs two, and compresses worse. */
const GAP_WORDS = 8;
/** Addresses of tables of frozen modules. An entry: where name and code are, the code's size, whether it is a package. */
const FROZEN = ["__PyImport_FrozenBootstrap", "__PyImport_FrozenStdlib", "__PyImport_FrozenTest"];
const FROZEN_WORDS = 4;
/** In a PyModuleDef the type, which is not set before its module is loaded. */
const TYPE_WORD = 1;
/** An entry of the table of modules in C: where the name is, and the function that loads it. */
const ENTRY_WORDS = 2;
/** Longer is none of the tables that Python's state refers to. */
const MOST_ENTRIES = 1000;
/** The largest block that is asked for to find free memory, and the smallest that the allocator has. */
const LARGEST_BYTES = 1 << 20;
const SMALLEST_BYTES = 8;

/** @type {Job} */
const job = JSON.parse(readFileSync(0, "utf-8"));
stopTheWorld();
const answer = job.base ? await addPolicy(job.base) : await startPython();
writeFileSync(1, JSON.stringify(answer));
process.exit(0);

/** The same time and the same "chance" in every making; what a visitor draws is drawn after waking. */
function stopTheWorld() {
  const At = Date;
  const still = Date.UTC(2020, 0, 1);
  globalThis.Date = class extends At {
    /** @param {any[]} given */
    constructor(...given) {
      super(...(given.length ? given : [still]));
    }
    static now() {
      return still;
    }
  };
  performance.now = () => 0;
  /** @param {any} view */
  crypto.randomFillSync = (view) => view.fill(0);
  syncBuiltinESMExports();
  // What Pyodide's script asks for in Node.
  Object.assign(globalThis, { require: createRequire(import.meta.url), __dirname: dirname(fileURLToPath(import.meta.url)) });
}

async function startPython() {
  const { loadPyodide } = await import(pathToFileURL(join(job.pyodide, "pyodide.mjs")).href);
  const python = await loadPyodide({
    indexURL: join(job.engine, "whole") + sep,
    stdLibURL: job.parts[0],
    lockFileContents: { info: lockInfo(), packages: {} },
    env: { HOME: "/", PYTHONHASHSEED: "0", PYTHONDONTWRITEBYTECODE: "1" },
    _sysExecutable: "python",
    args: [],
    stdout: () => {}, // standard output is the answer's
    stderr: () => {},
  });
  const [major, minor] = python.pyimport("sys").version_info;
  const archives = [`/lib/python${major}${minor}.zip`, ...job.parts.slice(1).map((path) => give(python, path))];
  const failed = freeze(python, `freezing.preload(${JSON.stringify(archives)})`, () => dropTables(python._module));
  dropFrozen(python._module);
  return { failed, missing: [], ...save(python, new Uint8Array(python._module.HEAPU8.length)) };
}

/** @param {{image: string, pages: number, slots: number}} base */
async function addPolicy({ image, pages, slots }) {
  const { wake, fill } = await import(pathToFileURL(job.wake).href);
  const { create } = await import(pathToFileURL(join(job.engine, "lean.mjs")).href);
  const module = new WebAssembly.Module(readFileSync(join(job.engine, "lean.wasm")));
  const images = [new Uint8Array(readFileSync(image))];
  const python = await wake({ create, module, images, pages, slots });
  const release = fillHoles(python._module); // what the policy brings then lies together
  const told = freeze(python, `freezing.import_policy(${JSON.stringify(give(python, job.parts[0]))})`);
  release();
  const before = new WebAssembly.Memory({ initial: python._module.HEAPU8.length / PAGE_BYTES });
  fill(before, images);
  return { ...JSON.parse(told), ...save(python, new Uint8Array(before.buffer)) };
}

/** The part of the lock file that the loader reads; of its packages a pack has none. */
function lockInfo() {
  return JSON.parse(readFileSync(join(job.pyodide, "pyodide-lock.json"), "utf-8")).info;
}

/**
 * A file of this machine for Python.
 * @param {any} python @param {string} path
 * @returns {string} where Python finds it
 */
function give({ FS }, path) {
  FS.mkdirTree("/making");
  FS.writeFile(`/making/${basename(path)}`, readFileSync(path));
  return `/making/${basename(path)}`;
}

/**
 * Imports what there is to import, and settles.
 * @param {any} python @param {string} importing
 * @param {() => string[]} [leaveOut] takes away modules that can be imported no more
 * @returns {string} what importing told
 */
function freeze(python, importing, leaveOut = () => []) {
  const run = (/** @type {string} */ source) => {
    const [failed, why] = python._api.rawRun(source);
    if (failed) throw new Error(why.trim().split("\n").at(-1));
  };
  // Whoever imports modules from folders is not there any more in a woken Python.
  run(`import sys; freezing = type(sys)("freezing"); sys.modules["freezing"] = freezing
exec(compile(open(${JSON.stringify(give(python, job.freezing))}).read(), "freezing", "exec"), freezing.__dict__)`);
  if (job.base) run("freezing.watch_chance()");
  run(`told = ${importing}`);
  const main = python.pyimport("__main__");
  const { told } = main;
  main.destroy();
  if (!job.base) run("freezing.watch_chance()");
  run(`freezing.settle(${JSON.stringify(leaveOut())}); del freezing, told, sys`);
  run("import gc; gc.collect(); del gc");
  return told;
}

/**
 * Takes away the byte code that is built into Python: what is imported of it has been, and this is what it was made
 * from. The tables are left empty, so that nothing else is found in them.
 * @param {any} runtime
 */
function dropFrozen(runtime) {
  for (const table of FROZEN) {
    const { [table]: address, HEAPU8, HEAPU32 } = runtime;
    if (!address) throw new Error(`there is no ${table}; another Pyodide?`);
    for (let entry = HEAPU32[address >> 2] >> 2; HEAPU32[entry]; entry += FROZEN_WORDS) {
      const [, code, size] = HEAPU32.subarray(entry, entry + FROZEN_WORDS);
      HEAPU8.fill(0, code, code + size);
      HEAPU32.fill(0, entry, entry + FROZEN_WORDS);
    }
  }
}

/**
 * Takes away the tables of modules that are not loaded, and those modules with them: nobody else reads the tables
 * (`runtime/tables.py`).
 * @param {any} runtime
 * @returns {string[]} the modules
 */
function dropTables(runtime) {
  const { HEAPU8, HEAPU32 } = runtime;
  /** @type {{module: string, definition: number, ranges: [number, number][]}[]} */
  const all = JSON.parse(readFileSync(join(job.engine, "tables.json"), "utf-8"));
  const left = all.filter(({ definition }) => !HEAPU32[(definition >> 2) + TYPE_WORD]);
  const names = left.map(({ module }) => module);
  const entries = entriesOf(runtime, all[0].module);
  const kept = entries.filter((entry) => !names.includes(textAt(HEAPU8, HEAPU32[entry])));
  const contents = kept.flatMap((entry) => [...HEAPU32.subarray(entry, entry + ENTRY_WORDS)]);
  if (entries.length - kept.length !== left.length) throw new Error("modules are not where they are looked for");
  HEAPU32.fill(0, entries[0], entries[0] + ENTRY_WORDS * entries.length);
  HEAPU32.set(contents, entries[0]);
  for (const [begin, end] of left.flatMap(({ ranges }) => ranges)) HEAPU8.fill(0, begin, end);
  return names;
}

/**
 * The entries of the table in which Python looks for modules in C, by one that it has: its state refers to it.
 * @param {any} runtime @param {string} known
 * @returns {number[]} their words
 */
function entriesOf({ HEAPU8, HEAPU32, __PyRuntime }, known) {
  for (let word = __PyRuntime >> 2; word < HEAPU32.length; word += 1) {
    const entries = [];
    for (let entry = HEAPU32[word] >> 2; HEAPU32[entry] && entries.length < MOST_ENTRIES; entry += ENTRY_WORDS) {
      entries.push(entry);
    }
    if (entries.some((entry) => textAt(HEAPU8, HEAPU32[entry]) === known)) return entries;
  }
  throw new Error(`there is no table with ${known}; another Pyodide?`);
}

/** @param {Uint8Array} memory @param {number} place @returns {string} as far as it is a name */
function textAt(memory, place) {
  let end = place;
  while (/\w/.test(String.fromCharCode(memory[end] ?? 0))) end += 1;
  return String.fromCharCode(...memory.subarray(place, end));
}

/**
 * Writes what differs from the memory `before`.
 * @param {any} python @param {Uint8Array} before
 */
function save(python, before) {
  const runtime = python._module;
  const { serializeHiwireState } = python._api;
  python._api.getExpectedKeys = () => [];
  const { hiwireKeys, immortalKeys } = serializeHiwireState();
  if (hiwireKeys.some(Boolean) || immortalKeys.length) throw new Error("the memory refers to things of JavaScript");
  clear(runtime);
  const image = difference(new Uint32Array(before.buffer), runtime.HEAPU32);
  writeFileSync(job.out, image);
  return { pages: runtime.HEAPU8.length / PAGE_BYTES, slots: hiwireKeys.length };
}

/**
 * Zeros where nothing is: free memory, and the stack below its end.
 * @param {any} runtime
 */
function clear(runtime) {
  const { emscripten_stack_get_current, emscripten_stack_get_end } = runtime.wasmExports;
  fillHoles(runtime)();
  runtime.HEAPU8.fill(0, emscripten_stack_get_end(), emscripten_stack_get_current());
}

/**
 * Takes all free memory, with zeros in it.
 * @param {any} runtime
 * @returns {() => void} gives it back
 */
function fillHoles(runtime) {
  const { malloc, free, sbrk } = runtime.wasmExports;
  /** @type {number[]} */
  const taken = [];
  let top = sbrk(0);
  for (let size = LARGEST_BYTES; size >= SMALLEST_BYTES; size >>= 1) {
    for (;;) {
      const place = malloc(size);
      if (sbrk(0) !== top) {
        free(place); // no free block was as large, and there is one more now
        top = sbrk(0);
        break;
      }
      runtime.HEAPU8.fill(0, place, place + size);
      taken.push(place);
    }
  }
  return () => {
    for (const place of taken.reverse()) free(place);
  };
}

/**
 * An image as worker/wake.js reads it.
 * @param {Uint32Array} before @param {Uint32Array} after
 */
function difference(before, after) {
  /** @type {[number, number][]} */
  const runs = [];
  let begin = -1;
  let last = -1;
  for (let word = 0; word < after.length; word += 1) {
    if (after[word] === before[word]) continue;
    if (begin < 0) begin = word;
    else if (word - last > GAP_WORDS) {
      runs.push([begin, last + 1]);
      begin = word;
    }
    last = word;
  }
  if (begin >= 0) runs.push([begin, last + 1]);
  const size = runs.reduce((sum, [from, to]) => sum + to - from, 1 + 2 * runs.length);
  const image = new Uint32Array(size);
  image[0] = runs.length;
  let place = 1 + 2 * runs.length;
  let reached = 0;
  runs.forEach(([from, to], index) => {
    image.set([from - reached, to - from], 1 + 2 * index);
    image.set(after.subarray(from, to), place);
    place += to - from;
    reached = to;
  });
  return image;
}
