/** A statement of a policy document. */
export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** One thing that somebody wants to do, as IAM sees it. */
export interface Request {
  readonly action: string;
  /** ARN of the resource; `*` where the service knows none. */
  readonly resource: string;
  /** Values of condition keys. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Whether statements allow a request: at least one does and none denies it. */
export function isAllowed(statements: readonly Statement[], request: Request): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return (
    applying.some(({ Effect }) => Effect === "Allow") && !applying.some(({ Effect }) => Effect === "Deny")
  );
}

function applies({ Action, Condition = {}, Resource = "*" }: Statement, request: Request): boolean {
  return (
    list(Action).some((pattern) => matchesWildcard(pattern.toLowerCase(), request.action.toLowerCase())) &&
    list(Resource).some((pattern) => matchesWildcard(pattern, request.resource)) &&
    Object.entries(Condition).every(([operator, keys]) => holds(operator, keys, request.context ?? {}))
  );
}

function holds(
  operator: string,
  keys: Readonly<Record<string, string | readonly string[]>>,
  context: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(keys).every(([key, wanted]) => {
    const value = context[key];
    return value !== undefined && list(wanted).some((one) => compare(operator, one, value));
  });
}

function compare(operator: string, wanted: string, value: string): boolean {
  switch (operator) {
    case "StringEquals":
      return wanted === value;
    case "StringLike":
    case "ArnEquals":
    case "ArnLike":
      return matchesWildcard(wanted, value);
    default:
      throw new Error(`the condition operator ${operator} of IAM is not modelled`);
  }
}

/** IAM's wildcards: a star for any text, a question mark for one character. */
function matchesWildcard(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
}

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
