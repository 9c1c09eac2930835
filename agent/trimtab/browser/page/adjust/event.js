/** Tell the page's own script, which does what it does; `detail.undo` says when it is to be taken back. */

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {{name: string, detail: object}} */ { name, detail }) {
    const tell = (/** @type {boolean} */ undo) =>
      void element.dispatchEvent(
        new CustomEvent(name, { bubbles: true, composed: true, detail: { ...detail, undo } }),
      );
    return {
      apply: () => tell(false),
      undo: () => tell(true),
      holds: () => true, // what the page has made of it is the page's own
    };
  },
  parts: (/** @type {{name: string}} */ { name }) => [`event ${name}`],
};
