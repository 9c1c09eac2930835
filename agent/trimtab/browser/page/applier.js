/** Obeying: what each adjustment should look like by now, reached as far as calm allows, and undone on demand. */

import { createChange, partsOf } from "./adjust/change.js";
import { inCalm } from "./calm.js";
import { watchHands } from "./hands.js";
import { APPLIED, BY, DEFERRED, FAILED, UNDONE, WAITS } from "./messages.js";
import { watchMoments } from "./moments.js";

/** A policy that matches more elements than this adjusts the first ones. */
const MAX_ELEMENTS = 500;
const WORDS = ["it would move what is in view", "the visitor's pointer is on it", "the visitor's focus is in it"];

/**
 * @typedef {"idle" | "applied" | "deferred" | "undone" | "failed"} State
 * @typedef {(index: number, state: State, reason: string) => void} Tell
 *
 * @typedef {object} Work What one adjustment is about.
 * @property {boolean} wanted
 * @property {Map<Element, import("./adjust/change.js").Change>} held The elements that are changed now, in order.
 * @property {State} state What was said of it since the last command.
 *
 * @typedef {object} Applier
 * @property {(commands: import("./messages.js").Command[]) => void} obey
 * @property {(target: number) => void} retry A target has appeared, for what is applied or waits.
 * @property {() => void} restore Everything back, now, whatever moves.
 * @property {(index: number) => void} dismiss The visitor wants this one back, now; it is not shown again.
 */

/**
 * @param {import("./messages.js").Declaration} declaration
 * @param {(kind: number, stamp: number, target: number, adjustment: number, why: number) => void} record
 * @param {Tell} tell
 * @param {import("./scope.js").Scope} scope
 * @returns {Applier}
 */
