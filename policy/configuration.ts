import { closest, distance } from "fastest-levenshtein";

/** What is chosen about each rule, by its name: a level, or limits and a level. */
export type Configuration = Readonly<Record<string, unknown>>;

/** What the configuration of a pack may name. */
export interface Configurable {
  readonly name: string;
  readonly limits: readonly string[];
}

const levels = ["advisory", "disabled", "mandatory", "remediate"];

/** Names that the configuration gives besides those of rules. */
const ofAll = ["all"];

/** Keys that an entry gives besides limits. */
const ofEach = ["enforcementLevel"];

/** Throws what is misspelled in a configuration: a rule, a limit or a level, in one sentence. */
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

/** Throws the first of some names that is not allowed. */
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

/** Half of the letters may be wrong. */
function meant(unknown: string, allowed: readonly string[]): string {
  if (allowed.length === 0) return "";
  const nearest = closest(unknown, [...allowed]);
  return distance(unknown, nearest) <= unknown.length / 2 ? `did you mean "${nearest}"? ` : "";
}

/** Pulumi prints the stack of an error, which says nothing of a mistake in a configuration. */
function plainError(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
