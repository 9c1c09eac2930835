/**
 * Whether the host sends files as they are. Then the worker asks for the compressed twins of the large ones and unpacks
 * them. Seen on a script that has come from there; the browser tells only of hosts of the page's own origin, and of those
 * that permit it. https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-encodedbodysize
 * @param {string} address of the script
 */
export function sendsPlain(address) {
  const [entry] = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByName(address, "resource"));
  const isPlain = Boolean(entry?.decodedBodySize) && entry.encodedBodySize === entry.decodedBodySize;
  return isPlain && "DecompressionStream" in globalThis;
}
