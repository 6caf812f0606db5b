/** Values by name, of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether something is an object with fields, and no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
