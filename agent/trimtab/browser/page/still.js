/** Does anything visible move? Asked before the browser paints, so that nobody sees the try. */

const COLUMNS = 6;
const ROWS = 8;
/** Beside a grid of points, these many neighbours of each element are watched. */
const NEIGHBOURS = 8;
/** Less than what the Layout Instability API counts (3 px). https://wicg.github.io/layout-instability/ */
const MOVED_PX = 1;
/** What may glide, because it moves nothing. A size that glides would move the view after we have looked. */
const ONLY_PAINTS = /color|shadow|background|opacity|filter|transform|translate|rotate|scale|visibility/;

/**
 * @typedef {{apply: () => void, undo: () => void}} Act
 * @typedef {{element: Element, act: Act}} Step
 */

/**
 * Does all of it or none: if something in the window moved, everything is as it was before.
 * @param {Step[]} steps
 * @returns {boolean} whether it is done
 */
export function doneStill(steps) {
  const gliding = new Set(transitionsIn(steps));
  const before = placesOf(around(steps.map((step) => step.element)));
  const [x, y] = [scrollX, scrollY];
  const done = [];
  try {
    for (const step of steps) {
      done.unshift(step);
      step.act.apply();
    }
    arrive(steps, gliding);
    if (!anyMoved(before)) return true;
  } catch (error) {
    undoAll(done, gliding);
    throw error;
  }
  undoAll(done, gliding);
  // A document that was shorter for a moment may have lost its scroll position.
  if (scrollX !== x || scrollY !== y) scrollTo({ left: x, top: y, behavior: "instant" });
  return false;
}

/** @param {Step[]} done @param {Set<Animation>} gliding */
function undoAll(done, gliding) {
  for (const step of done) step.act.undo();
  arrive(done, gliding);
}

/** @param {Step[]} steps */
const transitionsIn = (steps) => steps.flatMap(({ element }) => element.getAnimations({ subtree: true }));

/**
 * Sends what we have set gliding to its end.
 * @param {Step[]} steps
 * @param {Set<Animation>} gliding what the page had set gliding before
 */
function arrive(steps, gliding) {
  for (const animation of transitionsIn(steps)) {
    const ours = animation instanceof CSSTransition && !gliding.has(animation);
    if (ours && !ONLY_PAINTS.test(animation.transitionProperty)) animation.finish();
  }
}

/**
 * What a grid of points over the window hits, and the elements that would be pushed first.
 * @param {Element[]} elements
 * @returns {Set<Element>}
 */
function around(elements) {
  const watched = new Set();
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const [x, y] = [((column + 0.5) / COLUMNS) * innerWidth, ((row + 0.5) / ROWS) * innerHeight];
      for (const hit of document.elementsFromPoint(x, y)) watched.add(hit);
    }
  }
  for (const element of elements.slice(0, NEIGHBOURS)) {
    let next = element.nextElementSibling;
    for (let count = 0; next && count < NEIGHBOURS; count += 1) {
      watched.add(next);
      next = next.nextElementSibling;
    }
    for (let outer = element.parentElement; outer; outer = outer.parentElement) {
      if (outer.nextElementSibling) watched.add(outer.nextElementSibling);
    }
  }
  return watched;
}

/**
 * @param {Set<Element>} elements
 * @returns {Map<Element, DOMRect>}
 */
function placesOf(elements) {
  return new Map([...elements].map((element) => [element, element.getBoundingClientRect()]));
}

/** @param {DOMRect} rect */
function isSeen({ top, right, bottom, left, width, height }) {
  return width * height > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
}

/**
 * A corner that starts elsewhere has moved, also if it moved into the window or out of it. Growing and shrinking is no
 * movement, nor is being gone.
 * @param {Map<Element, DOMRect>} places
 * @returns {boolean}
 */
function anyMoved(places) {
  for (const [element, before] of places) {
    const after = element.getBoundingClientRect();
    if (!(before.width * before.height && after.width * after.height) || !(isSeen(before) || isSeen(after))) continue;
    const sideways = Math.min(Math.abs(after.left - before.left), Math.abs(after.right - before.right));
    if (Math.max(sideways, Math.abs(after.top - before.top)) >= MOVED_PX) return true;
  }
  return false;
}
