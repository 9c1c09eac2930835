/** The only function of the page thread that opens the network: it sends one report. The worker's fetches the pack. */

/**
 * No credentials, no referrer, no content type (so no preflight), and nobody reads the answer: it only matters whether
 * there was one.
 * @param {string} url
 * @param {Uint8Array<ArrayBuffer>} body
 * @param {AbortSignal | null} untilLeft given: the browser sends it when the page dies, unless aborted; null: now
 * @returns {{activated: boolean} | Promise<unknown>}
 */
export function post(url, body, untilLeft) {
  /** @type {RequestInit} */
  const request = {
    method: "POST",
    body,
    mode: "no-cors",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
  };
  if (untilLeft) return fetchLater(url, { ...request, signal: untilLeft });
  return fetch(url, { ...request, keepalive: true });
}
