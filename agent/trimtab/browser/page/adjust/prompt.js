/**
 * Show the author's `<template data-trimtab-variant="NAME">` in its own place: announced politely, in no focus's way, and gone
 * for this visit when the visitor presses its `<button data-trimtab-dismiss>`.
 */

import { CONTENT } from "./content.js";
import { templateIn } from "./swap.js";

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {{variant: string}} */ { variant }, dismiss) {
    const template = templateIn(element, variant);
    if (typeof template === "string") return template;
    if (!template.content.querySelector("button[data-trimtab-dismiss]"))
      return `<template data-trimtab-variant="${variant}"> has no <button data-trimtab-dismiss>`;
    const box = document.createElement("div");
    return {
      apply() {
        fill(box, template, dismiss);
        template.before(box);
      },
      undo() {
        const { activeElement } = /** @type {Document | ShadowRoot} */ (box.getRootNode());
        const focused = box.contains(activeElement);
        box.remove();
        if (focused) cameFrom.get(box)?.focus({ preventScroll: true });
      },
      holds: () => element.contains(box),
    };
  },
  parts: () => CONTENT,
};

/** @type {WeakMap<Element, HTMLElement>} where the focus was before it came into a prompt */
const cameFrom = new WeakMap();

/**
 * @param {HTMLElement} box
 * @param {HTMLTemplateElement} template
 * @param {() => void} dismiss
 */
function fill(box, template, dismiss) {
  const words = document.createElement("div");
  words.append(document.importNode(template.content, true));
  // Screen readers tell what changes in a region that they know: its words become visible a frame after it.
  words.style.visibility = "hidden";
  requestAnimationFrame(() => words.style.removeProperty("visibility"));
  box.setAttribute("role", "status");
  box.dataset.prompt = template.dataset.trimtabVariant;
  box.replaceChildren(words);
  box.onclick = (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-trimtab-dismiss]")) return;
    event.preventDefault(); // a button in a form would send it
    dismiss();
  };
  box.addEventListener(
    "focusin",
    ({ relatedTarget: left }) => {
      if (left instanceof HTMLElement && !box.contains(left)) cameFrom.set(box, left);
    },
    { passive: true },
  );
}
