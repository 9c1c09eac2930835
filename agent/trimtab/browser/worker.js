/**
 * The worker: who it serves. Of one page alone, or of all pages of an origin that share it; then each has a Python of its
 * own. Read on in worker/serve.js, worker/supply.js, then entry.py.
 */

import { TELL_MS } from "./page/messages.js";
import { CONFIG } from "./worker/config.js";
import { hush } from "./worker/quiet.js";
import { servePage } from "./worker/serve.js";
import { createSupply } from "./worker/supply.js";

const shared = /** @type {SharedWorkerGlobalScope | null} */ ("onconnect" in self ? self : null);
/** @type {Set<import("./worker/serve.js").Served>} */
const served = new Set();
const supply = createSupply(CONFIG.runtimes, shared !== null, (why) => failAll("pack", why));

hush();
for (const type of /** @type {const} */ (["error", "unhandledrejection"])) {
  self.addEventListener(type, (event) => {
    event.preventDefault(); // or the browser prints it on the page's console
    failAll("boot", event instanceof PromiseRejectionEvent ? event.reason : event);
  });
}
if (shared) shared.onconnect = ({ ports }) => serve(ports[0]);
else serve(self);

/** @param {import("./worker/serve.js").Port} port */
function serve(port) {
  const page = servePage(port, CONFIG, supply, TELL_MS, () => served.delete(page));
  served.add(page);
}

/**
 * What cannot be laid at one page's door. Who comes later finds another worker.
 * @param {string} where @param {unknown} error
 */
function failAll(where, error) {
  for (const page of served) page.fail(where, error);
  shared?.close();
}