export function createApplier({ adjustments, targets }, record, tell, scope) {
  /** @type {Work[]} */
  const works = adjustments.map(() => ({ wanted: false, held: new Map(), state: "idle" }));
  /** @type {WeakMap<Element, Set<string>>} the parts of elements that some adjustment holds */
  const taken = new WeakMap();
  /** @type {Map<number, Element[]>} */
  const waiting = new Map();
  /** @type {Map<number, Element[]>} those of them that the visitor's hands are on */
  const inHand = new Map();
  /** @type {Set<number>} */
  const due = new Set();
  let asked = false;

  const moments = watchMoments(() => ask(waiting.keys()), scope);
  const hands = watchHands(() => {
    for (const [index, elements] of inHand) if (!elements.every((each) => isInHand(index, each))) ask([index]);
  }, scope);

  /**
   * A click on an element is a moment for it, although the mouse is there; a key pressed in it is none. What is taken
   * back must not take the focus along, but may go from under the mouse.
   * @param {number} index @param {Element} element
   */
  function isInHand(index, element) {
    const mayBePointedAt = !works[index].wanted || adjustments[index].under_pointer || moments.touched(element);
    return hands.focus(element) || (!mayBePointedAt && hands.pointAt(element));
  }

  /** @param {Iterable<number>} indices */
  function ask(indices) {
    for (const index of indices) due.add(index);
    if (asked || !due.size) return;
    asked = true;
    requestAnimationFrame(frame);
  }

  const frame = scope.guarded(() => {
    asked = false;
    const now = [...due];
    due.clear();
    for (const index of now) scope.guarded(works[index].wanted ? apply : undo)(index);
    moments.await(new Set([...waiting.values()].flat()));
  });

  /**
   * Says it once: to the status, and to the worker as a row.
   * @param {number} index @param {State} state @param {number} kind @param {string} [reason] @param {number} [why]
   */
  function turn(index, state, kind, reason = "", why = 0) {
    if (works[index].state === state) return;
    works[index].state = state;
    tell(index, state, reason);
    record(kind, performance.now(), adjustments[index].target, index, why);
  }

  /**
   * @param {number} index
   * @param {import("./still.js").Step[]} held back because of the visitor's hands; none: because things would move
   */
  function defer(index, held) {
    const focused = held.some(({ element }) => hands.focus(element));
    const why = focused ? WAITS.focus : held.length ? WAITS.pointer : WAITS.layout;
    turn(index, "deferred", DEFERRED, WORDS[why], why);
  }

  /** @param {number} index */
  function apply(index) {
    const { target, do: what } = adjustments[index];
    const { held } = works[index];
    const parts = partsOf(what);
    let reason = `no element matches ${targets[target].selector}`;
    /** @type {Map<Element, import("./adjust/change.js").Change>} */
    const changes = new Map();
    for (const element of [...document.querySelectorAll(targets[target].selector)].slice(0, MAX_ELEMENTS)) {
      if (held.has(element)) continue;
      const change = parts.some((part) => taken.get(element)?.has(part))
        ? "another adjustment holds it"
        : createChange(element, what, () => dismiss(index));
      if (typeof change === "string") reason = change;
      else changes.set(element, change);
    }
    const steps = [...changes].map(([element, act]) => ({ element, act }));
    const free = steps.filter(({ element }) => !isInHand(index, element));
    const done = inCalm(free, moments.touched);
    for (const { element } of done) {
      held.set(element, /** @type {import("./adjust/change.js").Change} */ (changes.get(element)));
      const all = taken.get(element) ?? new Set();
      for (const part of parts) all.add(part);
      taken.set(element, all);
    }
    waiting.set(index, steps.filter((step) => !done.includes(step)).map((step) => step.element));
    inHand.set(index, steps.filter((step) => !free.includes(step)).map((step) => step.element));
    if (held.size) turn(index, "applied", APPLIED);
    else if (steps.length) defer(index, free.length ? [] : steps);
    else {
      works[index].wanted = false; // or it would come later with no decision behind it, and nobody would take it back
      turn(index, "failed", FAILED, reason);
    }
  }

  /** @param {number} index */
  function undo(index) {
    const { held } = works[index];
    const steps = [...held].reverse().map(([element, change]) => ({
      element,
      act: { apply: change.undo, undo: change.apply },
    }));
    const free = steps.filter(({ element }) => !isInHand(index, element));
    for (const { element } of inCalm(free, moments.touched)) release(index, element);
    waiting.set(index, [...held.keys()]);
    inHand.set(index, steps.filter((step) => !free.includes(step)).map((step) => step.element));
    if (held.size) defer(index, free.length ? [] : steps);
    else turn(index, "undone", UNDONE);
  }

  /** @param {number} index @param {Element} element */
  function release(index, element) {
    works[index].held.delete(element);
    for (const part of partsOf(adjustments[index].do)) taken.get(element)?.delete(part);
  }

  /** Everything of one adjustment back, now, whatever moves. @param {number} index */
  function takeBack(index) {
    const work = works[index];
    work.wanted = false;
    for (const [element, change] of [...work.held].reverse()) {
      scope.guarded(change.undo)();
      release(index, element);
    }
  }

  /** The visitor has said so, with a click or a key on what is shown. @param {number} index */
  function dismiss(index) {
    takeBack(index);
    waiting.delete(index);
    inHand.delete(index);
    turn(index, "undone", UNDONE, "the visitor took it back", BY.visitor);
  }

  return {
    obey(commands) {
      for (const [verb, index] of commands) {
        works[index].wanted = verb === "apply";
        works[index].state = "idle"; // every command is answered, also with what has been said before
      }
      ask(commands.map(([, index]) => index));
    },
    retry: (target) => ask([...works.keys()].filter((i) => works[i].wanted && adjustments[i].target === target)),
    dismiss(index) {
      if (works[index].held.size || works[index].state === "deferred") dismiss(index);
    },
    restore() {
      works.forEach((work, index) => {
        const shown = work.held.size > 0 || work.state === "deferred";
        takeBack(index);
        if (shown) turn(index, "undone", UNDONE);
      });
      waiting.clear();
      inHand.clear();
      moments.await(new Set());
    },
  };
}
