import { busyTag } from "../../../contract";
import type { SimulationEvent, World } from "../../../simulator";
import { isBusyNow } from "../generator/busy";
import type { Play } from "../generator/play";
import { second, type History } from "./history";
import type { Sweep } from "./sweeps";

type Of<Kind extends SimulationEvent["kind"]> = Extract<SimulationEvent, { kind: Kind }>;
type Choice = Of<"choice">;
type Answer = "busy" | "idle" | undefined;

/** For how long the answer to a check counts, ms. */
const counts = 150 * second;

/** From the first answer that a policy reads to its choice, ms: enough to have read the others too. */
const reading = 600;

/** P14: a termination policy that answers names instances, and in no zone more than have to go. */
export function choosesEnough({ events }: History): string[] {
  return choicesIn(events).flatMap(({ answer, at, candidates, shares }) => {
    if (answer === undefined) return [];
    if (answer.length === 0) return [`the policy named no instance at ${at}, of ${candidates.length}`];
    return Object.entries(shares).flatMap(([zone, share]) => {
      const named = candidates.filter((one) => one.zone === zone && answer.includes(one.id)).length;
      return named > share
        ? [`the policy named ${named} instances in ${zone}, where ${share} had to go`]
        : [];
    });
  });
}

/** P14: no busy instance goes as long as an instance in its zone stays that has said in time that it is idle. */
export function sparesTheBusy({ events }: History, { world }: Play): string[] {
  const checks = events.filter((one) => one.kind === "check");
  return choicesIn(events).flatMap((choice) => {
    const says = world.groups.find(({ name }) => name === choice.group)?.tags[busyTag] ?? "";
    const saysOf = says.includes("document=")
      ? askedByCheck(choice, checks, events)
      : (id: string) => askedByCallback(choice, id);
    const { answer = [], candidates } = choice;
    const isIn = (zone: string) => (one: { readonly zone: string }) => one.zone === zone;
    return candidates.flatMap(({ id, zone }) => {
      if (!answer.includes(id) || saysOf(id) !== "busy") return [];
      const spared = candidates
        .filter(isIn(zone))
        .find((one) => !answer.includes(one.id) && saysOf(one.id) === "idle");
      return spared === undefined ? [] : [`${id} had to go though it was busy, and ${spared.id} was idle`];
    });
  });
}

/** P14: a protection from scale-in does not outlive the work by more than two sweeps that nothing disturbs. */
export function releasesInTime({ end, events }: History, sweeps: readonly Sweep[], world: World): string[] {
  const protecting = new Set(
    world.groups
      .filter(({ tags }) => /document=.* protect$/.test(tags[busyTag] ?? ""))
      .map(({ name }) => name),
  );
  return spansOfProtection(events, end).flatMap(({ from, group, instance, to }) => {
    if (!protecting.has(group)) return [];
    const answers = events.filter((one) => one.kind === "check" && one.instance === instance);
    const busy = answers.findLast((one) => one.kind === "check" && one.answer === "busy" && one.at <= to);
    const done = answers.find(
      (one) => one.kind === "check" && one.answer === "idle" && one.at > (busy?.at ?? from),
    );
    if (done === undefined || done.at >= to) return [];
    // SSM shows the end of a command a moment later.
    const after = sweeps.filter(
      ({ from: at, isClean, to: till }) => isClean && at > done.at + 5 * second && till < to,
    );
    return after.length > 2 ? [`${instance} was protected ${after.length} sweeps after its work`] : [];
  });
}

function choicesIn(events: readonly SimulationEvent[]): Choice[] {
  return events.filter((one): one is Choice => one.kind === "choice" && one.problem === undefined);
}

/** What an instance had said to the checks that the policy has read; undefined where the policy read none in time. */
function askedByCheck(
  choice: Choice,
  checks: readonly Of<"check">[],
  events: readonly SimulationEvent[],
): (id: string) => Answer {
  if (!hasRead(choice, events)) return () => undefined;
  return (id) => {
    const own = checks.filter(
      ({ at, instance }) => instance === id && at > choice.began - counts && at < choice.at,
    );
    // Where an instance has changed its mind, the policy may have read either answer.
    const [first, ...others] = own.map(({ answer }) => answer);
    const isOld = own.every(({ at }) => at < choice.began - 2 * second);
    return isOld && others.every((one) => one === first) ? first : undefined;
  };
}

/** Whether the policy has read answers, with time to spare, and no call of it failed. */
function hasRead({ at, began }: Choice, events: readonly SimulationEvent[]): boolean {
  const started = events.filter(
    (one) =>
      one.kind === "invocation" &&
      one.trigger === "Auto Scaling" &&
      one.phase === "started" &&
      one.at >= began &&
      one.at <= at,
  );
  const environments = new Set(started.map((one) => (one.kind === "invocation" ? one.environment : "")));
  const calls = events.filter(
    (one): one is Of<"call"> =>
      one.kind === "call" && environments.has(one.caller) && one.at >= began && one.at <= at,
  );
  // A policy asks once more when it has read all answers to earlier checks: that takes long where groups share a check.
  const hasAsked = [...environments].every((one) =>
    calls.some(({ action, caller }) => action === "SendCommand" && caller === one),
  );
  const read = calls.find(({ action }) => action === "ListCommandInvocations");
  return (
    hasAsked &&
    read !== undefined &&
    read.at + reading <= at &&
    calls.every(({ error }) => error === undefined)
  );
}

/** What the callback says of an instance all the while. */
function askedByCallback({ at, began }: Choice, id: string): Answer {
  const [first, last] = [began, at].map((instant) => isBusyNow(id, instant));
  if (first === undefined || first !== last) return undefined;
  return first ? "busy" : "idle";
}

/** When instances in service were protected. */
function spansOfProtection(events: readonly SimulationEvent[], end: number) {
  const open = new Map<string, { readonly group: string; readonly from: number }>();
  const spans: { group: string; instance: string; from: number; to: number }[] = [];
  const close = (instance: string, to: number) => {
    const known = open.get(instance);
    if (known !== undefined) spans.push({ ...known, instance, to });
    open.delete(instance);
  };
  for (const one of events) {
    if (one.kind === "protection") {
      if (!one.isProtected) close(one.instance, one.at);
      else if (!open.has(one.instance)) open.set(one.instance, { group: one.group, from: one.at });
    }
    if (one.kind === "instance" && one.state !== "InService") close(one.instance, one.at);
  }
  for (const instance of [...open.keys()]) close(instance, end);
  return spans;
}
