import { handlerTag } from "../../contract";
import type { GroupSettings, World } from "../world";

/** Groups on one handler, as far as its role lets it serve them by their tag. */
const crowd = 100;

/** Copies the groups of a world until the handler serves a hundred. */
export function withCopies(world: World): World {
  const own = world.groups.filter(({ tags }) => handlerTag in tags);
  const copies = own.flatMap((group) =>
    Array.from({ length: Math.ceil(crowd / own.length) }, (_, index) => copyOf(group, index + 1)),
  );
  return { ...world, groups: [...world.groups, ...copies] };
}

function copyOf(group: GroupSettings, number: number): GroupSettings {
  const name = `${group.name}-copy${number}`;
  return { ...group, name, arn: group.arn.replace(group.name, name) };
}
