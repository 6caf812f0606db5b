import { handlerTag, hooksTag, instanceRoleTag, replaceTag } from "../../contract";
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
  const entries: [string, unknown][] = Object.entries(tags);
  const violations = entries.flatMap(([key, value]) => wrongTag(key, value));
  if (entries.length <= maxTags) return violations;
  return [
    ...violations,
    {
      argument: "tags",
      value: Symbol(`${entries.length} tags`),
      allowed: `at most ${maxTags}: AWS takes 50 for a resource, and some are the component's own`,
      cure: "Leave some out.",
    },
  ];
}

/**
 * Most tags that a user may give, so that our own tags fit too; the group has the most tags of our own. Source: Tagging
 * AWS Resources, limits.
 */
const maxTags = 50 - 3;

/** Longest key and value of a tag, characters. Source: Tagging AWS Resources, limits. */
const maxKeyLength = 128;
const maxValueLength = 256;

/** The purposes of our own tags, by the beginnings of their keys. */
const ownTags: Readonly<Record<string, string>> = {
  [handlerTag]: "the tag says which handler may run documents on an instance",
  [hooksTag]: "the tag says which revisions the hooks of a group have",
  [replaceTag]: "the tag says which instance a handler is to replace",
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
  if (key === "" || key.length > maxKeyLength || /^aws:/i.test(key)) {
    return [
      {
        argument: "a key in tags",
        value: key,
        allowed: `1 to ${maxKeyLength} characters that do not begin with aws:`,
        cure: "Choose another key; AWS keeps aws: for its own tags.",
      },
    ];
  }
  if (isLater(value) || (typeof value === "string" && value.length <= maxValueLength)) return [];
  return [
    {
      argument: `tags.${key}`,
      value,
      allowed: `a text of at most ${maxValueLength} characters`,
      cure: "Give the value in quotes, or leave the tag out.",
    },
  ];
}
