import { RE2JS } from "re2js";

/** The part of a document that declares its parameters. */
export interface Declared {
  readonly parameters: Readonly<
    Record<string, { readonly default: string; readonly allowedPattern: string; readonly type: string }>
  >;
}

/**
 * Why the SSM agent refuses a document with the values of a command; empty if the agent runs the document. As the agent
 * does, we compile every pattern with RE2, here with re2js, and check the defaults of values that are not given.
 */
export function refusalsOf(content: string, given: Readonly<Record<string, string>> = {}): string[] {
  const { parameters } = JSON.parse(content) as Declared;
  return Object.entries(parameters).flatMap(([name, { allowedPattern, default: byDefault }]) => {
    const value = given[name] ?? byDefault;
    try {
      return RE2JS.compile(allowedPattern).test(value)
        ? []
        : [`${name}: ${value} does not match ${allowedPattern}`];
    } catch (error) {
      return [`${name}: ${String(error)}`];
    }
  });
}
