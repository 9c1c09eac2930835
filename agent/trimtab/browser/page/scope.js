/** What may end all at once, and may never throw into the page. */

/**
 * @typedef {object} Scope
 * @property {AbortSignal} signal
 * @property {<A extends unknown[]>(work: (...args: A) => void) => (...args: A) => void} guarded
 *   The same function, silent after the end; what it throws is counted.
 * @property {<E extends Event>(target: EventTarget, type: string, work: (event: E) => void, capture?: boolean) => void}
 *   listen Passive, guarded, and gone with the scope.
 * @property {(work: () => void) => void} onEnd
 * @property {() => Scope} child Ends with this one, or earlier.
 * @property {() => void} end
 */

/**
 * @param {(error: unknown) => void} onError
 * @returns {Scope}
 */
export function createScope(onError) {
  const controller = new AbortController();
  const { signal } = controller;

  /** @type {Scope} */
  const scope = {
    signal,
    guarded: (work) => (...args) => {
      if (signal.aborted) return;
      try {
        work(...args);
      } catch (error) {
        onError(error);
      }
    },
    listen(target, type, work, capture = false) {
      const listener = /** @type {EventListener} */ (/** @type {unknown} */ (scope.guarded(work)));
      target.addEventListener(type, listener, { passive: true, capture, signal });
    },
    onEnd: (work) => signal.addEventListener("abort", work, { once: true }),
    child() {
      const inner = createScope(onError);
      signal.addEventListener("abort", inner.end, { signal: inner.signal });
      return inner;
    },
    end: () => controller.abort(),
  };
  return scope;
}
