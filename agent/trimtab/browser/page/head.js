/**
 * The optional script in the head: shows what the page before showed as soon as the elements are there, before they are
 * painted. It acts under consent that was stored, and until the tag takes `done` away, which answers for it from then on.
 *
 * It stands in every page, so it is written to be short and imports nothing: keys as in storage.js, the form of what is
 * stored as in shown.js. Content falls when its element is whole, so nothing behind it has been painted that could move.
 */

const d = document;
/** @type {any} */
const page = window;
const early = (page.trimtab ??= { early: [] });
/** @type {import("./shown.js").Done} */
const done = (early.done = []);

try {
  const { at, seed, roots, changes } = JSON.parse(sessionStorage["trimtab.shown"]);
  // What is stored was agreed to, and goes with a no; of one in another tab tell the choice, and the seed that has gone.
  const { "trimtab.choice": choice, "trimtab.seed": known } = localStorage;
  if (Date.now() - at < 1_800_000 && seed === known && !choice?.slice(0, 3).includes("n")) {
    const look = () => {
      const isParsed = d.readyState !== "loading";
      if (isParsed || !early.done) observer.disconnect();
      try {
        if (early.done)
          for (const [index, selector, name, text, block] of changes)
            for (const element of d.querySelectorAll(selector)) {
              let node = element;
              while (node && !node.nextSibling) node = node.parentNode;
              const { classList } = element;
              const content = text ?? element.querySelector(block)?.content;
              if (element.closest(roots) || done.some(([i, e]) => i === index && e === element)) continue;
              if (name && !classList.contains(name)) {
                classList.add(name);
                done.push([index, element, () => classList.remove(name)]);
              } else if (content && (node || isParsed)) {
                const own = [...element.childNodes];
                element.replaceChildren(d.importNode(content.nodeType ? content : new Text(content), true), "");
                const ours = [...element.childNodes];
                done.push([
                  index,
                  element,
                  () => {
                    ours[0].before(...own);
                    for (const each of ours) each.remove();
                  },
                ]);
              }
            }
      } catch {
        // What is stored is not ours.
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(d, { childList: true, subtree: true });
    d.addEventListener("DOMContentLoaded", look);
    // A tag that has not come by then will not.
    setTimeout(() => done.splice(0).reverse().map(([, , undo]) => undo()), 10_000);
  }
} catch {
  // Nothing is stored, or nothing of ours, or storage is refused.
}
