// @ts-nocheck
import { RE2JS } from "re2js";

/** What is of interest of a document's parameters. */
export interface Declared {
  readonly parameters: Readonly<
    Record<string, { readonly default: string; readonly allowedPattern: string; readonly type: string }>
  >;
}

/**
 * What the SSM agent has against a document and the values that a command brings, nothing if it runs it. As the agent does,
 * it compiles every pattern with RE2, here that of the package re2js, and looks at the defaults of what is not given.
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
