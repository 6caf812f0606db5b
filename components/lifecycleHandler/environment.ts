import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import type { LifecycleHandlerArgs } from "../arguments";
import { environmentViolations, InvalidArguments } from "../checks";

/** A function's environment: the variables of the user's callback, and variables of the component's own. */
export interface FunctionEnvironment {
  readonly variables: pulumi.Output<Record<string, string>>;
}

/**
 * The text from which the handler makes its key, so that a list of commands does not show tokens in the open: the
 * unique id of the function's role, which is in no command, or a hash of the role's ARN where the role was made
 * elsewhere.
 */
export function sealOf(role: {
  readonly arn: pulumi.Output<string>;
  readonly uniqueId?: pulumi.Output<string>;
}) {
  return (
    role.uniqueId ?? role.arn.apply((arn) => createHash("sha256").update(arn).digest("hex").slice(0, 32))
  );
}

/**
 * The environment as it is given, and variables of the component's own.
 * @throws InvalidArguments, when the variables are known, about variables that were not known when the handler was made
 */
export function functionEnvironment(
  subject: string,
  { environment = {} }: LifecycleHandlerArgs,
  own: Readonly<Record<string, pulumi.Input<string>>>,
): FunctionEnvironment {
  const variables = pulumi.all([environment, own]).apply(([given, known]): Record<string, string> => {
    const violations = environmentViolations(given);
    if (violations.length > 0) throw new InvalidArguments(subject, violations);
    return { ...given, ...known };
  });
  return { variables };
}
