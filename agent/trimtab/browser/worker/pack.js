/** The only function of the worker that opens the network: it fetches files of the pack. The page's sends a report. */

export const WASM = "application/wasm";
/** What else could carry something out of here. */
const WAYS_OUT = ["XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "BroadcastChannel"];
/** Pages without TLS have no `crypto.subtle`. There the browser checks by itself, for 50 ms more of this thread. */
const canHash = Boolean(crypto.subtle);

/**
 * @typedef {object} Pack `sri`: a file's hash, as `integrity` has it; a file that is another one is refused.
 * @property {(path: string, sri?: string) => Promise<Uint8Array>} read
 * @property {<T>(path: string, sri: string, use: (response: Response) => Promise<T>) => Promise<T>} use What is made of a
 *   file while it comes; it is checked by the time that it is given.
 * @property {(why: string) => never} miss Tells that a file is missing, or is another one.
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
  /** Those whose body is known to be right. @type {WeakSet<Response>} */
  const right = new WeakSet();

  /** @param {string} why @returns {never} */
  function miss(why) {
    onMissing(why);
    throw new Error(why);
  }

  /** @param {string} address @param {string} [integrity] @returns {Promise<Response | null>} null: not there */
  async function ask(address, integrity = "") {
    /** @type {RequestInit} */
    const quietly = { credentials: "omit", referrerPolicy: "no-referrer", integrity };
    return open(address, quietly).catch(() => null);
  }

  /**
   * From its twin, where the host sends files as they are.
   * @param {string} address @param {string} sri @returns {Promise<Response | null>} null: it has none that is right
   */
  async function unpack(address, sri) {
    if (sri && !canHash) return null;
    const twin = await ask(`${address}.gz`);
    if (!twin?.ok || !twin.body) return null;
    const unpacked = new Response(twin.body.pipeThrough(new DecompressionStream("gzip")));
    const content = await unpacked.arrayBuffer().catch(() => null);
    if (!content || (sri && sri !== (await hashOf(content)))) return null;
    const response = new Response(content, { headers: { "content-type": address.endsWith(".wasm") ? WASM : "" } });
    right.add(response);
    return response;
  }

  /** @param {RequestInfo | URL} request @param {string} [sri] @returns {Promise<Response>} whose body may be another one */
  async function fetchPack(request, sri = "") {
    const url = new URL(request instanceof Request ? request.url : request, base);
    const path = url.href.slice(base.length);
    if (closed || !url.href.startsWith(base)) throw new Error(`${url.href} is no file of the pack`);
    const unpacked = isPlain ? await unpack(url.href, sri) : null;
    const response = unpacked ?? (await ask(url.href, canHash ? "" : sri));
    if (response?.ok) return response;
    const unreachable = sri && !canHash ? "cannot be reached, or is another file than it was" : "cannot be reached";
    return miss(`${path} ${response ? `is missing (${response.status})` : unreachable}`);
  }

  /**
   * The content of a file, checked.
   * @param {string} path @param {string} sri @param {Response} response @param {Response} [body] the same, or its clone
   */
  async function contentOf(path, sri, response, body = response) {
    const content = await body.arrayBuffer().catch(() => miss(`${path} cannot be reached`)); // the line broke
    const isChecked = !sri || !canHash || right.has(response);
    if (!isChecked && sri !== (await hashOf(content))) miss(`${path} is another file than it was`);
    return content;
  }

  self.fetch = (request) => fetchPack(request);
  return {
    async read(path, sri = "") {
      return new Uint8Array(await contentOf(path, sri, await fetchPack(path, sri)));
    },
    async use(path, sri, use) {
      const response = await fetchPack(path, sri);
      const checked = contentOf(path, sri, response, response.clone());
      const making = use(response);
      making.catch(() => {}); // of another file; that it is one says more
      await checked;
      return making;
    },
    miss,
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
