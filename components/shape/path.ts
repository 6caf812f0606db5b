/** The step from one argument to a part of it; numbers count the items of lists. */
export type Step = string | number;

/** The path of an argument as a user writes it, as in `terminate.sessions.ports[1]`. */
export function written(path: readonly Step[]): string {
  return path.reduce<string>(
    (before, step) =>
      typeof step === "number" ? `${before}[${step}]` : before === "" ? step : `${before}.${step}`,
    "",
  );
}

/** The steps of a JSON Pointer; numbers count the items of lists. */
export function pathOf(value: unknown, pointer: string): Step[] {
  const path: Step[] = [];
  for (const token of pointer.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(valueAt(value, path)) ? Number(name) : name);
  }
  return path;
}

/** The value at a path; undefined if there is no value. */
export function valueAt(value: unknown, path: readonly Step[]): unknown {
  return path.reduce<unknown>(
    (found, step) =>
      typeof found === "object" && found !== null
        ? Object.entries(found).find(([key]) => key === String(step))?.[1]
        : undefined,
    value,
  );
}
