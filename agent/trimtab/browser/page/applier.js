/** Obeying: what each adjustment should look like by now, reached as far as calm allows, and undone on demand. */

import { createAccount } from "./account.js";
import { createAlarm } from "./alarm.js";
import { createFights } from "./fights.js";
import { createGrip } from "./grip.js";
import { watchPage } from "./guard.js";
import { watchHands } from "./hands.js";
import { BY, WAITS } from "./messages.js";
import { watchMoments } from "./moments.js";
import { createReach } from "./reach.js";
import { takeBack as takeBackAll } from "./shown.js";
import { watchShifts } from "./shifts.js";

/** What was decided apart is not shown at once when one moment serves all; as `SETTLE_MS` of `governor/calm.py`. */
const SETTLE_MS = 500;

/**
 * @typedef {object} Work What one adjustment is about.
 * @property {boolean} wanted
 * @property {import("./grip.js").Grip} grip
 * @property {Map<Element, number>} waits Elements that are to change yet, and why they wait.
 * @property {{by: number, reason: string} | null} ended Why it does not come again on this page.
 *
 * @typedef {object} Applier
 * @property {(commands: import("./messages.js").Command[]) => void} obey
 * @property {(head: import("./shown.js").Head) => void} adopt What the script in the head has changed is ours from now on, before
 *   the next paint; a command to apply comes after it.
 * @property {(target: number) => void} retry A target has appeared, for what is applied or waits.
 * @property {() => boolean} busy Whether a frame is asked for, or a command waits for one.
 * @property {() => void} restore Everything back, now, whatever moves.
 * @property {(index: number) => void} dismiss The visitor wants this one back, now; it is not shown again.
 */

/**
 * @param {import("./messages.js").Declaration} declaration
 * @param {(kind: number, stamp: number, target: number, adjustment: number, why: number) => void} record
 * @param {import("./account.js").Tell} tell
 * @param {import("./scope.js").Scope} scope
 * @returns {Applier}
 */
