/**
 * A worker that plays visits through the runtime of a real pack, booted as worker.js boots it: one visit after the
 * other, rows as ArrayBuffers. Python's log is handed on as the text that it is, unread.
 *
 * @typedef {object} Visit
 * @property {object} options of `entry.start`
 * @property {[number, string][]} names
 * @property {number} rows how many rows it has
 *
 * @typedef {object} Job
 * @property {string} base where the pack lies
 * @property {import("../../agent/trimtab/browser/page/messages.js").WorkerConfig} config
 * @property {Visit[]} visits
 * @property {ArrayBuffer} rows of all of them, one after the other
 */
import { createSupply } from "../../agent/trimtab/browser/worker/supply.js";

const COLUMNS = 6;
const T_MS = 1; // its column
/** How long the page gathers events before it sends a batch. 0: each event is one. Visits take turns. */
const GATHERS_MS = [1000 / 60, 0, 1000, Infinity];

self.onmessage = async ({ data }) => {
  const { base, config, visits, rows } = /** @type {Job} */ (data);
  const entry = await createSupply(config.runtimes, false, (why) => self.postMessage({ why })).take({ base, runtime: 0, isPlain: false });
  const table = new Float64Array(rows);
  const booted_ms = performance.now();
  let place = 0;
  const played = visits.map((visit, index) => {
    const own = table.subarray(place, (place += visit.rows * COLUMNS));
    entry.start(JSON.stringify(config), JSON.stringify(visit.options));
    entry.names(JSON.stringify(visit.names));
    return play(entry, own, GATHERS_MS[index % GATHERS_MS.length] ?? 0);
  });
  self.postMessage({ played, booted_ms, played_ms: performance.now() - booted_ms });
};

/**
 * Steps by batch, and between them whenever Python asked to be woken, as the worker's timer does.
 * @param {import("../../agent/trimtab/browser/worker/python.js").Entry} entry
 * @param {Float64Array} rows @param {number} gathers_ms
 */
function play(entry, rows, gathers_ms) {
  const last_ms = rows[rows.length - COLUMNS + T_MS] ?? 0;
  /** @type {string[]} */
  const logs = [];
  let steps = 0;
  let bad = 0;

  /** @param {ArrayBuffer | undefined} batch @param {number} now_ms @returns {number} when to wake it */
  function step(batch, now_ms) {
    const answer = entry.step(batch, now_ms);
    const { wake_at_ms, refused, errors } = JSON.parse(answer);
    const log = answer.slice(answer.indexOf(LOG) + LOG.length, answer.lastIndexOf(AFTER_LOG));
    if (log) logs.push(log);
    steps += 1;
    bad = refused + errors;
    return wake_at_ms ?? Infinity;
  }

  let wake_ms = Infinity;
  for (let begin = 0, end; begin < rows.length; begin = end) {
    const first_ms = at(rows, begin);
    for (end = begin + COLUMNS; end < rows.length && at(rows, end) < first_ms + gathers_ms; ) end += COLUMNS;
    const sent_ms = Math.min(first_ms + gathers_ms, last_ms);
    // A timer fires late rather than early. It is not waited for where the next event comes first, nor after the end.
    while (wake_ms + 1 < first_ms) wake_ms = step(undefined, wake_ms + 1);
    wake_ms = step(rows.slice(begin, end).buffer, sent_ms);
  }
  return { log: logs.join(", "), steps, bad };
}

/** Where the log stands in an answer. In the text of a string its quotation marks would be escaped. */
const LOG = '"log": [';
const AFTER_LOG = '], "wake_at_ms": ';

/** @param {Float64Array} rows @param {number} place */
const at = (rows, place) => rows[place + T_MS] ?? 0;
