/**
 * A page that sends a visit to a real pack's worker through the real line to it, and notes what is decided. The visit's
 * time is that of its rows: the page began in the future, so the worker's clock stands still between them.
 *
 * @typedef {object} Job
 * @property {string} base where the pack lies
 * @property {{worker: string, runtimes: {name: import("../../agent/trimtab/browser/page/messages.js").RuntimeName}[]}} config
 * @property {object} options of the visit
 * @property {[number, string][]} names
 * @property {number[]} rows six numbers each
 *
 * @typedef {object} Heard
 * @property {unknown[]} log
 * @property {unknown[]} commands
 * @property {string[]} fell why, and which runtime went on
 * @property {number} batches
 */
import { openLink } from "../../agent/trimtab/browser/page/link.js";
import { createScope } from "../../agent/trimtab/browser/page/scope.js";

const COLUMNS = 6;
const T_MS = 1; // its column
const GATHERS_MS = 1000;
const FUTURE_MS = 1e9;

/** @param {Job} job @returns {Promise<Heard>} */
export function play({ base, config, options, names, rows }) {
  const scope = createScope((error) => console.error(error));
  const batches = [...gather(rows)];
  /** @type {Heard} */
  const heard = { log: [], commands: [], fell: [], batches: batches.length };
  /** @type {any} */
  const start = { type: "start", base, runtime: 0, carried: null, replayed: [], arm: null, isPlain: false, ...options };
  start.origin_ms = performance.timeOrigin + FUTURE_MS;
  const playing = new Promise((resolve, reject) => {
    const link = openLink(
      { worker: config.worker, runtimes: config.runtimes.map(({ name }) => name) },
      start,
      {
        ready() {},
        step({ log, commands }) {
          heard.log.push(...log);
          heard.commands.push(...commands);
          if (link.unanswered() === 0) resolve(heard);
        },
        fell: (why, next) => void heard.fell.push(`${next}: ${why}`),
        lost: (where, why) => reject(new Error(`${where}: ${why}`)),
      },
      scope,
    );
    link.send({ type: "names", names });
    for (const [batch, now_ms] of batches) link.batch(batch, now_ms);
  });
  return playing.finally(scope.end);
}

/** @param {number[]} rows @returns {Generator<[ArrayBuffer, number]>} batches, and when each is sent */
function* gather(rows) {
  const at = (/** @type {number} */ place) => rows[place + T_MS] ?? 0;
  for (let begin = 0, end; begin < rows.length; begin = end) {
    for (end = begin + COLUMNS; end < rows.length && at(end) < at(begin) + GATHERS_MS; ) end += COLUMNS;
    yield [Float64Array.from(rows.slice(begin, end)).buffer, at(end - COLUMNS)];
  }
}
