/** The only function of the worker that opens the network: it fetches files of the pack. The page's sends a report. */

/** What else could carry something out of here. */
const WAYS_OUT = ["XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "BroadcastChannel"];

/**
 * @typedef {object} Pack
 * @property {(path: string) => Promise<Uint8Array>} read
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

  /** @param {RequestInfo | URL} request @returns {Promise<Response>} */
  async function fetchPack(request) {
    const url = new URL(request instanceof Request ? request.url : request, base);
    const path = url.href.slice(base.length);
    if (closed || !url.href.startsWith(base)) throw new Error(`${url.href} is no file of the pack`);
    const response = await open(url, { credentials: "omit", referrerPolicy: "no-referrer" }).catch(() => null);
    if (response?.ok) return response;
    const why = `${path} ${response ? `is missing (${response.status})` : "cannot be reached"}`;
    onMissing(why);
    throw new Error(why);
  }

  self.fetch = fetchPack;
  return {
    read: async (path) => new Uint8Array(await (await fetchPack(path)).arrayBuffer()),
    close() {
      closed = true;
      for (const name of WAYS_OUT) Reflect.set(self, name, undefined);
    },
  };
}
