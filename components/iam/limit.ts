import * as pulumi from "@pulumi/pulumi";
import type { Violation } from "../../timing";
import { InvalidArguments } from "../checks/refuse";
import type { LimitRule } from "./rules";

declare const limit: unique symbol;

/** Text that limits a grant: it was checked, so in a policy it stands for itself and for nothing else. */
export type Limit = string & { readonly [limit]: true };

/** Whether a value becomes known only later. */
export function isLater(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** What is wrong with a value that limits a grant and has to be known already. */
export function wrongLimit(argument: string, value: unknown, rule: LimitRule): Violation[] {
  return isLimit(value, rule) ? [] : [violation(argument, value, rule)];
}

/** `wrongLimit` for a value that may become known later; `limitTo` checks such a value. */
export function wrongLimitIfKnown(argument: string, value: unknown, rule: LimitRule): Violation[] {
  return isLater(value) ? [] : wrongLimit(argument, value, rule);
}

/**
 * The value as a limit. An output that turns out to be empty, or a wildcard, would open the grant: such an output fails
 * the update.
 * @param subject the component, as in `LifecycleHandler "shared"`
 * @throws InvalidArguments once the value is known and is no limit.
 */
export function limitTo(
  subject: string,
  argument: string,
  value: unknown,
  rule: LimitRule,
): pulumi.Output<Limit> {
  const output: pulumi.Output<unknown> = pulumi.output<unknown>(value);
  return output.apply(async (known: unknown) => {
    if (isLimit(known, rule)) return known;
    const shown = (await pulumi.isSecret(output)) ? "[secret]" : known;
    throw new InvalidArguments(subject, [violation(argument, shown, rule)]);
  });
}

/** Text that stands for more than itself in a policy: wildcards of resources, and variables, also in conditions. */
const opening = /[*?]|\$\{/;

function isLimit(value: unknown, { maxLength, pattern }: LimitRule): value is Limit {
  return (
    typeof value === "string" && value.length <= maxLength && pattern.test(value) && !opening.test(value)
  );
}

function violation(argument: string, value: unknown, { allowed, cure, maxLength }: LimitRule): Violation {
  return {
    argument,
    value,
    allowed: `${allowed}, at most ${maxLength} characters without *, ? and \${`,
    cure,
  };
}
