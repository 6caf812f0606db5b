import type { Context } from "../context";
import { ServiceError } from "../errors";
import type { FunctionSettings } from "../world";
import type { Operation } from "./operation";

/** Calls of Lambda that the simulator answers. */
export function lambdaOperations(
  { account: { id, partition, region } }: Context,
  functions: readonly FunctionSettings[],
): Readonly<Record<string, Operation>> {
  const arnOf = (name: string) => `arn:${partition}:lambda:${region}:${id}:function:${name}`;
  return {
    GetFunctionConfiguration: {
      requests: (input) => [
        { action: "lambda:GetFunctionConfiguration", resource: arnOf(input.text("FunctionName")) },
      ],
      perform: (input) => {
        const name = input.text("FunctionName");
        const found = functions.find((one) => one.name === name);
        if (found === undefined)
          throw new ServiceError("ResourceNotFoundException", `Function not found: ${arnOf(name)}`, 404);
        return {
          FunctionName: found.name,
          FunctionArn: found.arn,
          Handler: found.handler,
          MemorySize: found.memorySize,
          Role: found.role,
          Timeout: found.timeout,
          State: "Active",
          LoggingConfig: { LogFormat: "JSON", LogGroup: found.logGroup },
        };
      },
    },
  };
}
