/**
 * Elements by their selector: one of CSS, or several with `>>>` between them. Each but the first is looked for in the
 * open shadow roots of all that the one before it finds.
 */

const INTO_SHADOW = ">>>";

/**
 * @param {string} selector
 * @param {(host: Element) => void} [pass] Told of every element whose shadow root is, or would be, looked into.
 * @returns {Element[]} In the order of the document, host by host; none if the browser does not know the selector.
 */
export function selectAll(selector, pass = () => {}) {
  /** @type {(Document | ShadowRoot)[]} */
  let roots = [document];
  /** @type {Element[]} */
  let hits = [];
  try {
    for (const part of selector.split(INTO_SHADOW)) {
      hits.forEach(pass);
      hits = roots.flatMap((root) => [...root.querySelectorAll(part)]);
      roots = hits.flatMap((host) => host.shadowRoot ?? []);
    }
  } catch {
    return []; // the build has refused what is no selector at all
  }
  return hits;
}

/**
 * @param {string} selector
 * @param {(host: Element) => void} pass As above.
 * @returns {Element | null} The first of them.
 */
export function select(selector, pass) {
  if (selector.includes(INTO_SHADOW)) return selectAll(selector, pass)[0] ?? null;
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}
