/**
 * What something is drawn in: through the slot that it is assigned to, and out of shadow roots.
 * @param {Node | null} node
 * @returns {Generator<Node>} it, and all that it is laid out in
 */
export function* upFrom(node) {
  for (let at = /** @type {any} */ (node); at; at = at.assignedSlot ?? at.parentNode ?? at.host) yield at;
}
