import type { Violation } from "../../timing";

/**
 * Prefixes that no name of ours may have: the names of a handler's documents begin with the handler's name, and SSM
 * keeps these prefixes for documents of AWS, whatever the case. Source: Systems Manager API, CreateDocument.
 */
const reservedPrefix = /^(aws|amazon|amzn)/i;

/** Violations if AWS would not take the name, or not with the suffixes that are added to it. */
export function checkName(name: string, maxLength: number): Violation[] {
  if (name.length > maxLength || !/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) {
    return [
      {
        argument: "name",
        value: name,
        allowed: `1 to ${maxLength} letters, digits and hyphens, a letter first`,
        cure: "Shorten or change it: the names of roles, documents and target groups are made of it.",
      },
    ];
  }
  if (reservedPrefix.test(name)) {
    return [
      {
        argument: "name",
        value: name,
        allowed: "a name that does not begin with aws, amazon or amzn",
        cure: "Put something before it, my- for one: documents are called after it, and SSM keeps such names for AWS.",
      },
    ];
  }
  return [];
}
