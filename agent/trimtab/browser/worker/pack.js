/** The only function of the worker that opens the network: it fetches files of the pack. The page's sends a report. */

/** What else could carry something out of here. */
const WAYS_OUT = ["XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "BroadcastChannel"];

/**
 * @typedef {object} Pack
 * @property {(path: string, integrity?: string) => Promise<Uint8Array>} read
 * @property {(path: string, integrity?: string) => Promise<Response>} open `integrity`: its hash, which the browser checks.
 * @property {() => void} close From now on nothing is fetched, and nothing else can be reached either.
 */

/**
 * Also takes the place of `fetch`, for Pyodide and for everything in Python that could find it.
 * @param {string} base where the pack lies
 * @param {(why: string) => void} onMissing Pyodide does not always notice.
 * @returns {Pack}
 */
export function openPack(base, onMissing) {
  const open = self.fetch.bind(self);
  let closed = false;

  /** @param {RequestInfo | URL} request @param {string} [integrity] @returns {Promise<Response>} */
  async function fetchPack(request, integrity) {
    const url = new URL(request instanceof Request ? request.url : request, base);
    const path = url.href.slice(base.length);
    if (closed || !url.href.startsWith(base)) throw new Error(`${url.href} is no file of the pack`);
    /** @type {RequestInit} */
    const quietly = { credentials: "omit", referrerPolicy: "no-referrer" };
    const response = await open(url, integrity ? { ...quietly, integrity } : quietly).catch(() => null);
    if (response?.ok) return response;
    const unreachable = integrity ? "cannot be reached, or is another file than it was" : "cannot be reached";
    const why = `${path} ${response ? `is missing (${response.status})` : unreachable}`;
    onMissing(why);
    throw new Error(why);
  }

  self.fetch = (request) => fetchPack(request);
  return {
    open: fetchPack,
    read: async (path, integrity) => new Uint8Array(await (await fetchPack(path, integrity)).arrayBuffer()),
    close() {
      closed = true;
      for (const name of WAYS_OUT) Reflect.set(self, name, undefined);
    },
  };
}
