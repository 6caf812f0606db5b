/** SSM's filters take instants without a fraction. */
export function toSecond(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
