import { expanded, isSame, matchesArn, matchesText } from "./compare";
import { operatorOf, type Comparison } from "./operator";
import { list, type Statement } from "./policy";

/** One action that a caller wants to take, as IAM sees it. */
export interface Request {
  readonly action: string;
  /** ARN of the resource; `*` where the service knows no resource. */
  readonly resource: string;
  /** Values of condition keys. */
  readonly context?: Readonly<Record<string, string>>;
}

type Context = NonNullable<Request["context"]>;

/** Whether statements allow a request: at least one statement allows it and none denies it. */
export function isAllowed(statements: readonly Statement[], request: Request): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return (
    applying.some(({ Effect }) => Effect === "Allow") && !applying.some(({ Effect }) => Effect === "Deny")
  );
}

/** Every key of a condition has to match, so a condition without a key holds for everything, as on AWS. */
function applies(
  { Action = [], Condition = {}, NotAction, NotResource, Resource = [] }: Statement,
  { action, context = {}, resource }: Request,
): boolean {
  const isAction = (patterns: string | readonly string[]) =>
    list(patterns).some((pattern) => matchesText(pattern.toLowerCase(), action.toLowerCase()));
  const isResource = (patterns: string | readonly string[]) =>
    list(patterns).some((pattern) => matchesArn(expanded(pattern, context), resource));
  return (
    (NotAction === undefined ? isAction(Action) : !isAction(NotAction)) &&
    (NotResource === undefined ? isResource(Resource) : !isResource(NotResource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        holds(operator, list(wanted).map(String), context, valueOf(context, key)),
      ),
    )
  );
}

/** Capitals in the name of a condition key do not matter. Source: IAM, condition keys. */
function valueOf(context: Context, key: string): string | undefined {
  const [, value] = Object.entries(context).find(([one]) => one.toLowerCase() === key.toLowerCase()) ?? [];
  return value;
}

/** Source: IAM, condition operators; each section says what a missing key means. */
function holds(
  operator: string,
  wanted: readonly string[],
  context: Context,
  value: string | undefined,
): boolean {
  const { comparison, forAll, ifExists, isNegated } = operatorOf(operator);
  if (comparison === "Null") return wanted.includes(String(value === undefined));
  if (value === undefined) return ifExists || forAll || isNegated;
  return wanted.some((one) => compare(comparison, expanded(one, context), value)) !== isNegated;
}

function compare(
  comparison: Exclude<Comparison, "Null">,
  wanted: string | undefined,
  value: string,
): boolean {
  if (wanted === undefined) return false;
  switch (comparison) {
    case "StringEquals":
      return isSame(wanted, value);
    case "StringEqualsIgnoreCase":
    case "Bool":
      return isSame(wanted.toLowerCase(), value.toLowerCase());
    case "StringLike":
      return matchesText(wanted, value);
    case "Arn":
      return matchesArn(wanted, value);
  }
}
