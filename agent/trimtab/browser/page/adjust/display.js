/** Whether an element is displayed, whatever its page's sheets say: above their `!important`, which whole libraries use. */

const PROPERTY = "display";
const PRIORITY = "important";

/**
 * @param {Element} element
 * @param {() => string} look The value; asked when it begins.
 * @returns {import("./change.js").Change | string}
 */
export function changeDisplay(element, look) {
  if (!(element instanceof HTMLElement) && !(element instanceof SVGElement)) return "it has no style";
  if (element.matches("html, body")) return "it is the whole page";
  if (element.matches("dialog, [popover]")) return "its page opens and closes it"; // unseen, a modal one would lock the page
  const { style } = element;
  let [ours, before, priority] = ["", "", ""];
  let hadStyle = true;
  const holds = () => style.getPropertyValue(PROPERTY) === ours && style.getPropertyPriority(PROPERTY) === PRIORITY;
  return {
    apply() {
      hadStyle = element.hasAttribute("style");
      [before, priority] = [style.getPropertyValue(PROPERTY), style.getPropertyPriority(PROPERTY)];
      ours = look();
      style.setProperty(PROPERTY, ours, PRIORITY);
    },
    undo() {
      if (!holds()) return; // another value is the page's own
      if (before) style.setProperty(PROPERTY, before, priority);
      else style.removeProperty(PROPERTY);
      if (!hadStyle && element.getAttribute("style") === "") element.removeAttribute("style");
    },
    holds,
  };
}

/** What two changes of it would fight over. */
export const SHOWN = ["shown"];
