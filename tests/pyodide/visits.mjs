/**
 * Plays visits through `trimtab.browser.entry` as worker.js does: JSON as text, rows as ArrayBuffers of JavaScript.
 * Writes Python's answers, unread, to standard output as JSON: a list of texts for each visit.
 *
 * @typedef {object} Visit
 * @property {string} policy folder with the policy as trimtab_policy.py
 * @property {object} config the tag's configuration
 * @property {object} options of `entry.start`
 * @property {[number, string][]} names
 * @property {{rows: number[], now_ms: number}[]} batches
 */
import { writeFileSync } from "node:fs";
import { boot, job } from "./booting.mjs";

const python = await boot();
const sys = python.pyimport("sys");

/** @param {Visit} visit @returns {string[]} */
function play({ policy, config, options, names, batches }) {
  sys.modules.pop("trimtab_policy", undefined);
  sys.path.insert(0, policy);
  const entry = python.pyimport("trimtab.browser.entry");
  entry.start(JSON.stringify(config), JSON.stringify(options));
  entry.names(JSON.stringify(names));
  const answers = batches.map(({ rows, now_ms }) =>
    entry.step(rows.length ? new Float64Array(rows).buffer : undefined, now_ms),
  );
  sys.path.pop(0);
  return answers;
}

const { visits } = /** @type {{visits: Visit[]}} */ (job.task);
writeFileSync(1, JSON.stringify(visits.map(play)));
process.exit(0);
