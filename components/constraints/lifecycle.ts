import { OnFailure, Transport, isOneOf } from "../../contract";
import type { Violation } from "../../timing";
import { documentContent, maxDocumentSize } from "../documents";
import { transitionPlans, type LifecycleArgs } from "../lifecycle/plan";
import type { Constraint } from "./refuse";

/** The arguments of a lifecycle that are not times. */
export interface LifecycleGiven {
  readonly args: LifecycleArgs & { readonly transport?: Transport };
}

/** What a lifecycle cannot be made of, its times aside. */
export const lifecycleConstraints = {
  script: ({ args }) =>
    transitionPlans(args).flatMap(({ script, transition }) =>
      script.trim() === ""
        ? [
            {
              argument: `${transition}.script`,
              value: script,
              allowed: "a script that is not empty",
              cure: "Give the commands to run, systemctl stop application for one.",
            },
          ]
        : [],
    ),
  documentSize: ({ args }) =>
    transitionPlans(args).flatMap(({ script, times, transition }) => {
      const size = Buffer.byteLength(documentContent({ transition, script, times }));
      if (size <= maxDocumentSize) return [];
      const most = Math.floor(((maxDocumentSize - size) * 3) / 4 + Buffer.byteLength(script));
      return [
        {
          argument: `${transition}.script`,
          value: `${Buffer.byteLength(script)} bytes`,
          allowed: `at most ${most} bytes, so that its document stays below SSM's ${maxDocumentSize}`,
          cure: "Put the bulk of it on the instance, with the image or user data, and call that.",
        },
      ];
    }),
  terminateOnFailure: ({ args: { terminate } }) =>
    outsideSet("terminate.onFailure", terminate.onFailure, Object.values(OnFailure)),
  launchOnFailure: ({ args: { launch } }) =>
    outsideSet("launch.onFailure", launch?.onFailure, [OnFailure.Continue, OnFailure.Abandon]),
  transport: ({ args: { transport } }) => outsideSet("transport", transport, Object.values(Transport)),
} satisfies Record<string, Constraint<LifecycleGiven>>;

function outsideSet(argument: string, value: string | undefined, allowed: readonly string[]): Violation[] {
  if (value === undefined || allowed.includes(value)) return [];
  return [
    {
      argument,
      value,
      allowed: `one of ${allowed.join(", ")}`,
      cure:
        argument === "launch.onFailure" && isOneOf(value, OnFailure)
          ? "Auto Scaling retains instances on termination only; take abandon, which replaces the instance."
          : "Take one of these.",
    },
  ];
}
