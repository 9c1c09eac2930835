/**
 * Runs a suite in workers, one after the other: where a runtime traps, the unit is run again test by test, each in a
 * worker of its own, so that a trap has one test's name; or it is the unit that trapped, if `whole` units are asked for.
 *
 * @typedef {import("./running.js").Job} Job
 * @typedef {import("./running.js").Unit} Unit
 * @typedef {[string, string, string]} Outcome test, what came of it, why
 */

/**
 * @param {Job} job
 * @returns {Promise<{outcomes: Outcome[], took_ms: Record<string, number>, workers: number}>}
 */
export async function conduct(job) {
  /** @type {Outcome[]} */
  const outcomes = [];
  /** @type {Record<string, number>} */
  const took_ms = {};
  let worker = await start(job);
  let workers = 1;
  const waiting = [...worker.units];
  for (let unit = waiting.shift(); unit; unit = waiting.shift()) {
    const [name, tests] = unit;
    const began_ms = performance.now();
    const answer = await worker.ask(unit);
    took_ms[name] = (took_ms[name] ?? 0) + performance.now() - began_ms;
    if (answer.outcomes) {
      outcomes.push(...answer.outcomes);
      continue;
    }
    worker.end();
    if (job.whole || tests.length === 1) outcomes.push([job.whole ? name : (tests[0] ?? ""), "trap", answer.trapped ?? ""]);
    else waiting.unshift(...tests.map((test) => /** @type {Unit} */ ([name, [test]])));
    worker = await start(job);
    workers += 1;
  }
  worker.end();
  return { outcomes, took_ms, workers };
}

/** @param {Job} job */
async function start(job) {
  const worker = new Worker(new URL("running.js", import.meta.url), { type: "module" });

  /** @param {Job | Unit} question @returns {Promise<{units?: Unit[], outcomes?: Outcome[], trapped?: string}>} */
  const ask = (question) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(question);
    });
  const { units, trapped } = await ask(job);
  if (!units) throw new Error(`the suite does not start: ${trapped}`);
  return { units, ask, end: () => worker.terminate() };
}
