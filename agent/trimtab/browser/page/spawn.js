/** Starting a worker, also when the pack lies on another origin, or joining one that the origin's pages share. */

import { trusted } from "./trusted.js";

/**
 * @typedef {object} Line To a worker.
 * @property {(message: import("./messages.js").ToWorker, transfer?: Transferable[]) => void} post
 * @property {() => void} end Nothing more is heard.
 *
 * @typedef {object} Ears
 * @property {(message: import("./messages.js").ToPage) => void} hear
 * @property {(why: string) => void} fail The worker cannot be started, or has failed where nobody caught it.
 */

/** @type {WorkerOptions} */
const OPTIONS = { type: "module", credentials: "omit" };

/**
 * A worker's own script must come from the page's origin, so for another one a module of one line imports it (with
 * CORS). That line lives under the page's CSP: `worker-src blob:`.
 * https://html.spec.whatwg.org/multipage/workers.html#dom-worker
 * @param {URL} url
 * @param {Ears} ears
 * @returns {Line}
 */
export function spawnWorker(url, ears) {
  const isOurs = url.origin === location.origin;
  const source = new Blob([`import ${JSON.stringify(url.href)};`], { type: "text/javascript" });
  const local = isOurs ? "" : URL.createObjectURL(source);
  const worker = new Worker(trusted(local || url.href), { ...OPTIONS, name: "trimtab" });
  const revoke = () => URL.revokeObjectURL(local);
  if (local) for (const type of ["message", "error"]) worker.addEventListener(type, revoke, { once: true });
  listen(worker, worker, ears);
  return { post: (message, transfer = []) => worker.postMessage(message, transfer), end: () => worker.terminate() };
}

/**
 * Whether pages can share a worker of this address: a blob's would be each page's own, and a page that holds no lock could
 * die without the worker knowing.
 * @param {URL} url
 */
export const canShare = (url) => url.origin === location.origin && "SharedWorker" in globalThis && "locks" in navigator;

/**
 * The worker of this address, which is that of one build, and of this runtime, started unless it runs. It outlives its last page for a
 * while, where the browser knows how: https://developer.chrome.com/blog/extended-lifetime-shared-workers-origin-trial
 * @param {URL} url
 * @param {import("./messages.js").RuntimeName} runtime
 * @param {Ears} ears
 * @returns {Line}
 */
export function joinWorker(url, runtime, ears) {
  const options = { ...OPTIONS, name: `trimtab.${runtime}`, extendedLifetime: true };
  const worker = new SharedWorker(trusted(url.href), options);
  const { port } = worker;
  listen(worker, port, ears);
  const lock = `trimtab.${crypto.randomUUID()}`;
  let release = () => {};
  /** @type {Promise<void>} */
  const held = new Promise((resolve) => (release = resolve));
  const holding = navigator.locks.request(lock, () => {
    port.postMessage({ type: "held", lock });
    return held;
  });
  holding.catch(() => {}); // refused: then a goodbye alone tells of the end
  return {
    post: (message, transfer = []) => port.postMessage(message, transfer),
    end() {
      port.postMessage({ type: "bye" });
      port.close();
      release();
    },
  };
}

/** @param {Worker | SharedWorker} worker @param {Worker | MessagePort} port @param {Ears} ears */
function listen(worker, port, { hear, fail }) {
  port.onmessage = ({ data }) => hear(data);
  port.onmessageerror = () => fail("a message could not be read");
  worker.onerror = (/** @type {ErrorEvent} */ event) => {
    event.preventDefault(); // the page's console is the page's
    fail(event.message || "it could not be started");
  };
}
