import { closest, distance } from "fastest-levenshtein";

/** The choice for each rule, by the rule's name: a level, or limits and a level. */
export type Configuration = Readonly<Record<string, unknown>>;

/** A rule that the configuration of a pack may name. */
export interface Configurable {
  readonly name: string;
  readonly limits: readonly string[];
}

const levels = ["advisory", "disabled", "mandatory", "remediate"];

/** Names that a configuration may use besides the names of rules. */
const ofAll = ["all"];

/** Keys that an entry may have besides limits. */
const ofEach = ["enforcementLevel"];

/** Throws an error for the first rule, limit or level that is misspelled in a configuration. */
export function checkConfiguration(configuration: Configuration, rules: readonly Configurable[]): void {
  refuseUnknown("policy", Object.keys(configuration), [...ofAll, ...rules.map(({ name }) => name)]);
  for (const [name, choice] of Object.entries(configuration)) {
    const place = `policy "${name}"`;
    if (typeof choice === "string") refuseUnknown("level", [choice], levels, place);
    if (typeof choice !== "object" || choice === null) continue;
    const { limits = [] } = rules.find((rule) => rule.name === name) ?? {};
    refuseUnknown("limit", Object.keys(choice), [...ofEach, ...limits], place);
    const level: unknown = Reflect.get(choice, "enforcementLevel");
    if (typeof level === "string") refuseUnknown("level", [level], levels, place);
  }
}

/** Throws an error for the first name that is not allowed. */
export function refuseUnknown(
  kind: string,
  names: readonly string[],
  allowed: readonly string[],
  place?: string,
): void {
  const unknown = names.find((name) => !allowed.includes(name));
  if (unknown === undefined) return;
  const where = place === undefined ? "" : ` of ${place}`;
  const allowedNames = allowed.length === 0 ? "it has none" : `it must be one of ${allowed.join(", ")}`;
  throw plainError(
    `The configuration names the ${kind} "${unknown}"${where}, which there is not; ${meant(unknown, allowed)}${allowedNames}.`,
  );
}

/** The nearest allowed name as a question. Half of the letters may be wrong. */
function meant(unknown: string, allowed: readonly string[]): string {
  if (allowed.length === 0) return "";
  const nearest = closest(unknown, [...allowed]);
  return distance(unknown, nearest) <= unknown.length / 2 ? `did you mean "${nearest}"? ` : "";
}

/** Pulumi prints the stack of an error, which does not help with a mistake in a configuration. */
function plainError(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
