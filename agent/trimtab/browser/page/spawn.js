/** Starting the worker, also when the pack lies on another origin. */

import { trusted } from "./trusted.js";

/**
 * A worker's own script must come from the page's origin, so for another one a module of one line imports it (with
 * CORS). That line lives under the page's CSP: `worker-src blob:`.
 * https://html.spec.whatwg.org/multipage/workers.html#dom-worker
 * @param {URL} url
 * @returns {Worker}
 */
export function spawnWorker(url) {
  /** @type {WorkerOptions} */
  const options = { type: "module", name: "trimtab", credentials: "omit" };
  if (url.origin === location.origin) return new Worker(trusted(url.href), options);

  const source = new Blob([`import ${JSON.stringify(url.href)};`], { type: "text/javascript" });
  const local = URL.createObjectURL(source);
  const worker = new Worker(trusted(local), options);
  worker.addEventListener("message", () => URL.revokeObjectURL(local), { once: true });
  worker.addEventListener("error", () => URL.revokeObjectURL(local), { once: true });
  return worker;
}
