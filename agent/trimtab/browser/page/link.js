/** The line to the worker: start, send, and notice when nobody answers any more. */

import { createDeadline } from "./deadline.js";
import { createJournal } from "./journal.js";
import { spawnWorker } from "./spawn.js";

/** A slow phone on a slow line may need this long for the first boot. */
const BOOT_S = 60;
const ANSWER_S = 10;

/**
 * @typedef {import("./messages.js").Reported} Reported
 *
 * @typedef {object} Link
 * @property {(message: import("./messages.js").ToWorker) => void} send
 * @property {(rows: ArrayBuffer, now_ms: number) => void} batch
 * @property {(ticket: import("./draw/ticket.js").Stub) => void} share
 * @property {(name: string | null, words: Record<string, string>) => Promise<string | null>} explain null: the worker
 *   has ended.
 * @property {(budget: string | null, sealed: Uint8Array<ArrayBuffer> | null) => Promise<Reported | null>} report
 * @property {() => number} unanswered Batches under way.
 *
 * @typedef {object} Answers
 * @property {(ready: import("./messages.js").Ready) => void} ready
 * @property {(step: import("./messages.js").Step) => void} step
 * @property {(why: string, next: import("./messages.js").RuntimeName) => void} fell A runtime has failed, and the next
 *   heavier one goes on.
 * @property {(where: string, why: string, isThere?: boolean) => void} lost The worker is of no use any more. `isThere`: its
 *   script has run.
 */

/**
 * A runtime that fails is followed by the next heavier one, which goes on from the last checkpoint: all that follows is
 * decided as if nothing had happened.
 * @param {import("./messages.js").Start} start
 * @param {Answers} answers
 * @param {import("./scope.js").Scope} scope
 * @returns {Link}
 */
export function openLink(start, answers, scope) {
  const journal = createJournal();
  const deadline = createDeadline(() => fail("worker", "it did not answer in time"), scope);
  /** @type {((answer: any) => void)[]} */
  let asking = [];
  const { runtimes } = start.config;
  let { runtime } = start;
  const isLast = () => runtime === runtimes.length - 1;
  let wasReady = false;
  /** Whether this worker has said anything: before that its script may be missing, which is that of all runtimes. */
  let isThere = false;
  let sent = 0;
  let answered = 0;
  /** @type {Worker} */
  let worker;

  /** Messages are answered in their order: who answers one has ten seconds more for those that came after it. */
  function progress() {
    deadline.met();
    if (answered < sent || asking.length) deadline.set(ANSWER_S);
  }

  /** @param {import("./messages.js").ToPage} data */
  function hear(data) {
    isThere = true;
    if (data.type === "step") {
      const answersOne = data.answered > answered;
      answered = data.answered;
      if (answersOne) progress();
      answers.step(journal.news(data));
    } else if (data.type === "ready") {
      progress();
      if (!wasReady) answers.ready(data);
      wasReady = true;
    } else if (data.type === "saved") {
      journal.keep(data);
    } else if (data.type === "fatal") {
      fail(data.where, data.why);
    } else {
      asking.shift()?.(data);
      progress();
    }
  }

  /** @param {string} where @param {string} why */
  function fail(where, why) {
    if (isLast()) return answers.lost(where, why);
    runtime += 1;
    worker.terminate();
    answers.fell(`${where}: ${why}`, runtimes[runtime].name);
    try {
      open();
    } catch (error) {
      answers.lost("worker", String(error));
    }
  }

  function open() {
    const opened = spawnWorker(new URL(start.config.worker, start.base));
    const current = (/** @type {(...args: any[]) => void} */ work) =>
      scope.guarded((/** @type {any} */ event) => void (opened === worker && work(event)));
    worker = opened;
    worker.onmessage = current(({ data }) => hear(data));
    worker.onmessageerror = current(() => fail("worker", "a message could not be read"));
    worker.onerror = (event) => {
      event.preventDefault(); // the page's console is the page's
      if (opened !== worker) return;
      const why = event.message || "it could not be started";
      if (isThere) fail("worker", why);
      else answers.lost("worker", why, false);
    };
    deadline.met();
    deadline.set(BOOT_S);
    isThere = false;
    const { saved, heard, messages, asking: waiting } = journal.again(asking);
    for (const settle of asking) if (!waiting.includes(settle)) settle(null);
    asking = waiting;
    answered = 0;
    sent = messages.filter(({ type }) => type === "batch").length;
    worker.postMessage({ ...start, runtime, saved, heard });
    for (const message of messages) worker.postMessage(message);
  }

  /** @param {import("./messages.js").ToWorker} message @param {(answer: any) => void} [settle] */
  function send(message, settle) {
    const isKept = !isLast(); // nobody goes on after the last
    if (isKept) journal.note(message, settle);
    worker.postMessage(message, !isKept && message.type === "batch" ? [message.rows] : []);
  }

  /** @param {import("./messages.js").ToWorker} message @returns {Promise<any>} its answer; null: the worker has ended */
  function ask(message) {
    if (scope.signal.aborted) return Promise.resolve(null);
    deadline.set(ANSWER_S);
    return new Promise((resolve) => {
      asking.push(resolve);
      send(message, resolve);
    });
  }

  const now_ms = () => performance.timeOrigin + performance.now() - start.origin_ms;

  /** @type {Link} */
  const link = {
    send: (message) => send(message.type === "consent" ? { ...message, now_ms: now_ms() } : message),
    batch(rows, now_ms) {
      sent += 1;
      deadline.set(ANSWER_S);
      send({ type: "batch", rows, now_ms });
    },
    share: (ticket) => send({ type: "share", ticket, now_ms: now_ms() }),
    explain: async (name, words) => (await ask({ type: "explain", name, words }))?.text ?? null,
    report: (budget, sealed) => ask({ type: "report", budget, sealed }),
    unanswered: () => sent - answered,
  };
  open(); // which the page may refuse; then there is nothing to end
  scope.onEnd(() => {
    worker.terminate();
    for (const settle of asking) settle(null); // nobody shall hold the lock for ever
  });
  return link;
}
