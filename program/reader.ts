import * as pulumi from "@pulumi/pulumi";
import type { Violation } from "../components";

/** Reads settings; what is missing or of a wrong type is collected, so that all of it can be said at once. */
export interface Reader {
  readonly violations: readonly Violation[];
  number(key: string): number;
  boolean(key: string): boolean;
  /** An empty text counts as not given. */
  text(key: string): string | undefined;
  list<Item>(key: string): Item[];
}

/** Reads the settings of a stack. Where one is wrong the reader returns something of the right type in its place. */
export function reader(config: pulumi.Config): Reader {
  const violations: Violation[] = [];
  const wrong = (key: string, allowed: string) => {
    violations.push({
      argument: key,
      value: config.get(key),
      allowed,
      cure: "Pulumi.yaml says what it is for.",
    });
  };
  return {
    violations,
    number(key) {
      const text = config.get(key)?.trim() ?? "";
      const value = Number(text);
      if (text === "" || !Number.isFinite(value)) wrong(key, "a number");
      return value;
    },
    boolean(key) {
      const text = config.get(key) ?? "";
      if (text !== "true" && text !== "false") wrong(key, "true or false");
      return text === "true";
    },
    text: (key) => config.get(key) || undefined,
    list<Item>(key: string) {
      try {
        const items = config.get(key) ? (config.getObject<Item[]>(key) ?? []) : [];
        if (Array.isArray(items)) return items;
      } catch (error) {
        if (!pulumi.RunError.isInstance(error)) throw error;
      }
      wrong(key, "a list");
      return [];
    },
  };
}
