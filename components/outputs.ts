import type * as pulumi from "@pulumi/pulumi";

/** The properties of a component that are outputs, except its URN. */
export type OutputsOf<Component> = {
  readonly [
    Name in keyof Component as Component[Name] extends pulumi.Output<unknown> ? Exclude<Name, "urn"> : never
  ]: Component[Name];
};

/**
 * Sets the outputs of a component, all of them.
 * @returns the outputs, to be registered.
 */
export function setOutputs<Component extends pulumi.ComponentResource>(
  component: Component,
  outputs: OutputsOf<Component>,
): OutputsOf<Component> {
  Object.assign(component, outputs);
  return outputs;
}
