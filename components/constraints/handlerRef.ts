import type { Violation } from "../../timing";
import { isLater, wrongLimitIfKnown } from "../iam/limit";
import { handlerRules } from "../iam/rules";

/** Violations of a reference to a handler, as far as it is known; a `LifecycleHandler` of this stack has outputs only. */
export function handlerRefConstraint(handler: unknown): Violation[] {
  if (handler === undefined || isLater(handler)) return [];
  if (typeof handler !== "object" || handler === null) {
    return [
      {
        argument: "handler",
        value: handler,
        allowed: "a LifecycleHandler or its outputs",
        cure: "Give a LifecycleHandler of this stack, or the outputs of one from another stack.",
      },
    ];
  }
  const given: Readonly<Record<string, unknown>> = { ...handler };
  return Object.entries(handlerRules).flatMap(([key, rule]) =>
    wrongLimitIfKnown(`handler.${key}`, given[key], rule),
  );
}
