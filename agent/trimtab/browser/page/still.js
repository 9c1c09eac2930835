/** Does anything visible move? Asked before the browser paints, so that nobody sees the try. */

import { upFrom } from "./up.js";

/** Each point costs half a millisecond on a page of 20,000 elements. All of them are looked at, also on a busy machine. */
const COLUMNS = 4;
const ROWS = 5;
/** What is near the window is looked at one by one, up to so many nodes; the points of a grid find the rest. */
const MAX_WATCHED = 1500;
/** Of more children than these only those around what the grid has hit are looked at: each look takes 10 µs. */
const CROWD = 300;
/** So many nodes are looked at behind each of the elements, and behind those around them. */
const FOLLOWING = 40;
/** Less than what the Layout Instability API counts (3 px). https://wicg.github.io/layout-instability/ */
const MOVED_PX = 1;
/** What may glide, because it moves nothing. A size that glides would move the view after we have looked. */
const ONLY_PAINTS =
  /color|shadow|background|opacity|filter|transform|translate|rotate|scale|^visib|outline|clip|mask|fill|stroke|offset|easing|composite/i;
/** What inherits a size begins to glide when that has arrived, and what inherits it from there after that. */
const MAX_ROUNDS = 20;

/**
 * @typedef {{apply: () => void, undo: () => void}} Act
 * @typedef {{element: Element, act: Act, paintsOnly?: boolean}} Step `paintsOnly`: nothing moves by it, whatever it
 *   looks like.
 */

/**
 * Does all of it or none: if something in the window moved, everything is as it was before.
 * @param {Step[]} steps
 * @returns {boolean} whether it is done
 */
export function doneStill(steps) {
  const isPaint = steps.every(({ paintsOnly }) => paintsOnly);
  const outer = new Set(steps.flatMap(({ element }) => [...upFrom(element)]));
  const around = () => windowOf() + (isPaint && [...outer].map(scrollingOf));
  const was = around();
  const before = isPaint ? new Map() : following(steps, inView());
  const nodes = [...outer, ...before.keys()];
  const roots = rootsOf(nodes);
  const gliding = new Set(animationsIn(roots));
  const scrollBack = scrollsOf(nodes);
  const done = [];
  try {
    for (const step of steps) {
      done.unshift(step);
      step.act.apply();
    }
    if (arrive(roots, gliding) && around() === was && !anyMoved(before)) return true;
  } catch (error) {
    undoAll(done, roots, gliding);
    scrollBack();
    throw error;
  }
  undoAll(done, roots, gliding);
  scrollBack();
  return false;
}

/**
 * What was shorter or gone for a moment may have lost its scroll position: the document, or what scrolls in it.
 * @param {any[]} nodes
 * @returns {() => void} Puts back where those that are scrolled were by now.
 */
function scrollsOf(nodes) {
  const were = nodes.flatMap((at) => {
    const { scrollLeft: left, scrollTop: top } = at;
    return left || top ? { at, left, top } : [];
  });
  return () => {
    for (const { at, left, top } of were)
      if (at.scrollLeft !== left || at.scrollTop !== top) at.scrollTo({ left, top, behavior: "instant" });
  };
}

/** What the page has of the window: a scrollbar takes some, and a page that is wider than a phone's is drawn smaller. */
function windowOf() {
  const { clientWidth, clientHeight, scrollWidth } = document.documentElement;
  const isCut = [document.documentElement, document.body].some((each) => /hidden|clip/.test(getComputedStyle(each).overflowX));
  return [clientWidth, clientHeight, isCut || scrollWidth].join();
}

/** What is drawn larger may give a scrollbar to what it is in, and drawn smaller again take away where that was scrolled to. */
const scrollingOf = (/** @type {any} */ { offsetWidth, clientWidth, offsetHeight, clientHeight, scrollLeft, scrollTop }) =>
  [offsetWidth - clientWidth, offsetHeight - clientHeight, scrollLeft, scrollTop];

/** @param {Step[]} done @param {any[]} roots @param {Set<Animation>} gliding */
function undoAll(done, roots, gliding) {
  for (const step of done) step.act.undo();
  arrive(roots, gliding);
}

/**
 * @param {Node[]} nodes
 * @returns {any[]} The document and the shadow roots where something may begin to glide: none tells of those within it.
 */
const rootsOf = (nodes) => [...new Set([document, ...nodes].map((node) => node.getRootNode()))];

/** @param {any[]} roots @returns {any[]} None where something waits in a fragment. */
const animationsIn = (roots) => roots.flatMap((root) => root.getAnimations?.() ?? []);

/**
 * Sends what we have set gliding to its end, be it on another element.
 * @param {any[]} roots
 * @param {Set<Animation>} gliding what the page had set gliding before
 * @returns {boolean} whether all has arrived
 */
function arrive(roots, gliding) {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const left = animationsIn(roots).filter((animation) => !gliding.has(animation) && moves(animation));
    const ending = left.filter((animation) => !isEndless(animation));
    if (!ending.length) return !left.some(({ effect }) => effect.target.getBoundingClientRect().top < innerHeight);
    for (const animation of ending) animation.finish();
  }
  return false;
}

const isEndless = (/** @type {any} */ { effect }) => effect.getComputedTiming().endTime === Infinity;

/**
 * Whether it may move something by itself: not if it goes with the scrolling, or within a drawing. What depends on a variable
 * that turns for ever is a colour nearly always.
 * @param {any} animation
 */
