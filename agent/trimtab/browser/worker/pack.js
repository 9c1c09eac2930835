/** The only function of the worker that opens the network: it fetches files of the pack. The page's sends a report. */

export const WASM = "application/wasm";
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
 * @param {boolean} isPlain whether the host compresses nothing
 * @param {(why: string) => void} onMissing Pyodide does not always notice.
 * @returns {Pack}
 */
export function openPack(base, isPlain, onMissing) {
  const open = self.fetch.bind(self);
  let closed = false;

  /** @param {string} address @param {string} [integrity] @returns {Promise<Response | null>} null: not there */
  async function ask(address, integrity = "") {
    /** @type {RequestInit} */
    const quietly = { credentials: "omit", referrerPolicy: "no-referrer", integrity };
    return open(address, quietly).catch(() => null);
  }

  /**
   * From its twin, where the host sends files as they are.
   * @param {string} address @param {string} integrity @returns {Promise<Response | null>} null: it has none that is right
   */
  async function unpack(address, integrity) {
    const twin = await ask(`${address}.gz`);
    if (!twin?.ok || !twin.body) return null;
    const unpacked = new Response(twin.body.pipeThrough(new DecompressionStream("gzip")));
    const content = await unpacked.arrayBuffer().catch(() => null);
    if (!content || (integrity && integrity !== (await hashOf(content)))) return null;
    return new Response(content, { headers: { "content-type": address.endsWith(".wasm") ? WASM : "" } });
  }

  /** @param {RequestInfo | URL} request @param {string} [integrity] @returns {Promise<Response>} */
  async function fetchPack(request, integrity = "") {
    const url = new URL(request instanceof Request ? request.url : request, base);
    const path = url.href.slice(base.length);
    if (closed || !url.href.startsWith(base)) throw new Error(`${url.href} is no file of the pack`);
    const unpacked = isPlain ? await unpack(url.href, integrity) : null;
    const response = unpacked ?? (await ask(url.href, integrity));
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

/** @param {ArrayBuffer} content as `integrity` says it */
async function hashOf(content) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return `sha256-${btoa(String.fromCharCode(...hash))}`;
}
