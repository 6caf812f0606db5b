import { handlerTag } from "../../contract";
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

function wrongTag(key: string, value: unknown): Violation[] {
  if (key.startsWith(handlerTag)) {
    return [
      {
        argument: `tags.${key}`,
        value,
        allowed: "left out: the tag says which handler may run documents on an instance",
        cure: "Give handler instead.",
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
