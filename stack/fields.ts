import type { Fields } from "../contract";
import type { Registration } from "../evaluate/registration";

/** All resources of a type, each with its inputs and its state from the provider. */
export type All = (type: string) => readonly Fields[];

/** Finds resources by type. */
export function resourcesIn(registrations: readonly Registration[]): All {
  const byType = new Map<string, Fields[]>();
  for (const { inputs, name, state, type } of registrations) {
    const found = byType.get(type) ?? [];
    byType.set(type, found);
    found.push({ logicalName: name, ...inputs, ...state });
  }
  return (type) => byType.get(type) ?? [];
}

/** Structured values arrive as JSON text or as they are. */
export function parse(value: unknown): Fields {
  return object(typeof value === "string" ? (JSON.parse(value) as unknown) : value);
}

export function object(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

export function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(object) : [];
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function optionalText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A number, or the given number where the program knows none yet. */
export function number(value: unknown, otherwise: number): number {
  const found = typeof value === "string" ? Number(value) : value;
  return typeof found === "number" && Number.isFinite(found) ? found : otherwise;
}

/** Texts by name; values that are no text are left out. */
export function asTexts(value: unknown): Readonly<Record<string, string>> {
  const entries: [string, unknown][] = Object.entries(object(value));
  return Object.fromEntries(entries.filter((one): one is [string, string] => typeof one[1] === "string"));
}
