import { failurePoliciesOf } from "../../contract";
import { outside, type Violation } from "../../timing";
import type { FunctionArgs, GracefulLifecycleArgs, SessionsArgs } from "../arguments";
import { documentContent, maxDocumentSize, scriptArguments } from "../documents";
import {
  transitionSettings,
  type LifecycleArgs,
  type ScriptArgs,
  type TransitionSettings,
} from "../lifecycle/transitions";
import { functionChecks } from "./function";
import { checkHandlerRef } from "./handlerRef";
import type { ArgumentCheck } from "./refuse";

/** The arguments of a lifecycle that are not times. */
export interface LifecycleGiven {
  readonly args: LifecycleArgs &
    FunctionArgs &
    Pick<GracefulLifecycleArgs, "handler" | "isBusy" | "replaceOn" | "spot" | "transport">;
}

/** Checks of the arguments of a lifecycle, except its times. */
export const lifecycleChecks = {
  oneScript: ({ args: { launch, terminate } }) => [
    ...oneScript("terminate", terminate),
    ...(launch === undefined ? [] : oneScript("launch", launch)),
  ],
  script: ({ args }) =>
    transitionSettings(args).flatMap(({ script, transition }) =>
      script.text.trim() === "" && args[transition]?.script !== undefined
        ? [
            {
              argument: `${transition}.script`,
              value: script.text,
              allowed: "a script that is not empty",
              cure: "Give the commands to run, systemctl stop application for one.",
            },
          ]
        : [],
    ),
  documentSize: ({ args }) => transitionSettings(args).flatMap(tooLarge),
  launchOnFailure: ({ args: { launch } }) =>
    launch?.onFailure !== undefined && !failurePoliciesOf("launch").includes(launch.onFailure)
      ? [
          {
            argument: "launch.onFailure",
            value: launch.onFailure,
            allowed: `one of ${failurePoliciesOf("launch").join(", ")}`,
            cure: "Auto Scaling retains instances on termination only; take abandon, which replaces the instance.",
          },
        ]
      : [],
  handler: ({ args: { handler } }) => checkHandlerRef(handler),
  isBusyHandler: ({ args: { handler, isBusy } }) =>
    isBusy !== undefined && handler !== undefined
      ? [
          {
            argument: "isBusy, handler",
            value: "both given",
            allowed: "at most one of the two: the callback runs in the handler's function",
            cure: "Give isBusy to the LifecycleHandler, or leave handler out.",
          },
        ]
      : [],
  spotHandler: ({ args: { handler, spot } }) => ofTheHandler("spot", spot, handler),
  replaceOnHandler: ({ args: { handler, replaceOn } }) => ofTheHandler("replaceOn", replaceOn, handler),
  functionHandler: ({ args: { environment, handler, role, vpc } }) =>
    Object.entries({ environment, role, vpc }).flatMap(([argument, value]) =>
      value !== undefined && handler !== undefined
        ? [
            {
              argument: `${argument}, handler`,
              value: "both given",
              allowed: "at most one of the two: the function belongs to the handler",
              cure: `Give ${argument} to the LifecycleHandler, or leave handler out.`,
            },
          ]
        : [],
    ),
  isBusyMaxWait: ({ args: { isBusy, terminate } }) =>
    isBusy !== undefined && terminate.sessions === undefined
      ? [
          {
            argument: "terminate.sessions.maxWait",
            value: undefined,
            allowed: "given along with isBusy",
            cure: "Give the seconds after which a busy instance is stopped all the same.",
          },
        ]
      : [],
  nothingToWaitFor: ({ args: { isBusy, terminate } }) =>
    isBusy === undefined && terminate.sessions !== undefined && !waitsForSessions(terminate.sessions)
      ? [
          {
            argument: "terminate.sessions.maxWait",
            value: terminate.sessions.maxWait,
            allowed: "given along with ports, sessionManager or isBusy",
            cure: "Say what to wait for, or leave sessions out.",
          },
        ]
      : [],
  ...functionChecks,
  sessionPorts: ({ args: { terminate } }) =>
    (terminate.sessions?.ports ?? []).flatMap((port, index) =>
      outside(
        `terminate.sessions.ports[${index}]`,
        port,
        { min: 1, max: 65_535 },
        "",
        "Give the ports on which sessions come in, 22 for SSH.",
      ),
    ),
} satisfies Record<string, ArgumentCheck<LifecycleGiven>>;

function ofTheHandler(argument: string, value: unknown, handler: unknown): Violation[] {
  if (value === undefined || handler === undefined) return [];
  return [
    {
      argument: `${argument}, handler`,
      value: "both given",
      allowed: "at most one of the two: the rule belongs to the handler",
      cure: `Give ${argument} to the LifecycleHandler, or leave handler out.`,
    },
  ];
}

function oneScript(path: string, args: ScriptArgs): Violation[] {
  const names = Object.values(scriptArguments);
  const given = names.filter((name) => args[name] !== undefined);
  if (given.length === 1) return [];
  return [
    {
      argument: names.map((name) => `${path}.${name}`).join(", "),
      value: given.length === 0 ? undefined : "both given",
      allowed: "exactly one of the two",
      cure: "Give script for Linux, or powershell for Windows.",
    },
  ];
}

function waitsForSessions({ ports = [], sessionManager = false }: SessionsArgs): boolean {
  return ports.length > 0 || sessionManager;
}

function tooLarge({ onFailure: _, ...source }: TransitionSettings): Violation[] {
  const { script, transition } = source;
  const fits = (text: string) =>
    Buffer.byteLength(documentContent({ ...source, script: { ...script, text } })) <= maxDocumentSize;
  if (fits(script.text)) return [];
  let most = 0;
  for (let step = maxDocumentSize; step >= 1; step /= 2) if (fits("x".repeat(most + step))) most += step;
  return [
    {
      argument: `${transition}.${scriptArguments[script.platform]}`,
      value: `${Buffer.byteLength(script.text)} bytes`,
      allowed: `at most ${most} bytes, so that its document has no more than SSM's ${maxDocumentSize}`,
      cure: "Put the bulk of it on the instance, with the image or user data, and call that.",
    },
  ];
}
