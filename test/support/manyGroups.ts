import { decodeInstructions, encodeInstructions, hooksTag, revisionsOf } from "../../contract";
import type { GroupSettings, HookSettings, World } from "../../simulator";

/** A world with many copies of its one group, each with documents of its own, all served by the one handler. */
export function manyGroups(world: World, count: number): World {
  const [group] = world.groups;
  if (group === undefined) throw new Error("the world has no group");
  const documents = new Map(world.documents);
  const groups = Array.from({ length: count }, (_, index): GroupSettings => {
    const own = (name: string) => `${name}-${index + 1}`;
    const hooks = group.hooks.map((hook): HookSettings => {
      const instructions = decodeInstructions(hook.notificationMetadata);
      if (instructions === undefined) return hook;
      const document = own(instructions.document);
      documents.set(document, world.documents.get(instructions.document) ?? "");
      return { ...hook, notificationMetadata: encodeInstructions({ ...instructions, document }) };
    });
    const transitions = { LAUNCHING: "launch", TERMINATING: "terminate" } as const;
    const revisions = revisionsOf(
      hooks.flatMap(({ lifecycleTransition, notificationMetadata: metadata }) =>
        metadata === undefined
          ? []
          : [{ metadata, transition: transitions[lifecycleTransition.split("_").at(-1) as "LAUNCHING"] }],
      ),
    );
    const name = own(group.name);
    return {
      ...group,
      name,
      arn: group.arn.replace(group.name, name),
      hooks,
      tags: { ...group.tags, [hooksTag]: revisions },
    };
  });
  return { ...world, groups, documents };
}
