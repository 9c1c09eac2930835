/** Show a block that the author has put into the target for this purpose: `<template data-trimtab-variant="NAME">`. */

import { CONTENT, changeContent } from "./content.js";
import { STATEFUL } from "./stateful.js";

/** @param {string} name */
const blockOf = (name) => `template[data-trimtab-variant="${CSS.escape(name)}"]`;

/**
 * The author's template with that name in the element, or why it is of no use.
 * @param {Element} element
 * @param {string} name
 * @returns {HTMLTemplateElement | string}
 */
export function templateIn(element, name) {
  const template = element.querySelector(blockOf(name));
  if (!(template instanceof HTMLTemplateElement)) return `no <template data-trimtab-variant="${name}"> in it`;
  return template.content.querySelector("script") ? `<template data-trimtab-variant="${name}"> holds a script` : template;
}

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {{variant: string}} */ { variant }) {
    const template = templateIn(element, variant);
    return typeof template === "string"
      ? template
      : changeContent(element, () => document.importNode(template.content, true));
  },
  parts: () => CONTENT,
  early: (/** @type {{variant: string}} */ { variant }) => ({ block: blockOf(variant), unless: STATEFUL }),
};
