import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { BusyInstance } from "../contract";
import { createAutoScaling } from "./aws/autoScaling";
import { comesFromAws, describe } from "./aws/errors";
import { createRunCommand } from "./aws/runCommand";
import { onCommandEnded } from "./commandEnded";
import { systemClock, type Context, type Memory } from "./context";
import { parseEvent } from "./events";
import { onHookAction } from "./hookAction";
import { consoleLog } from "./log";
import { onSpotWarning } from "./spotWarning";
import { sweep } from "./sweep";
import type { Trigger } from "./trigger";

/** The user's callbacks. */
export interface HandlerOptions {
  /** Whether an instance is busy, so that its stop script has to wait. */
  readonly isBusy?: ((instance: BusyInstance) => Promise<boolean>) | undefined;
}

/** What Lambda hands to an invocation, as far as it is used. */
interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** Entry point of the function: Lambda calls what this returns with every event. */
export function createHandler(options: HandlerOptions = {}) {
  const memory: Memory = { looks: new Map() };
  const aws = {
    autoScaling: createAutoScaling(new AutoScalingClient(clientOptions)),
    runCommand: createRunCommand(new SSMClient(clientOptions)),
  };
  return async (event: unknown, lambda: LambdaContext): Promise<void> => {
    const context: Context = {
      ...aws,
      handler: variable("AWS_LAMBDA_FUNCTION_NAME"),
      clock: systemClock,
      log: consoleLog,
      isBusy: options.isBusy,
      remaining: () => lambda.getRemainingTimeInMillis(),
      memory,
    };
    for (const trigger of parseEvent(event)) await handle(context, trigger);
  };
}

/** Handles one trigger. Nothing that AWS answers is an error of the function: the next sweep tries again. */
async function handle(context: Context, trigger: Trigger): Promise<void> {
  try {
    switch (trigger.kind) {
      case "hookAction":
        await onHookAction(context, trigger);
        return;
      case "commandEnded":
        await onCommandEnded(context, trigger);
        return;
      case "spotWarning":
        await onSpotWarning(context, trigger);
        return;
      case "sweep":
        await sweep(context);
        return;
      case "ignored":
        context.log.info({ message: `ignored: ${trigger.reason}` });
    }
  } catch (error) {
    if (!comesFromAws(error)) throw error;
    context.log.error({
      message: `${trigger.kind} failed; the next sweep tries again`,
      error: describe(error),
    });
  }
}

/** Calls that hang end long before the invocation does. Without the last option the SDK only warns of them. */
const clientOptions = {
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}
