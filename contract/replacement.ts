/** What makes the handler replace an instance that is still in service. */
export const ReplaceOn = {
  /** EC2 has scheduled the retirement of the instance, or that it stops the instance. */
  Retirement: "retirement",
  /** EC2 recommends to rebalance: the interruption of the Spot instance gets likely. */
  Rebalance: "rebalance",
} as const;
/** What makes the handler replace an instance that is still in service. */
export type ReplaceOn = (typeof ReplaceOn)[keyof typeof ReplaceOn];

/** Environment variable of the function with the reasons for which it replaces instances. */
export const replaceOnVariable = "GRACEFUL_ASG_REPLACE_ON";

/** Reasons as one text: each once, always in the same order, separated by commas. */
export function writeReplaceOn(reasons: readonly ReplaceOn[]): string {
  return Object.values(ReplaceOn)
    .filter((one) => reasons.includes(one))
    .join(",");
}

/** The reasons in a text; a reason that this version does not know counts for nothing. */
export function readReplaceOn(text = ""): ReadonlySet<ReplaceOn> {
  const words = text.split(",");
  return new Set(Object.values(ReplaceOn).filter((one) => words.includes(one)));
}

/**
 * Key of the tag with which the handler marks an instance that EC2 recommends to rebalance: no list of EC2 tells of
 * recommendations. The value is sealed, so that nobody else can mark an instance.
 */
export const replaceTag = "graceful-asg:replace";

/**
 * Types of AWS Health events about EC2 instances that AWS is going to stop or to terminate. Sources: AWS Health, events
 * on EventBridge; EC2, scheduled events.
 */
export const retirementEventTypes: readonly string[] = [
  "AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED",
  "AWS_EC2_INSTANCE_RETIREMENT_EXPEDITED",
  "AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED",
  "AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_EXPEDITED",
  "AWS_EC2_INSTANCE_STOP_SCHEDULED",
  "AWS_EC2_INSTANCE_TERMINATION_SCHEDULED",
];
