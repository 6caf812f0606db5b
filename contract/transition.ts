/** The two ways in which an instance passes a lifecycle hook. */
export type Transition = "launch" | "terminate";

/** Auto Scaling's names for the transitions. */
export const lifecycleTransitions = {
  launch: "autoscaling:EC2_INSTANCE_LAUNCHING",
  terminate: "autoscaling:EC2_INSTANCE_TERMINATING",
} as const satisfies Record<Transition, string>;

/** What happens to an instance whose script failed, ran too long or never started. */
export const OnFailure = {
  /** Go on with the instance: put it into service, or terminate it. */
  Continue: "continue",
  /** On launch: terminate and replace it. On terminate: skip the group's other hooks too. */
  Abandon: "abandon",
  /** On terminate: keep the instance for inspection, out of service, until somebody terminates it. */
  Retain: "retain",
} as const;
/** What happens to an instance whose script failed, ran too long or never started. */
export type OnFailure = (typeof OnFailure)[keyof typeof OnFailure];

/** Results of CompleteLifecycleAction. */
export type LifecycleActionResult = "CONTINUE" | "ABANDON";

/**
 * What each failure policy does: the result with which the handler completes the action, and whether the group keeps
 * the instance. ABANDON of a termination keeps the instance if the group's lifecycle policy retains; otherwise ABANDON
 * only skips the group's other hooks. Auto Scaling retains instances on termination only.
 */
const failurePolicies: Readonly<Record<OnFailure, { result: LifecycleActionResult; retains: boolean }>> = {
  continue: { result: "CONTINUE", retains: false },
  abandon: { result: "ABANDON", retains: false },
  retain: { result: "ABANDON", retains: true },
};

/** The result that a failure policy stands for. */
export function resultOf(onFailure: OnFailure): LifecycleActionResult {
  return failurePolicies[onFailure].result;
}

/** Whether a failure policy keeps instances on termination. */
export function retains(onFailure: OnFailure): boolean {
  return failurePolicies[onFailure].retains;
}

/** The failure policies of a transition: a launch retains no instance. */
export function failurePoliciesOf(transition: Transition): readonly OnFailure[] {
  return Object.values(OnFailure).filter((one) => transition === "terminate" || !retains(one));
}

/** Whether a value that came from outside belongs to a closed set. */
export function isOneOf<T>(value: unknown, set: Readonly<Record<string, T>>): value is T {
  return Object.values(set).some((one) => one === value);
}
