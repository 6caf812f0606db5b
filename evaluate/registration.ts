import type { Fields } from "./fields";

/** A resource as a program registers it. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Fields;
  /** The state from the provider: id, names, ARNs. */
  readonly state: Fields;
  /** URN of the parent; empty for none. */
  readonly parent: string;
  /** URNs of the resources that it depends on, by inputs and by options. */
  readonly dependencies: readonly string[];
  readonly deletedWith: string;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  /** Undefined where the provider decides. */
  readonly deleteBeforeReplace: boolean | undefined;
  readonly retainOnDelete: boolean;
  /** Go durations, as in 10m; empty for the provider's own timeouts. */
  readonly customTimeouts: { readonly create: string; readonly update: string; readonly delete: string };
}

/** Registered resources of a type. */
export function ofType(registrations: readonly Registration[], type: string): Registration[] {
  return registrations.filter((one) => one.type === type);
}
