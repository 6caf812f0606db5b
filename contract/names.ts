/**
 * Key of the tag that says which handler serves a group and its instances; the value is the handler's name. On a group
 * that exists already the key goes on after a colon, so that several components can serve the group, and the instances
 * lack the tag.
 */
export const handlerTag = "graceful-asg:handler";

/**
 * Key of the tag of a group that says which revisions its hooks have, so that a sweep that remembers hooks knows
 * without a call whether they changed. Instances do not get this tag. On a group that exists already the key goes on
 * after a colon.
 */
export const hooksTag = "graceful-asg:hooks";

/** Key of the tag of a group that names the role that was made for its instances; instances do not get this tag. */
export const instanceRoleTag = "graceful-asg:instance-role";

/**
 * Key of the tag of an instance with which an operator holds the instance: until the instant in the value the handler
 * does not give up on the instance.
 */
export const holdTag = "graceful-asg:hold";

/** Environment variable of the function from which the handler makes the key that it seals tokens with. */
export const sealVariable = "GRACEFUL_ASG_SEAL";

/**
 * Names of a handler's documents start with this prefix; the handler's role and EventBridge rule match documents by it.
 */
export function documentPrefix(handler: string): string {
  return `${handler}-`;
}
