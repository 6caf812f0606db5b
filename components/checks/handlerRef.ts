import type { Violation } from "../../timing";
import { isLater, wrongLimitIfKnown } from "../iam/limit";
import { handlerRules, replaceOn as replaceOnRule } from "../iam/rules";

/**
 * Violations of a reference to a handler, as far as it is known; a `LifecycleHandler` of this stack has outputs only.
 */
export function checkHandlerRef(handler: unknown): Violation[] {
  if (typeof handler !== "object" || handler === null || isLater(handler)) return [];
  const given: Readonly<Record<string, unknown>> = { ...handler };
  return Object.entries({ ...handlerRules, replaceOn: replaceOnRule }).flatMap(([key, rule]) =>
    key === "replaceOn" && given[key] === undefined
      ? []
      : wrongLimitIfKnown(`handler.${key}`, given[key], rule),
  );
}
