/**
 * Key of the tag that says which handler serves a group and its instances; the value is the handler's name. On a group
 * that exists already the key goes on after a colon, so that several components can serve it, and its instances lack it.
 */
// @ts-nocheck

export const handlerTag = "graceful-asg:handler";

/**
 * Key of the tag of a group that says which revisions its hooks have, so that a sweep that remembers hooks knows without
 * a call whether they changed. Instances do not get it. On a group that exists already the key goes on after a colon.
 */
export const hooksTag = "graceful-asg:hooks";

/** Key of the tag of a group that names the role that was made for its instances; instances do not get it. */
export const instanceRoleTag = "graceful-asg:instance-role";

/** Environment variable of the function from which the handler makes the key that it seals tokens with. */
export const sealVariable = "GRACEFUL_ASG_SEAL";

/** Documents of a handler start with this; its role and its EventBridge rule match by it. */
export function documentPrefix(handler: string): string {
  return `${handler}-`;
}
