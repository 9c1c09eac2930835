/** A block that the author has put into the target for this purpose: `<template data-variant="NAME">`. */

import { changeContent } from "./content.js";

/**
 * @param {Element} element
 * @param {string} name
 * @returns {import("./change.js").Change | string}
 */
export function variantOf(element, name) {
  const template = element.querySelector(`template[data-variant="${CSS.escape(name)}"]`);
  if (!(template instanceof HTMLTemplateElement)) return `no <template data-variant="${name}"> in it`;
  const { content } = template;
  if (content.querySelector("script")) return `<template data-variant="${name}"> holds a script`;
  return changeContent(element, () => document.importNode(content, true));
}
