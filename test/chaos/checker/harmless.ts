import { busyTag } from "../../../contract";
import type { World } from "../../../simulator";
import type { Play } from "../generator/play";
import { announcingIn } from "./announcing";
import { isUndeserved } from "./undeserved";
import { fieldsOf, type History } from "./history";
import type { Sweep } from "./sweeps";

/** Errors that a service rightly answers and that the handler tolerates. */
const expected = new Set([
  "ValidationError",
  "InvalidInstanceId",
  "InvalidCommandId",
  "InvocationDoesNotExist",
  "ScalingActivityInProgress",
]);

/** P8: the function does nothing that it may not. */
export function staysWithinItsRights({ events }: History, { refusals }: Play): string[] {
  return events.flatMap((one) => {
    if (one.kind !== "call" || one.error === undefined) return [];
    if (isUndeserved(one) || expected.has(one.error)) return [];
    if (refusals.has(`${one.action}: ${one.error}`)) return [];
    return [`${one.action} was answered with ${one.error}`];
  });
}

/** Ends of an invocation that Lambda causes and not the handler. */
const lambdasOwn: ReadonlySet<string> = new Set(["failed", "timedOut", "throttled"]);

/** P9: no message raises an error; an event is given up only if Lambda cut it off, or had no room for it for long. */
export function raisesNoError({ events }: History, { deadLetters }: Play): string[] {
  const errors = events.flatMap((one) => {
    if (one.kind !== "log") return [];
    const { message, unhandled } = fieldsOf(one.entry);
    return unhandled === true ? [`the function failed: ${String(message)}`] : [];
  });
  const cutOff = events.some((one) => one.kind === "invocation" && lambdasOwn.has(one.phase));
  return deadLetters > 0 && !cutOff ? [...errors, `${deadLetters} events were given up`] : errors;
}

/**
 * P9: forged events and documents that are run by hand stop no instance that stays, and start nothing on an instance
 * that goes. A Spot instance that EC2 interrupts goes before Auto Scaling says so. The metadata of an instance that runs
 * in a warm pool and of one that returns to it are the same.
 */
export function stopsNobodyWhoStays({ instances, events }: History): string[] {
  const interruptions = events.filter((one) => one.kind === "interruption");
  const isTakenBack = ({ at, instance }: { readonly at: number; readonly instance: string }) =>
    interruptions.some((one) => one.instance === instance && one.at <= at);
  return events.flatMap((one) => {
    if (one.kind !== "script" || one.phase !== "started" || isTakenBack(one)) return [];
    const states = instances.get(one.instance)?.states ?? [];
    const state = states.findLast(({ at }) => at <= one.at)?.state ?? "";
    const goes = /^((Warmed:)?Terminat|Warmed:(Pending|Running))/.test(state);
    const isMeant = one.transition === "terminate" ? goes : !/^(Warmed:)?Terminat/.test(state);
    return isMeant ? [] : [`the ${one.transition} script of ${one.instance} ran though it was ${state}`];
  });
}

/**
 * The lists that a sweep reads of instances to replace, once, the tags also of holds, once for each hook, and its calls for each group that it replaces one in: the
 * look and announcing may have read the hooks of the group, too.
 */
const lists: ReadonlySet<string> = new Set(["DescribeInstanceStatus", "DescribeTags"]);
const ofReplacing: ReadonlySet<string> = new Set([
  "DescribeLifecycleHooks",
  "TerminateInstanceInAutoScalingGroup",
]);

/**
 * P13: the handler replaces only instances of which EC2 itself has said that it is going to end them, or is likely to.
 */
export function replacesOnlyTheAnnounced({ events }: History): string[] {
  const announced = events.filter((one) => one.kind === "announcement");
  return events.flatMap((one) => {
    if (one.kind !== "call" || one.action !== "TerminateInstanceInAutoScalingGroup") return [];
    const [instance = ""] = one.instances;
    return announced.some((other) => other.instance === instance && other.at <= one.at)
      ? []
      : [`the handler replaced ${instance}, of which nothing was announced`];
  });
}

/** Groups that one call of DescribeAutoScalingGroups lists. */
const page = 100;

/** How long a sweep collects the answers of probes, ms. */
const collected = 5_000;

/**
 * P10: a sweep makes one call for each page of groups and for each warm pool when nothing waits, and sends in batches of
 * 50.
 */
