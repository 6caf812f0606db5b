import type { Violation } from "../../timing";

/** A violation if AWS would not take the name, or not with the suffixes that are added to it. */
export function nameConstraint(name: string, maxLength: number): Violation[] {
  if (name.length <= maxLength && /^[A-Za-z][A-Za-z0-9-]*$/.test(name)) return [];
  return [
    {
      argument: "name",
      value: name,
      allowed: `1 to ${maxLength} letters, digits and hyphens, a letter first`,
      cure: "Shorten or change it: the names of roles, documents and target groups are made of it.",
    },
  ];
}
