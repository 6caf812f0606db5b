import { check } from "../../timing";
import type { GracefulLifecycleArgs } from "../arguments";
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
  instanceTag: ({ args: { instanceTag } }) =>
    instanceTag.key === "" || instanceTag.key.startsWith("aws:")
      ? [
          {
            argument: "instanceTag.key",
            value: instanceTag.key,
            allowed: "the key of a tag of your own",
            cure: "Name a tag that all instances of the group carry, Name for one.",
          },
        ]
      : [],
  ...lifecycleConstraints,
  ...organisationConstraints,
  times: ({ args }) => check(planOf(args, args.deregistrationDelay)),
} satisfies Record<string, Constraint<ExistingGiven>>;
