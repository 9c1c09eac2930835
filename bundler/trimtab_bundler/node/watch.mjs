/**
 * Plays visits to a policy in a light runtime and writes which functions were entered, as JSON. Standard input: a `Job`.
 *
 * @typedef {import("./watching.mjs").Watched & {
 *   config: object, visits: {options: object, names: [number, string][], batches: number[][][], ticket: object | null}[],
 * }} Job `config`: the tag's; a batch is rows of six numbers.
 *
 * @typedef {[string, ...unknown[]]} Call a function of the entry, and arguments
 */
import { readFileSync, writeFileSync } from "node:fs";
import { wakeWatched } from "./watching.mjs";

const LATER_MS = 60_000;
const T_MS = 1; // its column
const NO_JSON = "no JSON";

/** @type {Job} */
const job = JSON.parse(readFileSync(0, "utf-8"));
const { python, entered } = await wakeWatched(job);
const entry = python.pyimport("trimtab.browser.entry");
refuse([["save"]]); // nothing has begun
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
  refuse([...wrongCalls(config, options, saved), ...wrongTickets(ticket)]);
  entry.start(config, JSON.stringify({ ...options, saved }));
  entry.consent(JSON.stringify({ observe: false, adapt: false, remember: false, share: false }), now_ms + LATER_MS);
}

/**
 * What Python raises leaves it as an error of JavaScript's: so a page hears why it cannot go on. No visit that goes well
 * comes there.
 * @param {Call[]} calls none of which it can do
 */
function refuse(calls) {
  for (const [name, ...given] of calls) {
    try {
      entry[name](...given);
    } catch {
      continue; // as it should
    }
    throw new Error(`${name} takes ${JSON.stringify(given)}`);
  }
}

/**
 * @param {string} config @param {object} options @param {string} saved
 * @returns {Call[]}
 */
function wrongCalls(config, options, saved) {
  const { visit, session } = JSON.parse(saved);
  const damaged = [NO_JSON, "[[", "{}", JSON.stringify({ visit, session: {} }), JSON.stringify({ visit: [], session })];
  const started = [{}, 1, { ...options, day: "" }, ...damaged.map((text) => ({ ...options, saved: text }))];
  return [
    ["start", NO_JSON, JSON.stringify(options)],
    ["start", "{}", JSON.stringify(options)],
    .../** @type {Call[]} */ (started.map((each) => ["start", config, JSON.stringify(each)])),
    ["step"],
    ["step", NO_JSON, 0],
    ["step", undefined, NO_JSON],
    ["report", undefined, NO_JSON],
    ["names", NO_JSON],
    ["names", "1"],
    ["consent", NO_JSON, 0],
    ["consent", "1", 0],
    ["force", NO_JSON, 0],
    ["force", "1", 0],
    ["explain", undefined, NO_JSON],
    ["explain", undefined, "1"],
  ];
}

/**
 * @param {object | null} ticket
 * @returns {Call[]}
 */
function wrongTickets(ticket) {
  const others = [{ id: "" }, { day: "" }, { question: -1 }, { offsets: [] }].map((each) => ({ ...ticket, ...each }));
  const texts = [NO_JSON, "[]", ...others.map((each) => JSON.stringify(each))];
  return texts.map((text) => ["share", text, 0]);
}
