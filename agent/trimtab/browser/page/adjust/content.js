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
  if (element instanceof HTMLElement && element.isContentEditable) return "the visitor writes in it";
  const refused = refusalToPart(element);
  if (refused) return refused;
  const own = document.createDocumentFragment();
  /** @type {ChildNode[]} */
  let ours = [];
  /** @type {ReturnType<typeof scrolledIn>} */
  let scrolled = [];
  const left = () => ours.filter((node) => node.parentNode === element);
  // None left: the page has written new content, and that is what it would show now.
  const written = new MutationObserver(() => left().length || own.replaceChildren());

  return {
    apply() {
      if (!ours.length) {
        const block = document.createDocumentFragment();
        // Never empty: undo finds its place by what is left of ours. And no text of the page's is beside ours, for
        // `normalize` would join the two.
        block.append(new Comment(), make(), new Comment());
        ours = [...block.childNodes];
      }
      scrolled = scrolledIn(element);
      const children = [...element.childNodes];
      element.replaceChildren(...ours);
      own.append(...children);
      written.observe(element, { childList: true });
      stretch(element, own, () => left().length > 0);
    },
    undo() {
      unstretch(element);
      written.disconnect();
      const back = scrolled.filter(({ each }) => each === element || own.contains(each));
      left()[0]?.before(own);
      for (const node of left()) node.remove();
      own.replaceChildren();
      for (const { each, left, top } of back) each.scrollTo({ left, top, behavior: "instant" });
    },
    holds: () => left().length === ours.length,
  };
}
