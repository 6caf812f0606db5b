import type { Check } from "./finding";
import {
  deadLettersAreEmpty,
  functionDoesNotFail,
  functionExists,
  functionIsNotThrottled,
  functionTakesEvents,
  handlerHearsEvents,
  handlerSweeps,
} from "./functions";
import { documentExists, handlerHasHook, metadataIsReadable } from "./hooks";
import { agentIsOnline, instanceHasHandlerTag } from "./instances";
import { hookMayNotify, topicHasSubscriber } from "./notifications";
import { handlerHasPermission } from "./permissions";
import { processesRun } from "./processes";

/** What only an account can tell, by name. */
export const checks = {
  "metadata-is-readable": metadataIsReadable,
  "document-exists": documentExists,
  "handler-has-hook": handlerHasHook,
  "hook-may-notify": hookMayNotify,
  "topic-has-subscriber": topicHasSubscriber,
  "function-exists": functionExists,
  "function-takes-events": functionTakesEvents,
  "function-does-not-fail": functionDoesNotFail,
  "function-is-not-throttled": functionIsNotThrottled,
  "handler-sweeps": handlerSweeps,
  "handler-hears-events": handlerHearsEvents,
  "handler-has-permission": handlerHasPermission,
  "agent-is-online": agentIsOnline,
  "instance-has-handler-tag": instanceHasHandlerTag,
  "dead-letters-are-empty": deadLettersAreEmpty,
  "processes-run": processesRun,
} as const satisfies Readonly<Record<string, Check>>;

export type { Check, CheckFinding } from "./finding";
