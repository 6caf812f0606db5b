import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SSMClient } from "@aws-sdk/client-ssm";
import { eventBusVariable, readReplaceOn, replaceOnVariable, sealVariable } from "../contract";
import { createAutoScaling } from "./aws/autoScaling";
import { createBusyChecks } from "./aws/busyChecks";
import { createCalls, type CallPolicy, type Paces } from "./aws/calls";
import { createEc2 } from "./aws/ec2";
import { comesFromAws, describe } from "./aws/errors";
import { createEventBus, type EventBus } from "./aws/eventBus";
import { createRunCommand } from "./aws/runCommand";
import { onCommandEnded } from "./commandEnded";
import { systemClock } from "./clock";
import type { Context } from "./context";
import { parseEvent } from "./events";
import { onHookAction } from "./hookAction";
import type { HandlerOptions, LambdaContext } from "./invocation";
import { consoleLog } from "./log";
import { createMemory } from "./memory";
import { failedEvents, writeMetrics } from "./metrics";
import { createOutbox } from "./outbox";
import { onRebalance, onRetirement } from "./replace";
import { createSeal } from "./seal";
import { onSpotWarning } from "./spotWarning";
import { sweep } from "./sweep";
import type { Trigger } from "./trigger";
import { variable } from "./variable";

export { createTerminationPolicy } from "./lambdaTerminationPolicy";

/** Makes the entry point of the function, which Lambda calls with every event. */
export function createHandler(options: HandlerOptions = {}) {
  const memory = createMemory();
  const clients = {
    autoScaling: new AutoScalingClient(clientOptions),
    runCommand: new SSMClient(clientOptions),
    ec2: new EC2Client(clientOptions),
  };
  const connect = connectEventBus(process.env[eventBusVariable]);
  const clock = systemClock;
  return async (event: unknown, lambda: LambdaContext): Promise<void> => {
    const end = clock.now() + lambda.getRemainingTimeInMillis();
    const until = end - callTime;
    const handler = variable("AWS_LAMBDA_FUNCTION_NAME");
    const seal = createSeal(`${handler} ${variable(sealVariable)}`);
    const outbox = createOutbox(connect(memory.paces, end - eventTime), consoleLog, (count) => {
      writeMetrics(failedEvents(handler, count, clock.now()));
    });
    try {
      for (const trigger of parseEvent(event)) {
        const patience = trigger.kind === "sweep" ? patienceOfSweeps : patienceOfEvents;
        const make = createCalls(clock, memory.paces, { until, patience });
        const context: Context = {
          handler,
          autoScaling: createAutoScaling(clients.autoScaling, make),
          runCommand: createRunCommand(clients.runCommand, make),
          ec2: createEc2(clients.ec2, make),
          busyChecks: createBusyChecks(clients.runCommand, make),
          seal,
          clock,
          log: consoleLog,
          putMetrics: writeMetrics,
          tell: outbox.tell,
          isBusy: options.isBusy,
          replaceOn: readReplaceOn(process.env[replaceOnVariable]),
          until,
          memory,
        };
        await handle(context, trigger);
      }
    } finally {
      await outbox.flush();
    }
  };
}

/** Gives the event bus to an invocation; undefined without the ARN of a bus. */
function connectEventBus(busArn: string | undefined): (paces: Paces, until: number) => EventBus | undefined {
  if (!busArn) return () => undefined;
  // The bus may be in another Region: only an endpoint of its own Region takes its events.
  const client = new EventBridgeClient({
    ...clientOptions,
    region: busArn.split(":")[3],
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
  return (paces, until) => {
    const make = createCalls(systemClock, paces, { until, patience: patienceOfEvents });
    return createEventBus(client, busArn, make);
  };
}

/** Handles one trigger. No answer of AWS is an error of the function: the next sweep tries again. */
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
      case "retirement":
        await onRetirement(context, trigger);
        return;
      case "rebalance":
        await onRebalance(context, trigger);
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

/**
 * The SDK ends a call that hangs long before the invocation ends. Without the last option of the request it only warns
 * of such a call. The handler itself tries again: the SDK knows neither the time that is left nor the other calls of a
 * kind.
 */
const clientOptions = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

/** Longest time until the SDK ends a call, and a little more, ms: no call begins later before an invocation's end. */
const callTime = 12_000;

/**
 * The same for events of the handler's own, ms: they are put last, in time that is kept for calls that hang, and a call
 * that hangs is ended earlier.
 */
const eventTime = 5_000;

/** For how long events are put again that EventBridge throttles, ms: nothing puts them later. */
const patienceOfEventBus = 5_000;

/**
 * An event gives up on a throttled command, as the sweep sends to 50 instances at once. A completion is worth a wait:
 * the sweep has to complete each action by itself, too.
 */
const patienceOfEvents: CallPolicy["patience"] = {
  read: 10_000,
  send: 0,
  cancel: 0,
  complete: 40_000,
  heartbeat: 10_000,
  replace: 10_000,
  ask: 0,
  protect: 0,
  tell: patienceOfEventBus,
};

/** A sweep tries again as long as its time lasts. */
const patienceOfSweeps: CallPolicy["patience"] = {
  read: Infinity,
  send: Infinity,
  cancel: 0,
  complete: Infinity,
  heartbeat: Infinity,
  replace: 0,
  // The next sweep asks and protects again.
  ask: 0,
  protect: 0,
  tell: patienceOfEventBus,
};
