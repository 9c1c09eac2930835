/** When the page is better off without us. */

const SLOW = ["slow-2g", "2g"];
const MIN_MEMORY_GIB = 1;

/**
 * @typedef {object} Device What some browsers tell about the device and its line.
 * @property {{saveData?: boolean, effectiveType?: string}} [connection]
 * @property {number} [deviceMemory] GiB
 */

/**
 * @param {Device} device usually `navigator`
 * @returns {string} the reason to stay away, or ""
 */
export function reasonToStayAway({ connection, deviceMemory }) {
  if (connection?.saveData) return "the visitor saves data";
  if (SLOW.includes(connection?.effectiveType ?? "")) return "the connection is too slow";
  if (deviceMemory !== undefined && deviceMemory < MIN_MEMORY_GIB) return "the device has too little memory";
  if (typeof WebAssembly === "undefined" || typeof Worker === "undefined") return "the browser has no WebAssembly";
  return "";
}
