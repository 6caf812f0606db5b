import { isFields, type Fields } from "../fields";

/** The policy that `aws.iam.getPolicyDocument` makes of its arguments, as the provider writes it. */
export function policyDocument({ policyId, statements, version }: Fields): string {
  const all: readonly unknown[] = Array.isArray(statements) ? statements : [];
  return JSON.stringify({
    Version: version ?? "2012-10-17",
    ...(policyId === undefined ? {} : { Id: policyId }),
    Statement: all.filter(isFields).map(statementOf),
  });
}

function statementOf(statement: Fields): Fields {
  const { actions, effect, notActions, notResources, resources, sid } = statement;
  const elements: Fields = {
    Sid: sid,
    Effect: effect ?? "Allow",
    Principal: principalsOf(statement["principals"]),
    NotPrincipal: principalsOf(statement["notPrincipals"]),
    Action: actions,
    NotAction: notActions,
    Resource: resources,
    NotResource: notResources,
    Condition: conditionsOf(statement["conditions"]),
  };
  return Object.fromEntries(Object.entries(elements).filter(([, value]) => value !== undefined));
}

function principalsOf(principals: unknown): Fields | "*" | undefined {
  if (!Array.isArray(principals)) return undefined;
  const all: readonly unknown[] = principals;
  const byType = all.filter(isFields).map(({ identifiers, type }) => [String(type), identifiers] as const);
  return byType.some(([type]) => type === "*") ? "*" : Object.fromEntries(byType);
}

function conditionsOf(conditions: unknown): Fields | undefined {
  if (!Array.isArray(conditions)) return undefined;
  const all: readonly unknown[] = conditions;
  const found: Record<string, Fields> = {};
  for (const { test, values, variable } of all.filter(isFields))
    found[String(test)] = { ...found[String(test)], [String(variable)]: values };
  return found;
}
