import { handlerTag, hooksTag, instanceRoleTag } from "../../contract";
import type { Violation } from "../../timing";
import { isLater } from "./limit";

/** What is wrong with the tags of all resources, as far as they are known. */
export function wrongTags(tags: unknown): Violation[] {
  if (isLater(tags)) return [];
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) {
    return [
      {
        argument: "tags",
        value: tags,
        allowed: "keys with their values",
        cure: 'Give { team: "web" } for one.',
      },
    ];
  }
  return Object.entries(tags).flatMap(([key, value]) => wrongTag(key, value));
}

/** What our own tags are for, by what their keys begin with. */
const ownTags: Readonly<Record<string, string>> = {
  [handlerTag]: "the tag says which handler may run documents on an instance",
  [hooksTag]: "the tag says which revisions the hooks of a group have",
  [instanceRoleTag]: "the tag says which role was made for the instances of a group",
};

function wrongTag(key: string, value: unknown): Violation[] {
  const purpose = Object.entries(ownTags).find(([own]) => key.startsWith(own))?.[1];
  if (purpose !== undefined) {
    return [
      {
        argument: `tags.${key}`,
        value,
        allowed: `left out: ${purpose}`,
        cure: "Choose another key; the component itself sets this tag.",
      },
    ];
  }
  if (isLater(value) || typeof value === "string") return [];
  return [
    {
      argument: `tags.${key}`,
      value,
      allowed: "a text",
      cure: "Give the value in quotes, or leave the tag out.",
    },
  ];
}
