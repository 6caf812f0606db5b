import { isFields } from "../../contract";
import { isOperator } from "./operator";

/** A statement of a policy document. */
export interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

type Value = string | number | boolean;
type Values = Value | readonly Value[];

/** A policy that IAM refuses, so that the stack could not be deployed. */
export class MalformedPolicy extends Error {}

/** Policies of a role say what may be done, policies of a queue also who may do it. */
export type PolicyKind = "identity" | "resource";

/**
 * Reads the statements of a policy.
 * @throws MalformedPolicy for a policy that IAM answers with MalformedPolicyDocument. Source: IAM, grammar of the JSON
 * policy language.
 */
export function readPolicy(owner: string, kind: PolicyKind, policy: unknown): readonly Statement[] {
  const given: readonly unknown[] = isFields(policy) ? list(policy["Statement"] ?? []) : [];
  const statements = given.filter((one): one is Statement => faultsOf(one, kind).length === 0);
  if (given.length > 0 && statements.length === given.length) return statements;
  const [fault = "there is no Statement"] = given.flatMap((one) => faultsOf(one, kind));
  throw new MalformedPolicy(`IAM would refuse the policy of ${owner}: ${fault}. Correct its statements.`);
}

const elements = [
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
];

function faultsOf(statement: unknown, kind: PolicyKind): string[] {
  if (!isFields(statement)) return [`a statement is ${JSON.stringify(statement)}`];
  const { Condition, Effect } = statement;
  const given = (...names: string[]) => names.filter((name) => statement[name] !== undefined);
  return [
    ...Object.keys(statement)
      .filter((name) => !elements.includes(name))
      .map((name) => `it has no element ${name}`),
    ...(Effect === "Allow" || Effect === "Deny" ? [] : [`Effect is ${JSON.stringify(Effect)}`]),
    ...(given("Action", "NotAction").length === 1
      ? []
      : ["a statement has not exactly one of Action and NotAction"]),
    ...(given("Resource", "NotResource").length === 1
      ? []
      : ["a statement has not exactly one of Resource and NotResource"]),
    ...(given("Principal", "NotPrincipal").length === (kind === "resource" ? 1 : 0)
      ? []
      : [kind === "resource" ? "a statement has no Principal" : "a statement has a Principal"]),
    ...wrong(
      [...list(statement["Action"] ?? []), ...list(statement["NotAction"] ?? [])],
      /^(\*|[\w-]+:[\w*?]+)$/,
      "Action",
    ),
    ...wrong(
      [...list(statement["Resource"] ?? []), ...list(statement["NotResource"] ?? [])],
      /^(\*|arn:.*)$/s,
      "Resource",
    ),
    ...(Condition === undefined ? [] : conditionFaults(Condition)),
  ];
}

/** IAM takes a condition without keys as no condition; it refuses an operator that it does not know. */
function conditionFaults(condition: unknown): string[] {
  if (!isFields(condition)) return [`Condition is ${JSON.stringify(condition)}`];
  return Object.entries(condition).flatMap(([operator, keys]) => {
    if (!isOperator(operator)) return [`there is no condition operator ${operator}`];
    if (!isFields(keys)) return [`${operator} is ${JSON.stringify(keys)}`];
    return Object.entries(keys).flatMap(([key, values]) => [
      ...(/^[\w.-]+:./.test(key) ? [] : [`${key} is no condition key`]),
      ...(list(values).every(isValue) ? [] : [`${key} is compared with ${JSON.stringify(values)}`]),
    ]);
  });
}

function wrong(values: readonly unknown[], pattern: RegExp, element: string): string[] {
  return values
    .filter((value) => typeof value !== "string" || !pattern.test(value))
    .map((value) => `${element} is ${JSON.stringify(value)}`);
}

/** One value or several: IAM takes both wherever it takes several values. */
export function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function isValue(value: unknown): value is Value {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
