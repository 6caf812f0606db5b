import * as pulumi from "@pulumi/pulumi";
import type { LifecycleHandlerArgs } from "../arguments";
import { environmentViolations, InvalidArguments } from "../constraints";

/**
 * The function's environment variables: the handler's own and those of the user's callback.
 * @throws InvalidArguments, when the variables are known, about those that were not known when the handler was made
 */
export function functionEnvironment(
  subject: string,
  own: Readonly<Record<string, pulumi.Output<string>>>,
  { environment }: LifecycleHandlerArgs,
): pulumi.Input<Record<string, pulumi.Input<string>>> {
  if (environment === undefined) return own;
  return pulumi.all([own, environment]).apply(([own, given]) => {
    const violations = environmentViolations(given);
    if (violations.length > 0) throw new InvalidArguments(subject, violations);
    return { ...given, ...own };
  });
}
