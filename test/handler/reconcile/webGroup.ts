import { hookName } from "../../support/sweepWorld";

/** Instances of the group `web`, which wait. */
export const web = (...instances: readonly string[]) => ({ web: instances.map((id) => ({ id })) });

/** By which the handler remembers one of them. */
export const key = (instance: string) => ({ group: "web", hook: hookName, instance });
