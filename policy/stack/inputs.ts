import type { Resource, Resources } from "./resource";
import { member, notYetKnown } from "./value";

/** A resource of a stack as Pulumi hands it to a policy. */
export type StackResource = Omit<Resource, "isRead" | "propertyDependencies"> & {
  readonly propertyDependencies: Readonly<Record<string, readonly StackResource[]>>;
};

/** The inputs that the program has given to each resource, kept until policies look at the whole stack. */
export interface Inputs {
  remember(resource: Pick<Resource, "urn" | "props">): void;
  /** The resources of a stack with their inputs. */
  complete(resources: readonly StackResource[]): Resources;
}

/**
 * Pulumi shows policies on the whole stack only outputs. In a preview, the provider reports a whole set as unknown if a
 * member is unknown, or if the provider computes a field of a member: two target groups that are yet to be made, a hook
 * without a default result. The program's own inputs say more, and they show what was not given.
 */
export function rememberedInputs(): Inputs {
  const inputs = new Map<string, object>();
  return {
    remember: ({ props, urn }) => {
      inputs.set(urn, props);
    },
    complete: (resources) => {
      const made = new Map(
        resources.map((one) => [one, withInputs(one, inputs.get(one.urn), inputs.size > 0)]),
      );
      for (const [one, completed] of made) {
        for (const [property, sources] of Object.entries(one.propertyDependencies)) {
          completed.propertyDependencies[property] = sources.flatMap((source) => made.get(source) ?? []);
        }
      }
      return [...made.values()];
    },
  };
}

/** Pulumi does not show policies the inputs of a resource that the program only reads. */
function withInputs(resource: StackResource, inputs: object | undefined, isComplete: boolean) {
  const propertyDependencies: Record<string, readonly Resource[]> = {};
  return {
    ...resource,
    props: inputs === undefined ? resource.props : merged(inputs, resource.props),
    isRead: isComplete && inputs === undefined,
    propertyDependencies,
  };
}

function merged(inputs: object, outputs: object): object {
  const keys = new Set([...Object.keys(outputs), ...Object.keys(inputs)]);
  return Object.fromEntries(
    [...keys].map((key) => {
      const given = member(inputs, key);
      return [key, given === undefined || given === notYetKnown ? member(outputs, key) : given];
    }),
  );
}
