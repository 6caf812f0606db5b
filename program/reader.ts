import * as pulumi from "@pulumi/pulumi";
import type { Violation } from "../components";

/** Reads settings, and collects settings that are missing or of a wrong type, so that one error can name them all. */
export interface Reader {
  readonly violations: readonly Violation[];
  number(key: string): number;
  boolean(key: string): boolean;
  /** An empty text counts as not given. */
  text(key: string): string | undefined;
  list<Item>(key: string): Item[];
}

/** Reads the settings of a stack. In place of a wrong setting the reader returns a value of the right type. */
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
