import { ServiceError } from "../errors";
import type { FunctionSettings, World } from "../world";
import type { Input } from "./input";
import type { Operation } from "./operation";

/** Calls of Lambda that the simulator answers: how functions are set. */
export function lambdaOperations({ functions, permissions }: World): Readonly<Record<string, Operation>> {
  /** A function by its name or its ARN. Source: Lambda API, FunctionName. */
  const find = (input: Input): FunctionSettings => {
    const named = input.text("FunctionName", { max: 170 });
    const found = functions.find(({ arn, name }) => named === name || named === arn);
    if (found === undefined) throw new ServiceError("ResourceNotFoundException", `Function not found: ${named}`, 404);
    return found;
  };
  const onFunction = (action: string) => (input: Input) => {
    const named = input.text("FunctionName", { max: 170 });
    const found = functions.find(({ arn, name }) => named === name || named === arn);
    return [{ action: `lambda:${action}`, resource: found?.arn ?? named }];
  };
  return {
    GetFunctionConfiguration: {
      requests: onFunction("GetFunctionConfiguration"),
      perform: (input) => {
        const { arn, environment, handler, logGroup, memorySize, name, role, timeout } = find(input);
        return {
          FunctionName: name,
          FunctionArn: arn,
          Role: role,
          Handler: handler,
          Timeout: timeout,
          MemorySize: memorySize,
          Environment: { Variables: environment },
          State: "Active",
          LoggingConfig: { LogFormat: "JSON", LogGroup: logGroup },
        };
      },
    },

    GetPolicy: {
      requests: onFunction("GetPolicy"),
      perform: (input) => {
        const { arn, name } = find(input);
        const own = permissions.filter((one) => one.function === name || one.function === arn);
        if (own.length === 0)
          throw new ServiceError("ResourceNotFoundException", "The resource you requested does not exist.", 404);
        const Statement = own.map(({ principal, sourceArn }, index) => ({
          Sid: String(index),
          Effect: "Allow",
          Principal: { Service: principal },
          Action: "lambda:InvokeFunction",
          Resource: arn,
          ...(sourceArn === "" ? {} : { Condition: { ArnLike: { "aws:SourceArn": sourceArn } } }),
        }));
        return { Policy: JSON.stringify({ Version: "2012-10-17", Id: "default", Statement }) };
      },
    },

    GetFunctionEventInvokeConfig: {
      requests: onFunction("GetFunctionEventInvokeConfig"),
      perform: (input) => {
        const { arn, maximumEventAge, maximumRetryAttempts, onFailure } = find(input);
        return {
          FunctionArn: arn,
          MaximumRetryAttempts: maximumRetryAttempts,
          MaximumEventAgeInSeconds: maximumEventAge,
          DestinationConfig: onFailure === undefined ? {} : { OnFailure: { Destination: onFailure } },
        };
      },
    },
  };
}
