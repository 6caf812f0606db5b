import { check } from "../../timing";
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

/** Constraints on name and arguments of the lifecycle of an existing group. */
export const existingConstraints = {
  lifecycleName: ({ name }) => nameConstraint(name, maxNameLength),
  existingGroup: ({ args: { groupName } }) => wrongLimitIfKnown("groupName", groupName, rules.groupName),
  // The key becomes a part of the name of a condition key.
  instanceTag: ({ args: { instanceTag } }) => [
    ...wrongLimit("instanceTag.key", instanceTag.key, rules.tagKey),
    ...wrongLimitIfKnown("instanceTag.value", instanceTag.value, rules.tagValue),
  ],
  ...lifecycleConstraints,
  ...organisationConstraints,
  times: ({ args }) => check(planOf(args, args.deregistrationDelay)),
} satisfies Record<string, Constraint<ExistingGiven>>;
