/** Whether this adjustment of the policy is on show now. */
export function useAdjustment(name: string): boolean;
/** Whether the visitor is in this segment of the policy now. */
export function useSegment(name: string): boolean;
