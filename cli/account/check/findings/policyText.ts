import {
  list,
  MalformedPolicy,
  operatorOf,
  readPolicy,
  UnknownOperator,
  type Statement,
} from "../../../../simulator/iam";

/**
 * The statements of the policy of a topic or a function. Undefined for a text that is no policy, and for conditions that
 * cannot be evaluated here, as on an IP address: such a policy says nothing.
 */
export function statementsIn(owner: string, policy: string | undefined): readonly Statement[] | undefined {
  if (policy === undefined) return undefined;
  try {
    const statements = readPolicy(owner, "resource", JSON.parse(policy));
    for (const { Condition = {} } of statements) Object.keys(Condition).forEach(operatorOf);
    return statements;
  } catch (error) {
    if (error instanceof MalformedPolicy || error instanceof SyntaxError || error instanceof UnknownOperator)
      return undefined;
    throw error;
  }
}

/** Whether a principal of a statement is a service. */
export function isOfService({ Principal }: Statement, service: string): boolean {
  if (typeof Principal !== "object" || Principal === null || !("Service" in Principal)) return false;
  const services: unknown = Principal.Service;
  return list(services).includes(service);
}
