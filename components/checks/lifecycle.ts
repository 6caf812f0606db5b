import { failurePoliciesOf } from "../../contract";
import { outside, type Violation } from "../../timing";
import type { FunctionArgs, GracefulLifecycleArgs, SessionsArgs } from "../arguments";
import { announceWords, words, type Word } from "../documents";
import {
  announceSettings,
  scriptSettings,
  transitionSettings,
  type LifecycleArgs,
} from "../lifecycle/transitions";
import { eventsChecks } from "./events";
import { functionChecks } from "./function";
import { checkHandlerRef } from "./handlerRef";
import type { ArgumentCheck } from "./refuse";
import { emptyScript, knownSource, tooLarge } from "./script";
import { valueViolations, wordValues } from "./values";

/** The arguments of a lifecycle that are not times. */
export interface LifecycleGiven {
  readonly args: LifecycleArgs &
    FunctionArgs &
    Pick<GracefulLifecycleArgs, "events" | "handler" | "isBusy" | "replaceOn" | "spot" | "transport">;
}

/** Checks of the arguments of a lifecycle, except its times. */
export const lifecycleChecks = {
  oneScript: ({ args: { launch, terminate } }) => [
    ...oneWord("terminate", words.terminate, terminate),
    ...(terminate.announce === undefined
      ? []
      : oneWord("terminate.announce", announceWords, terminate.announce)),
    ...(launch === undefined ? [] : oneWord("launch", words.launch, launch)),
  ],
  announcePlatform: ({ args }) => {
    const [stop] = transitionSettings(args);
    const script = announceSettings(args)?.script;
    if (stop === undefined || script === undefined || script.platform === stop.script.platform) return [];
    return [
      {
        argument: script.argument,
        value: Symbol(`for ${script.platform}`),
        allowed: `for ${stop.script.platform}, as ${stop.script.argument} is`,
        cure: "Give both scripts for the platform of the instances.",
      },
    ];
  },
  script: ({ args }) => scriptSettings(args).flatMap(knownSource).flatMap(emptyScript),
  documentSize: ({ args }) => scriptSettings(args).flatMap(knownSource).flatMap(tooLarge),
  wordValues: ({ args }) => valueViolations(wordValues, args),
  containerNameOrLabel: ({ args: { terminate } }) => {
    const { container } = terminate;
    return container === undefined || (container.name === undefined) !== (container.label === undefined)
      ? []
      : [
          {
            argument: "terminate.container.name, terminate.container.label",
            value: container.name === undefined ? undefined : "both given",
            allowed: "exactly one of the two",
            cure: "Give the name of the container, or a label that all containers to stop have.",
          },
        ];
  },
  adjustTimeoutStop: ({ args: { terminate } }) =>
    terminate.adjustTimeoutStop !== undefined && terminate.systemdUnit === undefined
      ? [
          {
            argument: "terminate.adjustTimeoutStop",
            value: terminate.adjustTimeoutStop,
            allowed: "left out, or given along with terminate.systemdUnit",
            cure: "Leave it out.",
          },
        ]
      : [],
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
  eventsHandler: ({ args: { events, handler } }) => ofTheHandler("events", events, handler),
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
  ...eventsChecks,
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
      allowed: "at most one of the two: the argument belongs to the handler",
      cure: `Give ${argument} to the LifecycleHandler, or leave handler out.`,
    },
  ];
}

function oneWord<Args extends object>(
  path: string,
  all: Readonly<Record<string, Word<Args>>>,
  args: Args,
): Violation[] {
  const names = Object.keys(all);
  const given = names.filter((name) =>
    Object.entries(args).some(([key, value]) => key === name && value !== undefined),
  );
  if (given.length === 1) return [];
  const paths = (given.length === 0 ? names : given).map((name) => `${path}.${name}`);
  return [
    {
      argument: paths.join(", "),
      value: given.length === 0 ? undefined : given.length === 2 ? "both given" : "all given",
      allowed: "exactly one",
      cure: `Give ${listed(Object.values(all).map(({ use }) => use))}.`,
    },
  ];
}

/** A list of things of which one is chosen, in words. */
function listed(uses: readonly string[]): string {
  return `${uses.slice(0, -1).join(", ")} or ${uses.at(-1) ?? ""}`;
}

function waitsForSessions({ ports = [], sessionManager = false }: SessionsArgs): boolean {
  return ports.length > 0 || sessionManager;
}
