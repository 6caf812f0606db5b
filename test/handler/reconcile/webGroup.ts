import { hookName } from "../../support/sweepWorld";

/** Waiting instances of the group `web`. */
export const web = (...instances: readonly string[]) => ({ web: instances.map((id) => ({ id })) });

/** Key by which the handler remembers an instance of that group. */
export const key = (instance: string) => ({ group: "web", hook: hookName, instance });
