import { createHash } from "node:crypto";
import type { Transition } from "./transition";

/** The part of a hook that its revision needs. */
export interface RevisedHook {
  readonly transition: Transition;
  /** Its notificationMetadata, the whole text. */
  readonly metadata: string;
}

/** Revision of a hook: 8 hexadecimal digits that change with the notificationMetadata. */
export function revisionOf(metadata: string): string {
  return createHash("sha256").update(metadata).digest("hex").slice(0, 8);
}

/**
 * A word after the revisions in the tag, where the handler tells instances of the group that they were chosen: a sweep
 * reads no hook of any other group whose instances deregister.
 */
export const announceMark = "announce";

/**
 * Value of the tag of revisions, as in `terminate=0a1b2c3d launch=4e5f6071`: terminate first, whatever the order of the
 * hooks.
 */
export function revisionsOf(hooks: readonly RevisedHook[]): string {
  const inOrder = (["terminate", "launch"] as const).flatMap((transition) =>
    hooks.filter((hook) => hook.transition === transition),
  );
  return inOrder.map(({ metadata, transition }) => `${transition}=${revisionOf(metadata)}`).join(" ");
}
