import * as pulumi from "@pulumi/pulumi";
import type { LifecycleHandlerArgs } from "../arguments";
import { environmentViolations, InvalidArguments } from "../constraints";

/** The function's environment: the variables of the user's callback. The handler itself has none. */
export interface FunctionEnvironment {
  readonly variables: pulumi.Output<Record<string, string>>;
}

/**
 * The environment as it is given; undefined for none.
 * @throws InvalidArguments, when the variables are known, about those that were not known when the handler was made
 */
export function functionEnvironment(
  subject: string,
  { environment }: LifecycleHandlerArgs,
): FunctionEnvironment | undefined {
  if (environment === undefined) return undefined;
  const variables = pulumi.output(environment).apply((given) => {
    const violations = environmentViolations(given);
    if (violations.length > 0) throw new InvalidArguments(subject, violations);
    return given;
  });
  return { variables };
}
