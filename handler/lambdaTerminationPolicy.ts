import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { SSMClient } from "@aws-sdk/client-ssm";
import { handlerVariable } from "../contract";
import { createAutoScaling } from "./aws/autoScaling";
import { createBusyChecks } from "./aws/busyChecks";
import { createCalls, type CallPolicy } from "./aws/calls";
import { createRunCommand } from "./aws/runCommand";
import { systemClock } from "./clock";
import type { HandlerOptions, LambdaContext } from "./invocation";
import { consoleLog } from "./log";
import { createMemory } from "./memory";
import { answerRequest } from "./termination/answer";
import { readRequest } from "./termination/request";
import { variable } from "./variable";

/** The answer of a termination policy. Source: Auto Scaling user guide, Create a custom termination policy with Lambda. */
export interface TerminationAnswer {
  readonly InstanceIDs: readonly string[];
}

/** Makes the entry point of a termination policy, which Auto Scaling invokes and for whose answer it waits. */
export function createTerminationPolicy(options: HandlerOptions = {}) {
  const memory = createMemory();
  const clients = {
    autoScaling: new AutoScalingClient(clientOptionsOfPolicies),
    runCommand: new SSMClient(clientOptionsOfPolicies),
  };
  const clock = systemClock;
  return async (event: unknown, lambda: LambdaContext): Promise<TerminationAnswer> => {
    const request = readRequest(event);
    if (request === undefined) {
      consoleLog.warn({ message: "ignored: no question of Auto Scaling" });
      return { InstanceIDs: [] };
    }
    const time = Math.min(answerTime, lambda.getRemainingTimeInMillis() - answerReserve);
    const until = clock.now() + Math.max(0, time);
    const make = createCalls(clock, memory.paces, { until, patience: patienceOfPolicies });
    const context = {
      handler: variable(handlerVariable),
      autoScaling: createAutoScaling(clients.autoScaling, make),
      runCommand: createRunCommand(clients.runCommand, make),
      busyChecks: createBusyChecks(clients.runCommand, make),
      clock,
      log: consoleLog,
      isBusy: options.isBusy,
      random: Math.random,
    };
    const chosen = await answerRequest(context, request, until);
    return { InstanceIDs: chosen.map(({ id }) => id) };
  };
}

/**
 * How long a termination policy asks, ms. Auto Scaling waits two seconds for its answer, in which a new copy of the
 * function has to start as well.
 */
const answerTime = 1_300;

/** What it leaves of the invocation's time at least, to write the answer, ms. */
const answerReserve = 300;

/** A termination policy has no time for a call that hangs. */
const clientOptionsOfPolicies = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true },
};

/** A call that AWS throttles is tried once or twice more; there is no time for more than that. */
const patienceOfPolicies: CallPolicy["patience"] = {
  read: 300,
  send: 0,
  cancel: 0,
  complete: 0,
  heartbeat: 0,
  ask: 0,
  protect: 0,
  tell: 0,
  replace: 0,
};
