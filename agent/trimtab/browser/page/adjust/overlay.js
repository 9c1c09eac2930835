/**
 * Styles that lie over the page's own without being written anywhere: an animation that has arrived. What the page does
 * to classes, sheets and the style attribute goes on below it, and is what shows when the animation is cancelled.
 * It is no inline style, so no `style-src` forbids it. https://drafts.csswg.org/web-animations-1/#the-effect-stack
 */

const UNSEEN = "nothing of it would show: its page's styles do the same already, or are stronger";

/**
 * @param {Element} element
 * @param {string[]} names of the properties
 * @param {() => PropertyIndexedKeyframes} look Asked when it begins; names are camelCased.
 * @param {CompositeOperation} [composite] "add": what the page has itself is kept and multiplied.
 * @returns {import("./change.js").Change & {unseen: () => string}}
 */
export function layOver(element, names, look, composite = "replace") {
  const styles = getComputedStyle(element);
  const read = () => names.map((name) => styles.getPropertyValue(name)).join();
  const before = read();
  /** @type {Animation | null} */
  let over = null;
  return {
    apply() {
      over = element.animate(look(), { duration: 0, fill: "both", composite });
      over.persist(); // or a later animation of the page's that ends would remove it for good
    },
    undo: () => over?.cancel(),
    unseen: () => (read() === before ? UNSEEN : ""),
    holds: () => over?.playState === "finished",
  };
}
