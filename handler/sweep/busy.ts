import pLimit from "p-limit";
import { readBusySettings } from "../../contract";
import type { Group, Instance } from "../aws/autoScaling";
import { describe } from "../aws/errors";
import type { Said } from "../busy/answer";
import { readAnswers, sendChecks } from "../busy/checks";
import { answerLife, protectionChanges } from "../busy/protection";
import type { Context } from "../context";
import { placeOf } from "../memory";

/** Most instances that SetInstanceProtection takes. Source: Auto Scaling API, SetInstanceProtection. */
const protectedAtOnce = 50;

/**
 * Most rounds of checks that are read, one for each minute for which an answer counts: somebody else's commands of the
 * same document must not keep the sweep.
 */
const mostRounds = answerLife / 60_000;

/** Callbacks that are asked side by side, and how long each may take, ms. */
const sideBySide = 20;
const callbackTime = 5_000;

/** How long a sweep asks the callback, ms; the instances that were asked longest ago come first. */
const askingTime = 20_000;

/**
 * Asks the instances in service of a group whether they are busy, where the group's tag says so, and protects the busy
 * ones from scale-in. The answers to a check come after the sweep that asks, so each sweep acts on the answers to the
 * checks before: a protection follows the work within two sweeps, both ways.
 */
export async function tendBusy(context: Context, group: Group): Promise<void> {
  if (group.busy === undefined) return;
  const { document, protects } = readBusySettings(context.handler, group.busy);
  const inService = group.instances.filter(({ lifecycleState }) => lifecycleState === "InService");
  if (inService.length === 0) return;
  if (protects) {
    const answers =
      document === undefined
        ? await askAll(context, group, inService)
        : await latestAnswers(context, document, inService);
    await protect(context, group, inService, answers);
  }
  if (document === undefined) return;
  const ids = inService.map(({ id }) => id);
  const { problem } = await sendChecks(context, document, ids);
  if (problem !== undefined)
    context.log.warn({ message: "could not ask all instances", group: group.name, error: problem });
}

/** The latest answers to checks. Only where they lack an instance are older checks read, newest first. */
async function latestAnswers(
  { busyChecks, clock }: Context,
  document: string,
  inService: readonly Instance[],
): Promise<ReadonlyMap<string, Said>> {
  const answers = new Map<string, Said>();
  const checks = await busyChecks.sent(document, clock.now() - answerLife);
  const round = Math.ceil(inService.length / 50);
  const last = Math.min(checks.length, mostRounds * round);
  for (let from = 0; from < last; from += round) {
    if (inService.every(({ id }) => answers.has(id))) break;
    await readAnswers(busyChecks, checks.slice(from, from + round), answers);
  }
  return answers;
}

/**
 * Asks the callback about all instances, a limited number at a time and for a limited time. An instance without an
 * answer keeps its latest answer for as long as answers count; a process that has no memory of an answer takes a
 * protection for one.
 */
async function askAll(
  { clock, isBusy, log, memory, until }: Context,
  group: Group,
  inService: readonly Instance[],
): Promise<ReadonlyMap<string, Said>> {
  if (isBusy === undefined) {
    log.warn({
      message: "nothing tells which instances are busy: the handler has no isBusy",
      group: group.name,
    });
    return new Map();
  }
  const known = memory.busy;
  const placeIn = ({ id }: Instance) => placeOf({ group: group.name, instance: id });
  const latest = (one: Instance): Said | undefined => known.get(placeIn(one));
  for (const one of inService)
    if (one.isProtected && latest(one) === undefined)
      known.set(placeIn(one), { answer: "busy", askedAt: clock.now() });
  const last = Math.min(until, clock.now() + askingTime);
  const limit = pLimit(sideBySide);
  const inTurn = [...inService].sort(
    (one, other) => (latest(one)?.askedAt ?? 0) - (latest(other)?.askedAt ?? 0),
  );
  let lastError: string | undefined;
  const ask = async (one: Instance): Promise<void> => {
    const askedAt = clock.now();
    if (askedAt >= last) return;
    const query = { instanceId: one.id, groupName: group.name, hookName: "" };
    try {
      // The callback may throw before it returns a promise.
      const answer = await clock.within(callbackTime, (async () => Boolean(await isBusy(query)))());
      if (answer === undefined) throw new Error(`no answer within ${callbackTime / 1000} s`);
      known.set(placeIn(one), { answer: answer ? "busy" : "idle", askedAt });
    } catch (error) {
      lastError = describe(error);
    }
  };
  await Promise.all(inTurn.map((one) => limit(() => ask(one))));
  if (lastError !== undefined)
    log.warn({ message: "isBusy failed; protections stay as they are", group: group.name, error: lastError });
  const earliest = clock.now() - answerLife;
  return new Map(
    inService.flatMap((one) => {
      const said = latest(one);
      return said !== undefined && said.askedAt >= earliest ? [[one.id, said] as const] : [];
    }),
  );
}

async function protect(
  context: Context,
  group: Group,
  inService: readonly Instance[],
  answers: ReadonlyMap<string, Said>,
): Promise<void> {
  const changes = protectionChanges(inService, answers);
  await Promise.all([
    set(context, group, changes.protect, true),
    set(context, group, changes.release, false),
  ]);
}

/** Auto Scaling refuses a batch of which one instance has left the service meanwhile: the next sweep sets the rest. */
async function set(
  { autoScaling, log }: Context,
  { name }: Group,
  instances: readonly string[],
  isProtected: boolean,
): Promise<void> {
  for (let from = 0; from < instances.length; from += protectedAtOnce) {
    const batch = instances.slice(from, from + protectedAtOnce);
    await autoScaling.protect(name, batch, isProtected);
    log.info({
      message: `${isProtected ? "protected" : "released"} ${batch.join(", ")}`,
      group: name,
      decision: isProtected ? "protect" : "release",
    });
  }
}