export function sweepsCheaply(history: History, sweeps: readonly Sweep[], groups: World["groups"]): string[] {
  const hooks = hooksOf(history);
  const asking = checksOf(history, groups);
  const alone = sentAlone(history);
  return sweeps.flatMap((sweep) => {
    const all = sweep.calls.filter((call) => !isUndeserved(call));
    const looks = all.some(({ action }) => lists.has(action));
    const replacing = looks ? all.filter(({ action }) => lists.has(action) || ofReplacing.has(action)) : [];
    const made = all.filter((call) => !replacing.includes(call));
    if (replacing.length > lists.size + 4 * groups.length)
      return [`a sweep made ${replacing.length} calls to replace instances`];
    const waiting = waitingIn(history, sweep);
    const announcing = announcingIn(history, sweep, groups);
    const refused = made.filter(
      ({ action, error }) => action === "SendCommand" && error !== undefined,
    ).length;
    const pools = made.filter(({ action }) => action === "DescribeWarmPool").length;
    // An instance that SSM refuses passes its turn on, with another look at the group and its pool.
    const looksAgain = history.actions.some(({ turn }) => turn !== undefined) ? refused : 0;
    const pages = history.instances.size / 50;
    if (pools > groups.length + pages + looksAgain * (1 + pages))
      return [`a sweep read ${pools} pages of warm pools`];
    if (
      waiting.size === 0 &&
      made.length - pools > Math.ceil(groups.length / page) + asking.calls + announcing.calls
    )
      return [`a sweep with nothing to do made ${made.length} calls`];
    const sends = made.filter(({ action }) => action === "SendCommand").length;
    const batches = [...waiting].reduce(
      (sum, [place, count]) => sum + hooks(place) * Math.ceil(count / (alone(place) ? 1 : 50)),
      0,
    );
    // While a sweep waits for probes it sends the commands that the answers so far allow.
    const waves = waiting.size * Math.floor((sweep.to - sweep.from) / collected);
    return sends > batches + 2 * refused + waves + asking.sends + announcing.sends
      ? [`a sweep sent ${sends} commands where ${batches} do`]
      : [];
  });
}

/** Rounds of answers that a sweep may read: one for each minute for which an answer counts. */
const mostRounds = 10;

/** Pages of checks that a sweep may list, where somebody else has sent many. */
const mostPages = 10;

/** What a sweep may do besides, for groups whose instances it asks whether they are busy: by batches of 50. */
function checksOf({ instances }: History, groups: World["groups"]): { calls: number; sends: number } {
  const asked = new Set(groups.filter(({ tags }) => tags[busyTag] !== undefined).map(({ name }) => name));
  let sends = 0;
  for (const name of asked)
    sends += Math.ceil([...instances.values()].filter(({ group }) => group === name).length / 50);
  // The checks, their answers, a protection and a release for each batch, and a batch that is asked again.
  return { calls: asked.size * mostPages + sends * (mostRounds + 5), sends: 2 * sends };
}

/** How many of our hooks a group has at which instances waited. */
function hooksOf({ actions }: History): (place: string) => number {
  const found = new Map<string, Set<string>>();
  for (const { group, hook, transition } of actions) {
    const key = `${group} ${transition}`;
    const own = found.get(key) ?? new Set();
    found.set(key, own.add(hook));
  }
  return (place) => {
    const [group = "", state = ""] = place.split(" ");
    const transition = state.includes("Terminating") ? "terminate" : "launch";
    const own = Math.max(1, found.get(`${group} ${transition}`)?.size ?? 1);
    // Launches and returns wait in the same state; launches out of a pool need a command of their own.
    if (state === "Warmed:Pending:Wait") return own + (found.get(`${group} terminate`)?.size ?? 0);
    return state === "Pending:Wait" ? 3 * own : own;
  };
}

/** Whether instances of a group take turns, so that each gets a command of its own. */
function sentAlone({ actions }: History): (place: string) => boolean {
  const found = new Set(actions.flatMap(({ group, turn }) => (turn === undefined ? [] : [group])));
  return (place) => found.has(place.split(" ")[0] ?? "");
}

/** How many instances waited during a sweep, or shortly before it, by group and state. */
function waitingIn({ instances }: History, { from, to }: Sweep): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { group, states } of instances.values()) {
    states.forEach(({ at, state }, index) => {
      const until = states[index + 1]?.at ?? Infinity;
      if (!state.endsWith(":Wait") || at > to || until < from - 1_000) return;
      const place = `${group} ${state}`;
      found.set(place, (found.get(place) ?? 0) + 1);
    });
  }
  return found;
}
