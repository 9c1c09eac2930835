/**
 * What the worker was told since its last checkpoint, and what it has said since: another worker that goes on from that
 * checkpoint is told the same again, and what it says again is not heard twice.
 *
 * @typedef {import("./messages.js").ToWorker} ToWorker
 * @typedef {import("./messages.js").Step} Step
 * @typedef {(answer: any) => void} Settle
 *
 * @typedef {object} Journal
 * @property {(message: ToWorker, settle?: Settle) => void} note `settle`: who waits for the answer.
 * @property {(saved: import("./messages.js").Saved) => void} keep The worker said what it is by now.
 * @property {(asking: Settle[]) => {saved: string | null, heard: number, messages: ToWorker[], asking: Settle[]}} again
 *   What another worker begins with and is told, and who of `asking` will have an answer. It repeats what was said.
 * @property {(step: Step) => Step} news The same step without what was said before.
 */

/** @returns {Journal} */
export function createJournal() {
  /** @type {{message: ToWorker, settle: Settle | undefined}[]} */
  let entries = [];
  let dropped = 0;
  let saved = /** @type {string | null} */ (null);
  let heard = 0;
  let said = { log: 0, commands: 0 };
  let repeated = { log: 0, commands: 0 };

  return {
    note: (message, settle) => void entries.push({ message, settle }),
    keep(told) {
      ({ text: saved, heard } = told);
      entries = entries.slice(told.taken - dropped);
      dropped = told.taken;
      said = { log: 0, commands: 0 };
    },
    again(asking) {
      entries = entries.filter(({ settle }) => !settle || asking.includes(settle)); // an answer is not given twice
      dropped = 0; // the other one counts anew
      repeated = said;
      said = { log: 0, commands: 0 };
      const settles = entries.flatMap(({ settle }) => settle ?? []);
      return { saved, heard, messages: entries.map(({ message }) => message), asking: settles };
    },
    news(step) {
      const log = step.log.slice(repeated.log);
      const commands = step.commands.slice(repeated.commands);
      repeated.log -= step.log.length - log.length;
      repeated.commands -= step.commands.length - commands.length;
      said.log += step.log.length;
      said.commands += step.commands.length;
      return { ...step, log, commands };
    },
  };
}
