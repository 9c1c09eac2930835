/** Where the visitor opens the panel: around a button of the site's, `<trimtab-panel><button>…</button></trimtab-panel>`. */

const NAME = "trimtab-panel";

/**
 * An element of its own hears its own clicks alone, whenever it comes, and costs a page without one nothing: nothing
 * listens there before somebody has agreed to anything.
 * @param {(place: Element) => void} open
 */
export function definePanel(open) {
  if (customElements.get(NAME)) return;
  customElements.define(
    NAME,
    class extends HTMLElement {
      connectedCallback() {
        this.onclick = () => open(this);
      }
    },
  );
}
