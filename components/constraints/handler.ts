import type { LifecycleHandlerArgs } from "../arguments";
import { functionConstraints } from "./function";
import { nameConstraint } from "./name";
import { organisationConstraints } from "./organisation";
import type { Constraint } from "./refuse";
import { handlerValues, valueViolations } from "./values";

/** Longest name of a handler: its roles are called after it, with suffixes, and IAM takes 64 characters. */
const maxNameLength = 40;

/** Constraints on name and arguments of a handler. */
export const handlerConstraints = {
  handlerName: ({ name }) => nameConstraint(name, maxNameLength),
  ...functionConstraints,
  functionValues: ({ args }) => valueViolations(handlerValues, args),
  ...organisationConstraints,
} satisfies Record<string, Constraint<{ readonly name: string; readonly args: LifecycleHandlerArgs }>>;
