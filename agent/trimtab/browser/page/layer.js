/** The page's `dataLayer`, which has no events of its own: what is pushed is heard. */

const LAYER = "dataLayer";

/** @type {Set<(entry: unknown) => void>} */
const hearers = new Set();
/** @type {unknown} the window that is watched */
let place = null;

/** @param {unknown} entry */
function tell(entry) {
  for (const hear of hearers) hear(entry);
}

/**
 * The page may put another `push` in the place of ours, or call the one it had before: what it reads is always ours
 * around what it set last.
 * @param {any} layer
 */
function watch(layer) {
  if (!Array.isArray(layer)) return;
  let { push } = layer;
  Object.defineProperty(layer, "push", {
    configurable: true,
    get() {
      const inner = push;
      return (/** @type {unknown[]} */ ...entries) => {
        entries.forEach(tell);
        return inner.apply(layer, entries);
      };
    },
    set: (next) => void (push = next),
  });
}

function watchAll() {
  let layer = Reflect.get(window, LAYER);
  watch(layer);
  const accessor = {
    configurable: true,
    enumerable: true,
    get: () => layer,
    /** @param {unknown} next */
    set(next) {
      const isNew = next !== layer;
      layer = next;
      if (isNew) watch(next);
      if (isNew && Array.isArray(next)) next.forEach(tell);
    },
  };
  // For a page that makes it later, or anew. A global `var` cannot be watched so, and is there before us.
  Reflect.defineProperty(window, LAYER, accessor);
}

/**
 * Hears what stands there, then all that comes. It is watched once, however many hear it: two watchers would each take
 * the place of the other.
 * @param {(entry: unknown) => void} work
 * @param {import("./scope.js").Scope} scope
 */
export function hearLayer(work, scope) {
  const hear = scope.guarded(work);
  const there = Reflect.get(window, LAYER);
  if (Array.isArray(there)) there.forEach((entry) => hear(entry));
  if (place !== window) watchAll();
  place = window;
  hearers.add(hear);
  scope.onEnd(() => hearers.delete(hear));
}

/** @param {unknown} entry */
export function pushToLayer(entry) {
  const there = Reflect.get(window, LAYER) ?? [];
  Reflect.set(window, LAYER, there);
  there.push(entry);
}
