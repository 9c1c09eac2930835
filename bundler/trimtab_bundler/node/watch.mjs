/**
 * Plays visits to a policy in a light runtime and writes which functions were entered, as JSON. Standard input: a `Job`.
 *
 * @typedef {import("./watching.mjs").Watched & {
 *   config: object, visits: {options: object, names: [number, string][], batches: number[][][], ticket: object | null}[],
 * }} Job `config`: the tag's; a batch is rows of six numbers.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { wakeWatched } from "./watching.mjs";

const LATER_MS = 60_000;
const T_MS = 1; // its column

/** @type {Job} */
const job = JSON.parse(readFileSync(0, "utf-8"));
const { python, entered } = await wakeWatched(job);
const entry = python.pyimport("trimtab.browser.entry");
for (const visit of job.visits) play(visit);
writeFileSync(1, JSON.stringify(entered().split(" ").map(Number)));
process.exit(0);

/** All that a page asks of its worker. @param {Job["visits"][number]} visit */
function play({ options, names, batches, ticket }) {
  const config = JSON.stringify(job.config);
  entry.start(config, JSON.stringify(options));
  entry.names(JSON.stringify(names));
  if (ticket) entry.share(JSON.stringify(ticket), 0);
  let now_ms = 0;
  for (const rows of batches) {
    now_ms = rows.at(-1)?.[T_MS] ?? now_ms;
    entry.step(new Float64Array(rows.flat()).buffer, now_ms);
  }
  entry.step(undefined, now_ms + LATER_MS);
  entry.report(undefined, undefined);
  entry.explain(undefined, "{}");
  const saved = entry.save();
  entry.start(config, JSON.stringify({ ...options, saved }));
  entry.consent(JSON.stringify({ observe: false, adapt: false, remember: false, share: false }), now_ms + LATER_MS);
}
