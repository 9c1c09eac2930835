/** The line to the worker: start, send, and notice when nobody answers any more. */

import { createDeadline } from "./deadline.js";
import { spawnWorker } from "./spawn.js";

/** A slow phone on a slow line may need this long for the first boot. */
const BOOT_S = 60;
const ANSWER_S = 10;

/**
 * @typedef {import("./messages.js").Drawn} Drawn
 * @typedef {import("./messages.js").Reported} Reported
 *
 * @typedef {object} Link
 * @property {(message: import("./messages.js").ToWorker, transfer?: Transferable[]) => void} send
 * @property {(rows: ArrayBuffer, now_ms: number) => void} batch
 * @property {(budget: string | null) => Promise<Drawn | null>} draw null: the worker has ended before it answered.
 * @property {(name: string | null, words: Record<string, string>) => Promise<string | null>} explain null: the worker
 *   has ended.
 * @property {(budget: string | null, sealed: Uint8Array<ArrayBuffer> | null) => Promise<Reported | null>} report
 * @property {() => number} unanswered Batches under way.
 *
 * @typedef {object} Answers
 * @property {(ready: import("./messages.js").Ready) => void} ready
 * @property {(step: import("./messages.js").Step) => void} step
 * @property {(where: string, why: string) => void} lost The worker is of no use any more.
 */

/**
 * @param {import("./messages.js").Start} start
 * @param {Answers} answers
 * @param {import("./scope.js").Scope} scope
 * @returns {Link}
 */
export function openLink(start, answers, scope) {
  const worker = spawnWorker(new URL(start.config.worker, start.base));
  const deadline = createDeadline(() => answers.lost("worker", "it did not answer in time"), scope);
  /** @type {((answer: any) => void)[]} */
  const asking = [];
  let sent = 0;
  let answered = 0;

  /** Messages are answered in their order: who answers one has ten seconds more for those that came after it. */
  function progress() {
    deadline.met();
    if (answered < sent || asking.length) deadline.set(ANSWER_S);
  }

  /** @param {MessageEvent<import("./messages.js").ToPage>} event */
  function hear({ data }) {
    if (data.type === "step") {
      const answersOne = data.answered > answered;
      answered = data.answered;
      if (answersOne) progress();
      answers.step(data);
    } else if (data.type === "ready") {
      deadline.met();
      answers.ready(data);
    } else if (data.type === "fatal") {
      answers.lost(data.where, data.why);
    } else {
      asking.shift()?.(data);
      progress();
    }
  }

  /** @param {import("./messages.js").ToWorker} message @returns {Promise<any>} its answer; null: the worker has ended */
  function ask(message) {
    if (scope.signal.aborted) return Promise.resolve(null);
    deadline.set(ANSWER_S);
    link.send(message);
    return new Promise((resolve) => asking.push(resolve));
  }

  worker.onmessage = scope.guarded(hear);
  worker.onmessageerror = () => answers.lost("worker", "a message could not be read");
  worker.onerror = (event) => {
    event.preventDefault(); // the page's console is the page's
    answers.lost("worker", event.message || "it could not be started");
  };
  scope.onEnd(() => {
    worker.terminate();
    for (const settle of asking) settle(null); // nobody shall hold the lock for ever
  });

  /** @type {Link} */
  const link = {
    send: (message, transfer = []) => worker.postMessage(message, transfer),
    batch(rows, now_ms) {
      sent += 1;
      deadline.set(ANSWER_S);
      link.send({ type: "batch", rows, now_ms }, [rows]);
    },
    draw: (budget) => ask({ type: "draw", budget }),
    explain: async (name, words) => (await ask({ type: "explain", name, words }))?.text ?? null,
    report: (budget, sealed) => ask({ type: "report", budget, sealed }),
    unanswered: () => sent - answered,
  };
  deadline.set(BOOT_S);
  link.send(start);
  return link;
}
