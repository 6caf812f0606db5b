import { announceMark, encodeInstructions, revisionsOf, type Instructions } from "../../contract";
import type { Group, Instance } from "../../handler/aws/autoScaling";
import type { CommandEnd } from "../../handler/aws/commandEnd";
import type { Announcement, Invocation, Job } from "../../handler/aws/runCommand";
import type { Sent } from "../../handler/aws/refusal";
import type { Context } from "../../handler/context";
import type { Launch } from "../../handler/route";
import type { Activity, Machine } from "../../handler/situation";
import { handlerContext, type ContextChanges } from "./handlerContext";
import { PassingTime } from "./passingTime";
import { ids, instructionsFor } from "./payloads";
import { recordedLog } from "./recordedLog";

/** When sweeps of tests take place, ms since 1970. */
export const sweptAt = Date.UTC(2026, 0, 1);

export const hookName = "graceful-terminate-sns";

/** The state of AWS, as far as a test changes the usual state. */
export interface Known {
  /** Instances by group; an instance waits on terminate unless it has another state. */
  readonly groups?: Readonly<Record<string, readonly (Partial<Instance> & { readonly id: string })[]>>;
  readonly group?: Partial<Group>;
  /** Instances of warm pools, by group. */
  readonly pools?: Readonly<Record<string, readonly Pick<Instance, "id" | "lifecycleState">[]>>;
  /** Latest launches, by instance. */
  readonly launches?: Readonly<Record<string, Launch>>;
  readonly instructions?: Partial<Instructions>;
  readonly heartbeatTimeout?: number;
  readonly commands?: readonly (Partial<Invocation> & { readonly instance: string })[];
  /** Commands of the announce document. */
  readonly announcements?: readonly (Partial<Invocation> & { readonly instance: string })[];
  readonly ends?: Readonly<Record<string, CommandEnd>>;
  readonly activities?: Readonly<Record<string, Partial<Activity>>>;
  readonly machines?: Readonly<Record<string, Machine>>;
  readonly sends?: (job: Job) => Sent;
  readonly announces?: (announcement: Announcement) => Sent;
  /** Errors, by call and group or instance: `hooks web`, `complete i-1`. */
  readonly fails?: Readonly<Record<string, Error>>;
  readonly changes?: ContextChanges;
}

/** A fake AWS with this state, and the calls that it got. */
export function sweepWorld(known: Known = {}) {
  const { lines, log } = recordedLog();
  const clock = new PassingTime(sweptAt);
  const calls: string[] = [];
  const jobs: Job[] = [];
  const announced: Announcement[] = [];
  const announceDocument = known.instructions?.announce?.document;
  const metadata = encodeInstructions(instructionsFor("terminate", known.instructions));
  const said = <T>(call: string, subject: string, answer: () => T): Promise<T> => {
    calls.push(`${call} ${subject}`);
    const error = known.fails?.[`${call} ${subject}`];
    return error === undefined ? Promise.resolve(answer()) : Promise.reject(error);
  };
  const groups = (): Group[] =>
    Object.entries(known.groups ?? { [ids.group]: [{ id: ids.instance }] }).map(([name, instances]) => ({
      name,
      instances: instances.map((one) => ({
        lifecycleState: "Terminating:Wait",
        isHealthy: true,
        isProtected: false,
        ...one,
      })),
      hasUnreadPool: name in (known.pools ?? {}),
      repeats: false,
      busy: undefined,
      revisions: [
        ...revisionsOf([{ transition: "terminate", metadata }]).split(" "),
        ...(announceDocument === undefined ? [] : [announceMark]),
      ],
      ...known.group,
    }));
  const context: Context = {
    ...handlerContext({
      log,
      until: sweptAt + 48_000,
      ...known.changes,
      autoScaling: {
        groups: (handler) => said("groups", handler, groups),
        group: (name) => said("group", name, () => groups().find((one) => one.name === name)),
        hooks: (group) =>
          said("hooks", group, () => [
            {
              name: hookName,
              lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
              heartbeatTimeout: known.heartbeatTimeout ?? 450,
              metadata,
            },
          ]),
        pool: (group) =>
          said("pool", group, () =>
            (known.pools?.[group] ?? []).map((one) => ({ isHealthy: true, isProtected: false, ...one })),
          ),
        launches: (group) => said("launches", group, () => new Map(Object.entries(known.launches ?? {}))),
        activities: (group, _, instances, history) =>
          said("activities", `${group}${history ? " with history" : ""}`, () => {
            const usual: Activity = { startedAt: sweptAt - 90_000, cause: "", retainedBefore: false };
            return new Map(instances.map((id) => [id, { ...usual, ...known.activities?.[id] }]));
          }),
        describe: (instances) =>
          said("describe", instances.join(), () => {
            const all = groups().flatMap(({ instances: members, name }) =>
              members.map(({ id, ...rest }) => [id, { group: name, ...rest }] as const),
            );
            return new Map(all.filter(([id]) => instances.includes(id)));
          }),
        complete: ({ instance }) => said("complete", instance, () => true),
        heartbeat: ({ instance }) => said("heartbeat", instance, () => true),
        ...known.changes?.autoScaling,
      },
      runCommand: {
        invocations: ({ document, instance }) =>
          said(document === announceDocument ? "announcements" : "invocations", instance ?? "all", () =>
            ((document === announceDocument ? known.announcements : known.commands) ?? [])
              .filter((one) => instance === undefined || one.instance === instance)
              .map((one) => ({ id: ids.command, requestedAt: sweptAt - 30_000, status: "running", ...one })),
          ),
        send: (job) => {
          jobs.push(job);
          return said(
            "send",
            job.instances.join(),
            () => known.sends?.(job) ?? { kind: "sent", commandId: "c9", requestedAt: clock.now() },
          );
        },
        announce: (announcement) => {
          announced.push(announcement);
          return said(
            "announce",
            announcement.instances.join(),
            () =>
              known.announces?.(announcement) ?? { kind: "sent", commandId: "c8", requestedAt: clock.now() },
          );
        },
        cancel: (command, instance) => said("cancel", `${command} ${instance}`, () => undefined),
        end: (command) => said("end", command, () => known.ends?.[command]),
        machines: (instances) =>
          said("machines", instances.join(), () => new Map(Object.entries(known.machines ?? {}))),
        ...known.changes?.runCommand,
      },
    }),
    clock,
  };
  return { context, clock, calls, jobs, announced, lines };
}
