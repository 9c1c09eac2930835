/** Show other content in an element. */

import { stretch, unstretch } from "./away.js";
import { refusalToPart, scrolledIn } from "./stateful.js";

/** What all that show other content take for themselves. */
export const CONTENT = ["content"];

/**
 * The page's own nodes wait in a fragment, not in a list: what the page does to them meanwhile (removing one, adding
 * one beside it, moving one elsewhere) has happened when they come back.
 * @param {Element} element
 * @param {() => Node} make the content to show; it may be a fragment
 * @returns {import("./change.js").Change | string}
 */
export function changeContent(element, make) {
  if (element.matches("html, body")) return "it is the whole page";
  if (element instanceof HTMLElement && element.isContentEditable) return "the visitor writes in it";
  const refused = refusalToPart(element);
  if (refused) return refused;
  const own = document.createDocumentFragment();
  /** They stand around ours: what comes between them is there in its stead, as when a browser translates our words. */
  const [from, to] = [new Comment(), new Comment()];
  /** @type {ChildNode[]} */
  let ours = [];
  const scrolled = scrolledIn(element); // now: between the changes of one frame each look would lay the page out again
  const isIn = (/** @type {Node} */ node) => node.parentNode === element;
  /** The page has written new content, also into nodes of ours (who compares contents does): that is what it would show. */
  const isRewritten = () => !isIn(from) && !isIn(to);
  const written = new MutationObserver(() => isRewritten() && own.replaceChildren());

  return {
    apply() {
      if (!ours.length) {
        const block = document.createDocumentFragment();
        block.append(make());
        ours = [...block.childNodes];
      }
      const children = [...element.childNodes];
      element.replaceChildren(from, ...ours, to);
      own.append(...children);
      written.observe(element, { childList: true });
      stretch(element, own, () => !isRewritten());
    },
    undo() {
      unstretch(element);
      written.disconnect();
      if (isRewritten()) ours = [];
      else {
        const back = scrolled.filter(({ each }) => each === element || own.contains(each));
        if (isIn(from) && isIn(to)) while (from.nextSibling && from.nextSibling !== to) from.nextSibling.remove();
        (isIn(from) ? from : to).before(own);
        for (const node of [from, ...ours, to]) if (isIn(node)) node.remove();
        for (const { each, left, top } of back) each.scrollTo({ left, top, behavior: "instant" });
      }
      own.replaceChildren();
    },
    holds: () => isIn(from) && isIn(to) && (from.nextSibling !== to || !ours.length),
  };
}
