import { RE2JS } from "re2js";

/** A parameter of a document. */
export interface Parameter {
  readonly name: string;
  readonly allowedPattern: string | undefined;
  /** The default value; undefined if a command has to give a value. */
  readonly byDefault: readonly string[] | undefined;
}

/** Values of a command's parameters. */
type Given = Readonly<Record<string, readonly string[]>>;

/**
 * Why SSM refuses the parameters of a command when it is sent; undefined if it takes them. SSM compiles patterns with
 * Java, to which JavaScript is near enough; a pattern that only Java knows is not checked.
 */
export function refusedByService(parameters: readonly Parameter[], given: Given): string | undefined {
  const unknown = Object.keys(given).find((name) => !parameters.some((one) => one.name === name));
  if (unknown !== undefined) return `Parameter ${unknown} is not declared.`;
  for (const { allowedPattern, byDefault, name } of parameters) {
    const values = given[name];
    if (values === undefined && byDefault === undefined) return `Parameter ${name} is missing.`;
    const pattern = inService(allowedPattern);
    const wrong = values?.find((value) => pattern?.test(value) === false);
    if (wrong !== undefined) return `Parameter ${name} has a value that its allowedPattern does not match.`;
  }
  return undefined;
}

/**
 * Why the agent refuses the parameters of a command when it arrives; undefined if the agent takes them. The agent
 * compiles the pattern of every parameter with Go's regexp (RE2), which is not anchored by itself, and checks defaults
 * too. Source: amazon-ssm-agent, allowedregexparamvalidator.go; seen on the genuine agent.
 */
export function refusedByAgent(parameters: readonly Parameter[], given: Given): string | undefined {
  for (const { allowedPattern, byDefault = [], name } of parameters) {
    const pattern = onAgent(allowedPattern);
    if (typeof pattern === "string") return `Parameter ${name}: ${pattern}`;
    const wrong = (given[name] ?? byDefault).find((value) => pattern?.test(value) === false);
    if (wrong !== undefined) return `Parameter ${name}: ${wrong} does not match ${allowedPattern ?? ""}`;
  }
  return undefined;
}

function inService(pattern: string | undefined): RegExp | undefined {
  try {
    return pattern === undefined ? undefined : new RegExp(pattern);
  } catch {
    return undefined;
  }
}

/** Patterns as the agent compiles them, or its error for a wrong pattern; the same few come again and again. */
const compiled = new Map<string, RE2JS | string>();

function onAgent(pattern: string | undefined): RE2JS | string | undefined {
  if (pattern === undefined || pattern === "") return undefined;
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const made = compile(pattern);
  compiled.set(pattern, made);
  return made;
}

function compile(pattern: string): RE2JS | string {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
