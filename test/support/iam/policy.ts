import type { Registration } from "../../../evaluate/registration";

/** A statement of any policy. */
export interface PolicyStatement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Statements of a policy, and the policy's owner. */
export interface FoundPolicy {
  readonly owner: string;
  readonly statements: readonly PolicyStatement[];
}

/** All policies in the inputs of resources. */
export function policiesIn(registrations: readonly Registration[]): FoundPolicy[] {
  return registrations.flatMap(({ inputs, name, type }) =>
    Object.entries(inputs).flatMap(([property, value]) => {
      const statements = statementsOf(value);
      return statements === undefined ? [] : [{ owner: `${type} ${name} ${property}`, statements }];
    }),
  );
}

/** Statements of a value if it is a policy, as text or as an object. */
export function statementsOf(value: unknown): readonly PolicyStatement[] | undefined {
  const parsed = typeof value === "string" && value.includes('"Statement"') ? parse(value) : value;
  if (typeof parsed !== "object" || parsed === null || !("Statement" in parsed)) return undefined;
  return list(parsed.Statement as PolicyStatement | readonly PolicyStatement[]);
}

/** IAM's wildcards: a star for any text, a question mark for one character. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
}

export function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function parse(text: string): unknown {
  return JSON.parse(text);
}
