import type { Group } from "../aws/autoScaling";
import type { Context } from "../context";

/** The group together with the instances of its warm pool, which the list of groups leaves out; no call without a pool. */
export async function withPool({ autoScaling }: Context, group: Group): Promise<Group> {
  if (!group.hasUnreadPool) return group;
  const pooled = await autoScaling.pool(group.name);
  // An instance that leaves the pool meanwhile may be in both lists.
  const isListed = (id: string) => group.instances.some((one) => one.id === id);
  return {
    ...group,
    hasUnreadPool: false,
    instances: [...group.instances, ...pooled.filter(({ id }) => !isListed(id))],
  };
}
