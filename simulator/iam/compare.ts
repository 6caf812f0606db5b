/** Placeholders for characters that were filled in or are meant as they are, until wildcards have been read. */
const literals = [
  ["*", "\uE000"],
  ["?", "\uE001"],
  ["$", "\uE002"],
] as const;

/**
 * A pattern with its variables filled in; undefined if a variable has no value, as then nothing matches. Source: IAM,
 * policy variables, also for special characters and with defaults.
 */
export function expanded(pattern: string, context: Readonly<Record<string, string>>): string | undefined {
  if (!pattern.includes("${")) return pattern;
  const missing: string[] = [];
  const fill = (_: string, name: string, fallback: string | undefined) => {
    const isCharacter = literals.some(([character]) => character === name);
    const value = isCharacter ? name : (context[name.trim()] ?? fallback);
    if (value === undefined) missing.push(name);
    return literals.reduce((text, [character, place]) => text.replaceAll(character, place), value ?? "");
  };
  const text = pattern.replaceAll(/\$\{([^},]+)(?:,\s*'([^']*)')?\}/g, fill);
  return missing.length === 0 ? text : undefined;
}

/** Whether a text is the wanted text, letter by letter: a star is a star. */
export function isSame(wanted: string, text: string): boolean {
  return literals.reduce((so, [character, place]) => so.replaceAll(place, character), wanted) === text;
}

/** IAM's wildcards: a star for any text, a question mark for one character. */
export function matchesText(pattern: string, text: string): boolean {
  return pattern === text || expressionOf(pattern).test(text);
}

/** Expressions of patterns; a burst asks for the same patterns thousands of times. */
const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) return known;
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  const wild = escaped.replaceAll("*", ".*").replaceAll("?", ".");
  const source = literals.reduce((so, [character, place]) => so.replaceAll(place, `\\${character}`), wild);
  const made = new RegExp(`^${source}$`, "s");
  expressions.set(pattern, made);
  return made;
}

/** Parts of an ARN; the last part may have colons. */
const arnParts = 6;

/**
 * Whether an ARN matches a pattern, part by part: no wildcard matches any of the first five colons. A pattern with
 * fewer parts goes on with stars. Source: IAM, JSON policy elements, Resource.
 */
export function matchesArn(pattern: string | undefined, arn: string): boolean {
  if (pattern === undefined) return false;
  if (pattern === "*" || arn === "*") return pattern === "*";
  const wanted = partsOf(pattern);
  return partsOf(arn).every((part, index) => matchesText(wanted[index] ?? "*", part));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return [
    ...parts.slice(0, arnParts - 1),
    ...(parts.length < arnParts ? [] : [parts.slice(arnParts - 1).join(":")]),
  ];
}
