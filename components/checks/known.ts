import * as pulumi from "@pulumi/pulumi";

/** The value of an argument, as far as it is known while the program runs; undefined for an output. */
export function known<Value>(argument: pulumi.Input<Value> | undefined): Value | undefined {
  return isOutput(argument) ? undefined : argument;
}

function isOutput<Value>(
  argument: pulumi.Input<Value> | undefined,
): argument is Promise<Value> | pulumi.OutputInstance<Value> {
  return pulumi.Output.isInstance(argument) || argument instanceof Promise;
}
