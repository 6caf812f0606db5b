import type { LifecycleHandlerArgs } from "../arguments";
import { eventsChecks } from "./events";
import { functionChecks } from "./function";
import { checkName } from "./name";
import { organisationChecks } from "./organisation";
import type { ArgumentCheck } from "./refuse";
import { handlerValues, valueViolations } from "./values";

/** Longest name of a handler: its roles are called after it, with suffixes, and IAM takes 64 characters. */
const maxNameLength = 40;

/** Checks of name and arguments of a handler. */
export const handlerChecks = {
  handlerName: ({ name }) => checkName(name, maxNameLength),
  ...functionChecks,
  ...eventsChecks,
  functionValues: ({ args }) => valueViolations(handlerValues, args),
  ...organisationChecks,
} satisfies Record<string, ArgumentCheck<{ readonly name: string; readonly args: LifecycleHandlerArgs }>>;
