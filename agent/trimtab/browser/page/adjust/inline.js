/** One property in the element's own style, above whatever its page's sheets say, their `!important` too. */

const PRIORITY = "important";

/**
 * @param {HTMLElement | SVGElement} element
 * @param {string} property
 * @param {() => string} look The value; asked when it begins.
 * @returns {import("./change.js").Change}
 */
export function writeInline(element, property, look) {
  const { style } = element;
  let [ours, before, priority] = ["", "", ""];
  let hadStyle = true;
  const holds = () => style.getPropertyValue(property) === ours && style.getPropertyPriority(property) === PRIORITY;
  return {
    apply() {
      hadStyle = element.hasAttribute("style");
      [before, priority] = [style.getPropertyValue(property), style.getPropertyPriority(property)];
      style.setProperty(property, look(), PRIORITY);
      ours = style.getPropertyValue(property); // as the browser writes it
    },
    undo() {
      if (!holds()) return; // another value is the page's own
      if (before) style.setProperty(property, before, priority);
      else style.removeProperty(property);
      if (!hadStyle && element.getAttribute("style") === "") element.removeAttribute("style");
    },
    holds,
  };
}
