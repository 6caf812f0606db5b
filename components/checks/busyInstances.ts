import { Prefer } from "../../contract";
import type { Violation } from "../../timing";
import type { GracefulAutoScalingGroupArgs } from "../arguments";
import { maxCheckSize } from "../documents";
import { isLater, wrongLimitIfKnown } from "../iam/limit";
import { terminationPolicyArn } from "../iam/rules";
import type { ArgumentCheck } from "./refuse";

/** The arguments about busy instances. */
export interface BusyGiven {
  readonly args: Pick<
    GracefulAutoScalingGroupArgs,
    "busyCheck" | "handler" | "isBusy" | "prefer" | "protectWhileBusy"
  >;
}

/** Checks of the arguments about busy instances. */
export const busyChecks = {
  busyCheck: ({ args: { busyCheck } }) => (typeof busyCheck === "string" ? wrongCheck(busyCheck) : []),
  oneQuestion: ({ args: { busyCheck, isBusy } }) =>
    busyCheck !== undefined && isBusy !== undefined
      ? [
          {
            argument: "busyCheck, isBusy",
            value: "both given",
            allowed: "at most one of the two",
            cure: "Give isBusy where a service knows what is busy, busyCheck where the instance itself knows.",
          },
        ]
      : [],
  preferAsks: ({ args }) => whoIsAsked("prefer", args),
  protectWhileBusyAsks: ({ args }) => whoIsAsked("protectWhileBusy", args),
  idleCheck: ({ args: { busyCheck, prefer, protectWhileBusy } }) =>
    busyCheck !== undefined && prefer !== Prefer.Idle && protectWhileBusy !== true
      ? [
          {
            argument: "busyCheck",
            value: typeof busyCheck === "string" ? busyCheck : "an output",
            allowed: "given along with prefer or protectWhileBusy",
            cure: 'Give prefer: "idle" or protectWhileBusy: true, or leave busyCheck out.',
          },
        ]
      : [],
  terminationPolicy: ({ args: { handler, prefer } }) => {
    if (prefer !== Prefer.Idle || typeof handler !== "object" || isLater(handler)) return [];
    const given: Readonly<Record<string, unknown>> = { ...handler };
    return wrongLimitIfKnown(
      "handler.terminationPolicyArn",
      given["terminationPolicyArn"],
      terminationPolicyArn,
    );
  },
} satisfies Record<string, ArgumentCheck<BusyGiven>>;

/** A handler made elsewhere may have an isBusy of its own. */
function whoIsAsked(argument: "prefer" | "protectWhileBusy", args: BusyGiven["args"]): Violation[] {
  const { busyCheck, handler, isBusy } = args;
  const isAsked = args[argument] === true || args[argument] === Prefer.Idle;
  if (!isAsked || busyCheck !== undefined || isBusy !== undefined || handler !== undefined) return [];
  return [
    {
      argument,
      value: args[argument],
      allowed: "given along with busyCheck or isBusy",
      cure: "Give the script that says whether an instance is busy as busyCheck, or a callback as isBusy.",
    },
  ];
}

/** Finds what is wrong with a check whose text is known. */
export function wrongCheck(text: string): Violation[] {
  return [...emptyCheck(text), ...largeCheck(text)];
}

function emptyCheck(text: string): Violation[] {
  return text.trim() === ""
    ? [
        {
          argument: "busyCheck",
          value: text,
          allowed: "a script that is not empty",
          cure: "Give commands whose exit code is 0 where the instance is busy and 1 where it is idle.",
        },
      ]
    : [];
}

function largeCheck(text: string): Violation[] {
  const size = Buffer.byteLength(text);
  return size > maxCheckSize
    ? [
        {
          argument: "busyCheck",
          value: `${size} bytes`,
          allowed: `at most ${maxCheckSize} bytes`,
          cure: "Put the bulk of it on the instance, with the image or user data, and call that.",
        },
      ]
    : [];
}
