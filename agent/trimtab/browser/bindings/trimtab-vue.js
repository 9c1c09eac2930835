/**
 * trimtab for Vue 3: content that Vue owns follows an adjustment or a segment.
 *
 * A server renders the page as its author wrote it, and so does hydration; what is shown comes when it is mounted.
 */

import { onBeforeUnmount, onMounted, ref } from "vue";

const EVENTS = /** @type {const} */ (["trimtab:adjust", "trimtab:undo", "trimtab:segment"]);

/** The tag may come late: until then there are only early calls. */
const status = () => window.trimtab?.status?.();

/** @param {() => boolean} read @returns {import("vue").Ref<boolean>} */
function follow(read) {
  const value = ref(false);
  const look = () => void (value.value = read());
  onMounted(() => {
    look();
    for (const type of EVENTS) document.addEventListener(type, look);
  });
  onBeforeUnmount(() => {
    for (const type of EVENTS) document.removeEventListener(type, look);
  });
  return value;
}

/**
 * Whether this adjustment is on show now, as a ref. It goes when its rule ends, and when the visitor takes it back.
 * @param {string} name as the policy has it
 */
export function useAdjustment(name) {
  return follow(() => !!status()?.adjustments.some((each) => each.name === name && each.state === "applied"));
}

/**
 * Whether the visitor is in this segment now, as a ref.
 * @param {string} name as the policy has it
 */
export function useSegment(name) {
  return follow(() => !!status()?.segments.includes(name));
}
