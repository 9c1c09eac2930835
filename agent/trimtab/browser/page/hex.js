/** Bytes as hexadecimal digits, and back. */

/**
 * @param {ArrayLike<number>} bytes
 * @returns {string}
 */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {string} hex
 * @returns {Uint8Array<ArrayBuffer> | null} null if it is none
 */
export function fromHex(hex) {
  if (!/^([0-9a-f]{2})+$/.test(hex)) return null;
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) => parseInt(hex.slice(2 * index, 2 * index + 2), 16));
}
