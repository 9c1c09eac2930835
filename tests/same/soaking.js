/**
 * A worker in which one visit goes on for as long as there are rows: how long each step takes, and what memory is taken.
 *
 * @typedef {object} Job
 * @property {string} base where the pack lies
 * @property {any} config
 * @property {object} options of the visit
 * @property {string} rows address of the rows, six little-endian float64 each
 * @property {number} batch_ms how long the page gathers
 * @property {boolean} real whether to wait until it is time
 * @property {boolean} counts whether to count objects, by a function that no visit enters
 *
 * @typedef {object} Sample
 * @property {number} t_ms of the visit
 * @property {number} memory bytes of WebAssembly's memory
 * @property {number} top bytes up to the end of what malloc has ever taken
 * @property {number | null} objects that Python's collector knows of; null: not asked for
 */
import { wakeUnit } from "../python/waking.js";

const COLUMNS = 6;
const T_MS = 1; // its column
const SAMPLE_MS = 60_000;

self.onmessage = ({ data }) =>
  soak(data).then(
    (came) => self.postMessage(came),
    (error) => setTimeout(() => { throw error; }), // as an error of the worker: one of a promise nobody hears of
  );

/** @param {Job} job */
async function soak(job) {
  const { base, config, options, rows, batch_ms, real, counts } = job;
  const python = await wakeUnit(base, config.runtimes[0]);
  const entry = python.pyimport("trimtab.browser.entry");
  const gc = python.pyimport("gc");
  const { sbrk } = python._module.wasmExports;
  const table = new Float64Array(await (await fetch(rows)).arrayBuffer());
  const at = (/** @type {number} */ place) => table[place + T_MS] ?? 0;
  entry.start(JSON.stringify(config), JSON.stringify(options));
  /** @type {number[]} */
  const took_ms = [];
  /** @type {Sample[]} */
  const samples = [];
  const began_ms = performance.now();
  let bad = 0;
  let decided = 0;
  for (let begin = 0, end; begin < table.length; begin = end) {
    const now_ms = (Math.floor(at(begin) / batch_ms) + 1) * batch_ms;
    for (end = begin + COLUMNS; end < table.length && at(end) < now_ms; ) end += COLUMNS;
    const batch = table.slice(begin, end).buffer;
    if (real) await new Promise((done) => setTimeout(done, began_ms + now_ms - performance.now()));
    const before_ms = performance.now();
    const { refused, errors, log } = JSON.parse(entry.step(batch, now_ms));
    took_ms.push(performance.now() - before_ms);
    bad = refused + errors;
    decided += log.length;
    if (now_ms < (samples.length + 1) * SAMPLE_MS) continue;
    gc.collect();
    const found = counts ? gc.get_objects() : null;
    const objects = found && found.length;
    found?.destroy();
    samples.push({ t_ms: now_ms, memory: python._module.HEAPU8.byteLength, top: sbrk(0), objects });
  }
  return { took_ms, samples, bad, decided };
}
