import { check, type Violation } from "../../timing";
import type { GracefulLifecycleArgs } from "../arguments";
import { wrongLimit, wrongLimitIfKnown } from "../iam/limit";
import * as rules from "../iam/rules";
import { planOf } from "../lifecycle/plan";
import { lifecycleConstraints } from "./lifecycle";
import { nameConstraint } from "./name";
import { organisationConstraints } from "./organisation";
import type { Constraint } from "./refuse";

/** Name and arguments of the lifecycle of a group that exists already. */
export interface ExistingGiven {
  readonly name: string;
  readonly args: GracefulLifecycleArgs;
}

/** Longest name: documents and the handler are called after it, with suffixes. */
const maxNameLength = 32;

/** What the lifecycle of an existing group cannot be made of. */
export const existingConstraints = {
  lifecycleName: ({ name }) => nameConstraint(name, maxNameLength),
  existingGroup: ({ args: { groupName } }) => wrongLimitIfKnown("groupName", groupName, rules.groupName),
  instanceTag: ({ args: { instanceTag } }) => wrongInstanceTag(instanceTag),
  ...lifecycleConstraints,
  ...organisationConstraints,
  times: ({ args }) => check(planOf(args, args.deregistrationDelay)),
} satisfies Record<string, Constraint<ExistingGiven>>;

/** The key cannot be an output: it becomes a part of the name of a condition key. */
function wrongInstanceTag(tag: unknown): Violation[] {
  if (typeof tag !== "object" || tag === null) {
    return [
      {
        argument: "instanceTag",
        value: tag,
        allowed: "the key and the value of a tag",
        cure: "Name a tag that all instances of the group carry.",
      },
    ];
  }
  const { key, value }: Readonly<Record<string, unknown>> = { ...tag };
  return [
    ...wrongLimit("instanceTag.key", key, rules.tagKey),
    ...wrongLimitIfKnown("instanceTag.value", value, rules.tagValue),
  ];
}
