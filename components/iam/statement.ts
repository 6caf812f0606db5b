import * as pulumi from "@pulumi/pulumi";
import type { Limit } from "./limit";

/** A statement of a policy. A statement takes only checked values, so a missing value cannot open it. */
export type Statement = Grant | Denial;

/** What a policy allows. */
export interface Grant {
  readonly Effect?: "Allow";
  /** A service, or a role by its ARN. */
  readonly Principal?: { readonly Service: string } | { readonly AWS: pulumi.Output<Limit> };
  readonly Action: string | readonly string[];
  /** `*` only for actions that take no resources. */
  readonly Resource: Resource | readonly Resource[] | "*";
  /** A condition, or several that all have to hold. */
  readonly Condition?: Condition | readonly Condition[];
}

/**
 * What a policy of a resource forbids everybody except the principals of the condition, whatever other policies allow.
 */
export interface Denial {
  readonly Effect: "Deny";
  readonly Principal: { readonly AWS: "*" };
  readonly Action: string;
  readonly Resource: pulumi.Output<Limit>;
  readonly Condition: Condition<"ArnNotEquals">;
}

/** ARN of a resource, or a pattern of ARNs. */
export type Resource = pulumi.Output<Limit> | Pattern;

/** A pattern of ARNs: its wildcards are in the text of this package, never in the values that are filled in. */
export interface Pattern {
  readonly texts: readonly string[];
  readonly limits: readonly pulumi.Output<Limit>[];
}

/** A condition on one key: IAM treats a condition without a key as no condition at all. */
export interface Condition<Operator = "StringEquals" | "ArnEquals" | "ForAllValues:StringEquals"> {
  readonly operator: Operator;
  readonly key: string;
  /** The value, or several values of which one has to match. */
  readonly value: pulumi.Output<Limit> | readonly [pulumi.Output<Limit>, ...pulumi.Output<Limit>[]];
}

/** Marks a pattern of ARNs, as in pattern`${logGroupArn}:*`. */
export function pattern(texts: TemplateStringsArray, ...limits: pulumi.Output<Limit>[]): Pattern {
  return { texts, limits };
}

/** Writes a policy. */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map(({ Action, Condition, Effect = "Allow", Principal, Resource }) => ({
      Effect,
      ...(Principal === undefined ? {} : { Principal }),
      Action,
      Resource: isList(Resource) ? Resource.map(written) : written(Resource),
      ...(Condition === undefined ? {} : { Condition: writtenConditions(Condition) }),
    })),
  });
}

/** Writes the policy of a role that one AWS service may assume. */
export function trustPolicy(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}

function written(resource: Resource | "*"): pulumi.Input<string> {
  if (resource === "*" || pulumi.Output.isInstance(resource)) return resource;
  const { limits, texts } = resource;
  return pulumi
    .all([...limits])
    .apply((known) => texts.map((text, index) => `${text}${known[index] ?? ""}`).join(""));
}

/** Conditions by operator and key. Each has a key of its own: a key twice would replace the first. */
function writtenConditions(
  conditions: NonNullable<Statement["Condition"]>,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const all: readonly Condition<string>[] = isConditions(conditions) ? conditions : [conditions];
  const found: Record<string, Record<string, unknown>> = {};
  for (const { key, operator, value } of all) found[operator] = { ...found[operator], [key]: value };
  return found;
}

function isConditions(
  conditions: NonNullable<Statement["Condition"]>,
): conditions is Extract<NonNullable<Grant["Condition"]>, readonly unknown[]> {
  return Array.isArray(conditions);
}

function isList(resource: Statement["Resource"]): resource is readonly Resource[] {
  return Array.isArray(resource);
}