function moves(animation) {
  const { effect, playState, timeline } = animation;
  if (playState !== "running" || timeline !== document.timeline || effect.target.ownerSVGElement) return false;
  const names = effect.getKeyframes().flatMap(Object.keys);
  return names.some((/** @type {string} */ name) => !(ONLY_PAINTS.test(name) || (name.startsWith("--") && isEndless(animation))));
}

/**
 * What is in the window or near it, and where: elements, and the texts of those in the window, which a padding or a wider
 * word beside them moves.
 * @returns {Map<Node, DOMRect>}
 */
function inView() {
  /** @type {Map<Node, DOMRect>} */
  const watched = new Map();
  for (let count = 0; count < ROWS * COLUMNS; count += 1) {
    const x = (((count % COLUMNS) + 0.5) / COLUMNS) * innerWidth;
    const y = ((Math.floor(count / COLUMNS) + 0.5) / ROWS) * innerHeight;
    for (const hit of document.elementsFromPoint(x, y)) watched.set(hit, hit.getBoundingClientRect());
  }
  const hits = [...watched.keys()];
  const queue = [/** @type {Node} */ (document.body)];
  for (const node of queue) {
    if (watched.size > MAX_WATCHED) break;
    const children = childrenOf(node);
    const isOutside = isFar(watched.get(node));
    const hit = children.length > CROWD ? hits.filter(({ parentNode }) => parentNode === node) : [];
    for (const child of hit.length ? around(hit) : children) {
      if (isOutside && child instanceof Text) continue;
      const rect = watched.get(child) ?? rectOf(child);
      if (!isNear(rect)) continue;
      watched.set(child, rect);
      queue.push(child);
    }
  }
  return watched;
}

/**
 * Adds what comes after it and after what it is laid out in, however far down: where something tall shrinks it comes into
 * the window.
 * @param {Step[]} steps
 * @param {Map<Node, DOMRect>} watched
 */
function following(steps, watched) {
  /** @type {Set<Node>} */
  const seen = new Set();
  for (const { element } of steps) {
    for (const node of upFrom(element)) {
      /** @type {Node[]} */
      const queue = [/** @type {Node} */ (node.nextSibling)];
      for (let looks = 0; looks < FOLLOWING && queue.length; looks += 1) {
        const next = queue.pop();
        if (!next || seen.has(next)) continue;
        seen.add(next);
        const rect = rectOf(next);
        queue.push(/** @type {Node} */ (next.nextSibling));
        if (rect?.height) watched.set(next, rect);
        else queue.push(childrenOf(next)[0]); // it has no room of its own; that may
      }
    }
  }
  return watched;
}

/**
 * @param {Node[]} hits
 * @returns {Set<Node>} they, and what stands beside them as far as it is near
 */
function around(hits) {
  const found = new Set(hits);
  for (const way of /** @type {const} */ (["previousSibling", "nextSibling"])) {
    for (const hit of hits) {
      for (let node = hit[way]; node && !found.has(node); node = node[way]) {
        const rect = rectOf(node);
        if (rect && !isNear(rect)) break;
        found.add(node);
      }
    }
  }
  return found;
}

/** @param {DOMRect | undefined} rect @returns {rect is DOMRect} */
const isNear = (rect) => rect !== undefined && rect.bottom >= -innerHeight && rect.top <= 2 * innerHeight;

/**
 * Also in an open shadow root: whole pages lie in one. Not `node.childNodes`: of a form that may be its field of this name.
 * @param {Node} node
 * @returns {Node[]}
 */
const childrenOf = (node) => [
  .../** @type {Partial<Element>} */ (node).shadowRoot?.childNodes ?? [],
  .../** @type {() => NodeListOf<ChildNode>} */ (childNodesOf).call(node),
];
/** One for all: the browser keeps each up to date with every change, for as long as it lives. */
const range = new Range();
const childNodesOf = Object.getOwnPropertyDescriptor(Node.prototype, "childNodes")?.get;

/**
 * @param {Node} node
 * @returns {DOMRect | undefined} of a text: of its first line, for that is where it starts
 */
function rectOf(node) {
  if (node instanceof Element) return node.getBoundingClientRect();
  if (!(node instanceof Text)) return undefined;
  range.selectNodeContents(node);
  return range.getClientRects()[0];
}

/** @param {DOMRect} rect */
function isSeen({ top, right, bottom, left, width, height }) {
  return width * height > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
}

/** @param {DOMRect | undefined} rect of what has room of its own, and none of it in the window */
const isFar = (rect) => !!rect && rect.width * rect.height > 0 && !isSeen(rect);

/**
 * The corner where something starts has moved, also if it moved into the window or out of it. Growing and shrinking at
 * the other end is no movement, nor is being gone.
 * @param {Map<Node, DOMRect>} places
 * @returns {boolean}
 */
function anyMoved(places) {
  for (const [node, before] of places) {
    const after = rectOf(node);
    if (!after || !(before.width * before.height && after.width * after.height)) continue;
    if (!(isSeen(before) || isSeen(after))) continue;
    const sides = [after.left - before.left, after.right - before.right].map(Math.abs);
    if (Math.abs(after.top - before.top) >= MOVED_PX) return true;
    if (Math.max(...sides) >= MOVED_PX && sides[+startsRight(node)] >= MOVED_PX) return true;
  }
  return false;
}

/**
 * Where its first line starts, or its first column.
 * @param {Node} node
 */
function startsRight(node) {
  const element = node instanceof Element ? node : node.parentElement;
  if (!element) return false;
  const { direction, writingMode } = getComputedStyle(element);
  return writingMode.startsWith("horizontal") ? direction === "rtl" : writingMode.endsWith("-rl");
}
