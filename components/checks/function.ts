import type { Violation } from "../../timing";
import type { FunctionArgs } from "../arguments";
import { isLater, wrongLimitIfKnown } from "../iam/limit";
import { roleRules } from "../iam/rules";
import type { ArgumentCheck } from "./refuse";
import { functionValues, valueViolations } from "./values";

/**
 * Most bytes of names and values of all variables together: Lambda takes 4096, and the handler has variables of its own,
 * the ARN of an event bus the longest. Source: AWS Lambda, quotas.
 */
const maxEnvironmentSize = 3600;

/** Checks of the arguments of a function. Values that are known only later are checked later. */
export const functionChecks = {
  environment: ({ args: { environment } }) =>
    environment === undefined || isLater(environment) ? [] : environmentViolations(environment),
  functionValues: ({ args }) => valueViolations(functionValues, args),
  role: ({ args: { role } }) =>
    role === undefined
      ? []
      : [
          ...wrongLimitIfKnown("role.name", role.name, roleRules.name),
          ...wrongLimitIfKnown("role.arn", role.arn, roleRules.arn),
        ],
} satisfies Record<string, ArgumentCheck<{ readonly args: FunctionArgs }>>;

/**
 * Finds the environment variables that the function cannot have. AWS reserves some of the names that begin with AWS_ or
 * LAMBDA_; other names with these prefixes steer the SDK of the handler itself, and names with GRACEFUL_ASG_ steer the
 * handler.
 */
export function environmentViolations(environment: Readonly<Record<string, unknown>>): Violation[] {
  const entries = Object.entries(environment);
  const names = entries
    .filter(([name]) => !/^(?!AWS_|LAMBDA_|GRACEFUL_ASG_)[A-Za-z]\w+$/.test(name))
    .map(([name]) => ({
      argument: "a name in environment",
      value: name,
      allowed:
        "two or more letters, digits and underscores, a letter first, that do not begin with AWS_, LAMBDA_ or GRACEFUL_ASG_",
      cure: "Choose another name.",
    }));
  // Values in the environment may be secret: errors name only types and sizes.
  const values = entries
    .filter(([, value]) => typeof value !== "string" && !isLater(value))
    .map(([name, value]) => ({
      argument: `environment.${name}`,
      value: typeof value,
      allowed: "text",
      cure: "Give a string, or leave the variable out.",
    }));
  const known = entries.map(([name, value]) => name + (typeof value === "string" ? value : ""));
  const size = known.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (size <= maxEnvironmentSize) return [...names, ...values];
  return [
    ...names,
    ...values,
    {
      argument: "environment",
      value: `${size} bytes`,
      allowed: `at most ${maxEnvironmentSize} bytes, names and values together`,
      cure: "Put the bulk of it into SSM Parameter Store or Secrets Manager, and give the name under which it is there.",
    },
  ];
}
