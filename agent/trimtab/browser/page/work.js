/** One adjustment: what it should look like by now, how much of that is reached, and how it goes again. */

import { createGrip } from "./grip.js";
import { BY, WAITS } from "./messages.js";

/**
 * @typedef {object} Tools What all adjustments of a page share.
 * @property {import("./grip.js").Taken} taken
 * @property {import("./account.js").Account} account
 * @property {import("./fights.js").Fights} fights
 * @property {import("./reach.js").Reach} reach
 * @property {import("./shifts.js").Shifts} shifts
 * @property {(what: "reversed" | "given_up" | "shifted") => void} count
 * @property {(index: number) => void} turn It is to be tried in the next frame.
 * @property {(host: Element) => void} enter Its shadow root is on the way to a target.
 * @property {import("./scope.js").Scope} scope
 *
 * @typedef {object} Work
 * @property {number} target
 * @property {(wanted: boolean) => void} want A command has come; what has ended on this page does not come again.
 * @property {(anew: boolean) => void} attempt To reach it, now. `anew`: it may be the moment for what would have moved the
 *   view before.
 * @property {(theirs: Set<Element>) => void} adopt These show it already, by another hand: they are ours from now on.
 * @property {(element: Element) => void} blame What was done to this element has moved what is in view.
 * @property {() => boolean} isWanted
 * @property {() => boolean} isOnPage Whether there is something to keep an eye on.
 * @property {() => boolean} isFreeOfHands Whether something waited for the visitor's hands alone, and need not any more.
 * @property {() => Element[]} waiting The elements that are to change yet.
 * @property {() => void} dismiss The visitor wants it back, now; it is not shown again.
 * @property {() => void} restore Everything back, now, whatever moves.
 */

/**
 * @param {import("./messages.js").Adjustment} adjustment
 * @param {number} index
 * @param {string} selector
 * @param {Tools} tools
 * @returns {Work}
 */
export function createWork(adjustment, index, selector, tools) {
  const { taken, account, fights, reach, shifts, count, turn, enter, scope } = tools;
  let wanted = false;
  /** @type {Map<Element, number>} elements that are to change yet, and why they wait */
  let waits = new Map();
  /** @type {{by: number, reason: string} | null} why it does not come again on this page */
  let ended = null;
  const grip = createGrip(adjustment, selector, taken, leave, enter);
  /** What is taken back may go from under the mouse, but must not take the focus along. */
  const underPointer = () => !wanted || !!adjustment.under_pointer;
  const isShown = () => grip.size() > 0 || account.state(index) === "deferred";

  /** @param {import("./grip.js").Step} step */
  function take(step) {
    const unseen = grip.take(step);
    if (!unseen) shifts.hold(step.element);
    return unseen;
  }

  /** @param {Element} element */
  function release(element) {
    grip.release(element);
    shifts.release(element);
  }

  /** @param {boolean} anew */
  function apply(anew) {
    const lost = grip.check();
    const { steps, reason } = grip.find();
    if (!isPatient(lost, steps)) return end(BY.page, "the page keeps taking it back", "given_up");
    const { done, waits: left } = reach.doSome(
      steps,
      { before: waits, anew, underPointer: underPointer() },
      (element) => reach.isRaw(element, Math.max(fights.restsUntil(element), fights.restsUntil(grip))),
    );
    if (!wanted) {
      for (const { act } of done.reverse()) act.undo(); // whoever was told of it has denied it, in the midst of it
      return;
    }
    waits = left;
    const unseen = done.map(take).find(Boolean);
    const takenBack = grip.lost();
    if (takenBack) turn(index); // counted there: what is not heard of while we change something would be missed
    if (grip.size() > takenBack) account.applied(index);
    else if (waits.size) account.waits(index, [...waits.values()]);
    else if (takenBack) return;
    else if (account.state(index) !== "idle") account.absent(index, unseen ?? reason);
    else {
      wanted = false; // or it would come later with no decision behind it, and nobody would take it back
      account.failed(index, unseen ?? reason);
    }
  }

  /** @param {boolean} anew */
  function undo(anew) {
    grip.check();
    const { done, waits: left } = reach.doSome(grip.back(), { before: waits, anew, underPointer: true }, () => undefined);
    waits = left;
    for (const { element } of done) release(element);
    if (grip.size()) account.waits(index, [...waits.values()]);
    else account.undone(index, ended?.by, ended?.reason);
  }

  /**
   * @param {import("./grip.js").Lost} lost since we looked last
   * @param {import("./grip.js").Step[]} steps what could be changed (again)
   * @returns {boolean} whether to go on
   */
  function isPatient({ reversed, gone }, steps) {
    const isGone = gone || [...waits.keys()].some((element) => !element.isConnected);
    // An element that has gone while another one has come was replaced, and that one may be replaced as well.
    const isReplaced = isGone && steps.some(({ element }) => !reversed.includes(element) && !waits.has(element));
    const lost = isReplaced ? [...reversed, grip] : reversed;
    for (const _ of lost) count("reversed");
    return lost.map((thing) => fights.lose(thing, performance.now())).every(Boolean);
  }

  /**
   * It goes, calmly, and does not come again on this page.
   * @param {number} by @param {string} reason @param {"given_up" | "shifted"} what
   */
  function end(by, reason, what) {
    wanted = false;
    ended = { by, reason };
    count(what);
    turn(index);
  }

  /**
   * All of it back, now, whatever moves.
   * @param {boolean} isTold @param {number} [by] @param {string} [reason]
   */
  function giveBack(isTold, by, reason) {
    wanted = false;
    waits.clear();
    const steps = grip.back();
    for (const { element } of steps) release(element); // first: who is told of one may ask for all
    for (const { act } of steps) scope.guarded(act.apply)();
    if (isTold) account.undone(index, by, reason);
  }

  /** The visitor has said so; what has not come yet does not come either. */
  function leave() {
    giveBack(wanted || isShown(), BY.visitor, "the visitor took it back");
  }

  return {
    target: adjustment.target,
    want(now) {
      wanted = now && !ended;
      grip.begin();
    },
    attempt: (anew) => (wanted ? apply : undo)(anew),
    adopt(theirs) {
      for (const step of grip.find().steps.filter(({ element }) => theirs.has(element))) {
        step.act.apply();
        take(step);
      }
    },
    blame(element) {
      if (wanted && grip.has(element)) end(BY.shift, "it moved what was in view", "shifted");
    },
    isWanted: () => wanted,
    isOnPage: () => wanted || grip.size() > 0,
    isFreeOfHands: () =>
      [...waits].some(
        ([each, why]) =>
          (why === WAITS.pointer || why === WAITS.focus) && reach.inHand(each, underPointer()) === undefined,
      ),
    waiting: () => [...waits.keys()],
    dismiss: leave,
    restore: () => giveBack(isShown()),
  };
}