export function createApplier({ adjustments, targets }, record, tell, scope) {
  /** @type {import("./grip.js").Taken} */
  const taken = new WeakMap();
  /** @type {Work[]} */
  const works = adjustments.map((adjustment, index) => ({
    wanted: false,
    grip: createGrip(adjustment, targets[adjustment.target].selector, taken, () => dismiss(index)),
    waits: new Map(),
    ended: null,
  }));
  const account = createAccount(adjustments, record, tell);
  const fights = createFights();
  /** @type {Set<number>} what has a command, or a moment */
  const due = new Set();
  let isTouched = false;
  let asked = false;

  const guard = watchPage(look, scope);
  const alarm = createAlarm(look, scope);
  const shifts = watchShifts(blame, guard.touched_ms, scope);
  const moments = watchMoments(() => ask(({ waits }) => waits.size > 0), scope);
  const hands = watchHands(() => ask(isFreeOfHands), scope);
  const reach = createReach(hands, moments, alarm);

  /** @param {number} index What is taken back may go from under the mouse, but must not take the focus along. */
  const underPointer = (index) => !works[index].wanted || !!adjustments[index].under_pointer;
  /** @param {Work} work @param {number} index */
  const isFreeOfHands = ({ waits }, index) =>
    [...waits].some(
      ([each, why]) =>
        (why === WAITS.pointer || why === WAITS.focus) && reach.inHand(each, underPointer(index)) === undefined,
    );
  /** @param {Work} work */
  const isOnPage = ({ wanted, grip }) => wanted || grip.size() > 0;

  function look() {
    isTouched = true;
    ask();
  }

  /** @param {(work: Work, index: number) => boolean} which */
  function ask(which = () => false) {
    works.forEach((work, index) => which(work, index) && due.add(index));
    if (asked || !(due.size || isTouched)) return;
    asked = true;
    requestAnimationFrame(frame);
  }

  const frame = scope.guarded(() => {
    asked = false;
    guard.rest();
    const now = [...due];
    const others = isTouched ? [...works.keys()].filter((index) => !due.has(index) && isOnPage(works[index])) : [];
    isTouched = false;
    due.clear();
    for (const index of now) if (!isTooSoon(index)) attempt(index, true);
    for (const index of others) attempt(index, false);
    moments.await(new Set(works.flatMap(({ waits }) => [...waits.keys()])));
    if (works.some(isOnPage)) guard.watch();
  });

  /** @param {number} index */
  function isTooSoon(index) {
    const free_ms = account.turned_ms(index) + SETTLE_MS;
    if (account.state(index) !== "deferred" || performance.now() >= free_ms) return false;
    due.add(index);
    alarm(free_ms);
    return true;
  }

  /** `anew`: it may be the moment now for what would have moved the view before. */
  const attempt = scope.guarded((/** @type {number} */ index, /** @type {boolean} */ anew) =>
    (works[index].wanted ? apply : undo)(index, anew),
  );

  /** @param {number} index @param {boolean} anew */
  function apply(index, anew) {
    const work = works[index];
    const lost = work.grip.check();
    const { steps, reason } = work.grip.find();
    if (!isPatient(work, lost, steps)) return end(index, BY.page, "the page keeps taking it back", "given_up");
    const { done, waits } = reach.doSome(
      steps,
      { before: work.waits, anew, underPointer: underPointer(index) },
      (element) => reach.isRaw(element, Math.max(fights.restsUntil(element), fights.restsUntil(work.grip))),
    );
    work.waits = waits;
    for (const step of done) {
      work.grip.take(step);
      shifts.hold(step.element);
    }
    if (work.grip.size()) account.applied(index);
    else if (waits.size) account.waits(index, [...waits.values()]);
    else if (account.state(index) !== "idle") account.absent(index, reason);
    else {
      work.wanted = false; // or it would come later with no decision behind it, and nobody would take it back
      account.failed(index, reason);
    }
  }

  /**
   * @param {Work} work
   * @param {import("./grip.js").Lost} lost since we looked last
   * @param {import("./grip.js").Step[]} steps what could be changed (again)
   * @returns {boolean} whether to go on
   */
  function isPatient({ waits, grip }, { reversed, gone }, steps) {
    const isGone = gone || [...waits.keys()].some((element) => !element.isConnected);
    // An element that has gone while another one has come was replaced, and that one may be replaced as well.
    const isReplaced = isGone && steps.some(({ element }) => !reversed.includes(element) && !waits.has(element));
    const lost = isReplaced ? [...reversed, grip] : reversed;
    for (const _ of lost) tell.count("reversed");
    return lost.map((thing) => fights.lose(thing, performance.now())).every(Boolean);
  }

  /** @param {number} index @param {boolean} anew */
  function undo(index, anew) {
    const { grip, waits: before, ended } = works[index];
    grip.check();
    const { done, waits } = reach.doSome(grip.back(), { before, anew, underPointer: true }, () => undefined);
    works[index].waits = waits;
    for (const { element } of done) release(index, element);
    if (grip.size()) account.waits(index, [...waits.values()]);
    else account.undone(index, ended?.by, ended?.reason);
  }

  /** @param {number} index @param {Element} element */
  function release(index, element) {
    works[index].grip.release(element);
    shifts.release(element);
  }

  /**
   * It goes, calmly, and does not come again on this page.
   * @param {number} index @param {number} by @param {string} reason @param {"given_up" | "shifted"} count
   */
  function end(index, by, reason, count) {
    works[index].wanted = false;
    works[index].ended = { by, reason };
    tell.count(count);
    due.add(index);
    ask();
  }

  /** What we did to it has moved what is in view. @param {Element} element */
  function blame(element) {
    works.forEach(({ wanted, grip }, index) => {
      if (wanted && grip.has(element)) end(index, BY.shift, "it moved what was in view", "shifted");
    });
  }

  /** Everything of one adjustment back, now, whatever moves. @param {number} index */
  function takeBack(index) {
    const { grip, waits } = works[index];
    works[index].wanted = false;
    waits.clear();
    for (const { element, act } of grip.back()) {
      scope.guarded(act.apply)();
      release(index, element);
    }
  }

  /** The visitor has said so, with a click or a key on what is shown. @param {number} index */
  function dismiss(index) {
    takeBack(index);
    account.undone(index, BY.visitor, "the visitor took it back");
  }

  return {
    obey(commands) {
      for (const [verb, index] of commands) {
        works[index].wanted = verb === "apply" && !works[index].ended;
        account.begin(index);
        due.delete(index); // they are carried out in their order
        due.add(index);
      }
      ask();
    },
    adopt(head) {
      const theirs = takeBackAll(head);
      for (const index of new Set(theirs.map(([each]) => each))) {
        const elements = new Set(theirs.map(([each, element]) => (each === index ? element : null)));
        for (const step of works[index].grip.find().steps.filter(({ element }) => elements.has(element))) {
          step.act.apply();
          works[index].grip.take(step);
          shifts.hold(step.element);
        }
      }
    },
    retry: (target) => ask(({ wanted }, index) => wanted && adjustments[index].target === target),
    busy: () => asked || due.size > 0,
    dismiss(index) {
      if (works[index].grip.size() || account.state(index) === "deferred") dismiss(index);
    },
    restore() {
      guard.rest();
      works.forEach(({ grip }, index) => {
        const shown = grip.size() > 0 || account.state(index) === "deferred";
        takeBack(index);
        if (shown) account.undone(index);
      });
      moments.await(new Set());
    },
  };
}
