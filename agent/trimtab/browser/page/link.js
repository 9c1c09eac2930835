/** The line to the worker: start, send, and notice when nobody answers any more. */

import { createDeadline } from "./deadline.js";
import { createJournal } from "./journal.js";
import { canShare, joinWorker, spawnWorker } from "./spawn.js";

/** A slow phone on a slow line may need this long for the first boot. */
const BOOT_S = 60;
const ANSWER_S = 10;
/** A shared worker that says nothing may be busy for ever with another page's visit. */
const JOIN_S = 10;

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
 * @property {(ready: import("./messages.js").Ready, boot_ms: number) => void} ready
 * @property {(step: import("./messages.js").Step) => void} step
 * @property {(why: string, next: import("./messages.js").RuntimeName) => void} fell A runtime has failed, and the next
 *   heavier one goes on.
 * @property {(where: string, why: string, isThere?: boolean) => void} lost The worker is of no use any more. `isThere`: its
 *   script has run.
 */

/**
 * A runtime that fails is followed by the next heavier one, which goes on from the last checkpoint: all that follows is
 * decided as if nothing had happened.
 * @param {Pick<import("./messages.js").Config, "worker" | "runtimes">} config
 * @param {import("./messages.js").Start} start
 * @param {Answers} answers
 * @param {import("./scope.js").Scope} scope
 * @returns {Link}
 */
export function openLink({ worker: script, runtimes }, start, answers, scope) {
  const journal = globalThis.TRIMTAB_FALLS === false ? null : createJournal();
  const deadline = createDeadline(() => fail("worker", "it did not answer in time"), scope);
  /** @type {((answer: any) => void)[]} */
  let asking = [];
  let { runtime } = start;
  const isLast = () => runtime === runtimes.length - 1;
  let wasReady = false;
  /** Whether this worker has said anything: before that its script may be missing, which is that of all runtimes. */
  let isThere = false;
  let sent = 0;
  let answered = 0;
  /** @type {import("./spawn.js").Line} */
  let worker;
  /** How many workers there have been. Who is not the last is not heard. */
  let opened = 0;
  const url = new URL(script, start.base);
  /** Not after a failure: nobody but the browser can end a worker that is shared. */
  let isShared = journal !== null && !isLast() && canShare(url);
  const began_ms = performance.now();

  /** Messages are answered in their order: who answers one has ten seconds more for those that came after it. */
  function progress() {
    deadline.met();
    if (answered < sent || asking.length) deadline.set(ANSWER_S);
  }

  /** @param {import("./messages.js").ToPage} data */
  function hear(data) {
    isThere = true;
    if (data.type === "here") {
      deadline.met();
      deadline.set(BOOT_S);
    } else if (data.type === "step") {
      const answersOne = data.answered > answered;
      answered = data.answered;
      if (answersOne) progress();
      answers.step(journal ? journal.news(data) : data);
    } else if (data.type === "ready") {
      progress();
      if (!wasReady) answers.ready(data, Math.round(performance.now() - began_ms));
      wasReady = true;
    } else if (data.type === "saved") {
      journal?.keep(data);
    } else if (data.type === "fatal") {
      fail(data.where, data.why);
    } else {
      asking.shift()?.(data);
      progress();
    }
  }

  /** @param {string} where @param {string} why */
  function fail(where, why) {
    const couldJoin = !isShared || isThere;
    if (couldJoin && isLast()) return answers.lost(where, why);
    isShared = false;
    worker.end();
    if (couldJoin) {
      runtime += 1;
      answers.fell(`${where}: ${why}`, runtimes[runtime]);
    }
    try {
      open();
    } catch (error) {
      answers.lost("worker", String(error));
    }
  }

  /** @param {string} why */
  function failWorker(why) {
    if (isThere || isShared) fail("worker", why);
    else answers.lost("worker", why, false);
  }

  /** @param {import("./spawn.js").Ears} ears */
  function connect(ears) {
    return isShared ? joinWorker(url, runtimes[runtime], ears) : spawnWorker(url, ears);
  }

  function open() {
    const turn = (opened += 1);
    const current = (/** @type {(...args: any[]) => void} */ work) =>
      scope.guarded((/** @type {any} */ told) => void (turn === opened && work(told)));
    worker = connect({ hear: current(hear), fail: current(failWorker) });
    deadline.met();
    deadline.set(isShared ? JOIN_S : BOOT_S);
    isThere = false;
    if (!journal) return worker.post(start);
    const { saved, heard, messages, asking: waiting } = journal.again(asking);
    for (const settle of asking) if (!waiting.includes(settle)) settle(null);
    asking = waiting;
    answered = 0;
    sent = messages.filter(({ type }) => type === "batch").length;
    worker.post({ ...start, runtime, saved, heard });
    for (const message of messages) worker.post(message);
  }

  /** @param {import("./messages.js").ToWorker} message @param {(answer: any) => void} [settle] */
  function send(message, settle) {
    const isKept = journal && !isLast(); // nobody goes on after the last
    if (isKept) journal.note(message, settle);
    worker.post(message, !isKept && message.type === "batch" ? [message.rows] : []);
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
  scope.listen(window, "pagehide", () => {
    if (isShared) worker.end(); // it would keep what nobody may ever come back for
  });
  scope.listen(window, "pageshow", (/** @type {PageTransitionEvent} */ { persisted }) => {
    if (isShared && persisted) open();
  });
  scope.onEnd(() => {
    worker.end();
    for (const settle of asking) settle(null); // nobody shall hold the lock for ever
  });
  return link;
}
