import * as pulumi from "@pulumi/pulumi";
import type { Step } from "./path";

/** Arguments as they are known before anything is registered. */
export interface KnownArguments {
  /**
   * Without null values. Symbols stand for outputs, promises and other values that are no data, and say what these are.
   */
  readonly value: unknown;
  /** Paths of values that can never be an argument, a Map for example. */
  readonly strange: readonly (readonly Step[])[];
  /** The resources that were given for objects, by the copies that stand for them. */
  readonly resources: ReadonlyMap<unknown, pulumi.Resource>;
}

/**
 * Copies the known part of arguments. We never look into an output: each look would make another output, and an output
 * that fails would fail once more.
 */
export function knownArguments(args: unknown): KnownArguments {
  const resources = new Map<unknown, pulumi.Resource>();
  const strange: (readonly Step[])[] = [];
  const known = (value: unknown, path: readonly Step[], above: readonly unknown[]): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (pulumi.Output.isInstance(value)) return Symbol("an output");
    if (value instanceof Promise) return Symbol("a promise");
    const here = [...above, value];
    if (Array.isArray(value) && !above.includes(value))
      return value.map((one, index) => known(one, [...path, index], here));
    if (pulumi.Resource.isInstance(value)) {
      const copy = outputsOf(value);
      resources.set(copy, value);
      return copy;
    }
    if (isPlainObject(value) && !above.includes(value)) {
      const entries = Object.entries(value).filter(([, one]) => one !== null && one !== undefined);
      return Object.fromEntries(entries.map(([key, one]) => [key, known(one, [...path, key], here)]));
    }
    strange.push(path);
    return Symbol(above.includes(value) ? "a part of itself" : `of type ${tagOf(value)}`);
  };
  return { value: known(args ?? {}, [], []), resources, strange };
}

/** Whether a value is a set of named values, and not another kind of object, such as a Map. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && tagOf(value) === "Object" && !isOpaque(value);
}

/** The kind of an object in JavaScript's own words: Map, Date, Module. */
function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

function isOpaque(value: unknown): boolean {
  return (
    pulumi.Output.isInstance(value) ||
    pulumi.Resource.isInstance(value) ||
    pulumi.asset.Asset.isInstance(value) ||
    pulumi.asset.Archive.isInstance(value)
  );
}

function outputsOf(resource: pulumi.Resource): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(resource).map(([key, value]) => [
      key,
      typeof value === "object" ? Symbol("an output") : value,
    ]),
  );
}
