import { check } from "../../timing";
import type { GracefulLifecycleArgs } from "../arguments";
import { wrongLimit, wrongLimitIfKnown } from "../iam/limit";
import * as rules from "../iam/rules";
import { existingTargetGroupTimes } from "../lifecycle/targetGroupTimes";
import { planOf } from "../lifecycle/transitions";
import { lifecycleChecks } from "./lifecycle";
import { checkName } from "./name";
import { organisationChecks } from "./organisation";
import type { ArgumentCheck } from "./refuse";

/** Name and arguments of the lifecycle of a group that exists already. */
export interface ExistingGiven {
  readonly name: string;
  readonly args: GracefulLifecycleArgs;
}

/** Longest name: documents and the handler are called after it, with suffixes. */
const maxNameLength = 32;

/** Checks of name and arguments of the lifecycle of an existing group. */
export const existingChecks = {
  lifecycleName: ({ name }) => checkName(name, maxNameLength),
  existingGroup: ({ args: { groupName } }) => wrongLimitIfKnown("groupName", groupName, rules.groupName),
  // The key becomes a part of the name of a condition key.
  instanceTag: ({ args: { instanceTag } }) => [
    ...wrongLimit("instanceTag.key", instanceTag.key, rules.tagKey),
    ...wrongLimitIfKnown("instanceTag.value", instanceTag.value, rules.tagValue),
  ],
  ...lifecycleChecks,
  ...organisationChecks,
  times: ({ args }) => check(planOf(args, existingTargetGroupTimes(args))),
} satisfies Record<string, ArgumentCheck<ExistingGiven>>;
