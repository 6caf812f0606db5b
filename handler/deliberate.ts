import { describe } from "./aws/errors";
import type { Subject } from "./carryOut";
import type { Context } from "./context";
import { decide, type Decision } from "./decide";
import type { Activity, Command, Situation } from "./situation";

/** Facts that cost a call and are read only when a decision asks for them. */
export interface Facts {
  /** The scaling activity behind the wait; undefined if there is none to be found. */
  activity(): Promise<Activity | undefined>;
  /** All commands of the document on the instance that SSM remembers. */
  history(): Promise<readonly Command[]>;
}

/** A decision that can be carried out, and the situation with all the facts that it took. */
export interface Deliberation {
  readonly decision: Exclude<Decision, { kind: "inspect" }>;
  readonly situation: Situation;
}

/** How long a probe may take, ms; one that takes longer counts as busy. */
const probeTimeout = 10_000;

/** Decides, reading further facts as long as the decision asks for them. */
export async function deliberate(
  context: Context,
  subject: Subject,
  situation: Situation,
  facts: Facts,
): Promise<Deliberation> {
  const decision = decide(situation);
  if (decision.kind === "inspect") {
    const known = await inspect(situation, facts);
    if (known !== undefined) return deliberate(context, subject, known, facts);
    return { decision: { kind: "wait", reason: "no scaling activity names the instance" }, situation };
  }
  const { instructions } = situation;
  if (decision.kind === "run" && context.isBusy && instructions.maxWait > 0 && !situation.busy) {
    const busy = await probe(context, subject, context.isBusy);
    if (busy) return deliberate(context, subject, { ...situation, busy }, facts);
  }
  return { decision, situation };
}

async function inspect(situation: Situation, facts: Facts): Promise<Situation | undefined> {
  const activity = await facts.activity();
  if (activity === undefined) return undefined;
  const isComplete = activity.startedAt >= situation.listedSince;
  return { ...situation, activity, commands: isComplete ? situation.commands : await facts.history() };
}

/** Asks the user's probe; one that fails or hangs counts as busy, which ends with maxWait. */
async function probe(
  context: Context,
  { group, hook, instance }: Subject,
  isBusy: NonNullable<Context["isBusy"]>,
): Promise<boolean> {
  const query = { instanceId: instance, groupName: group, hookName: hook };
  const ask = async () => Boolean(await isBusy(query));
  try {
    const answer = await context.clock.within(probeTimeout, ask());
    if (answer !== undefined) return answer;
    throw new Error(`no answer within ${probeTimeout / 1000} s`);
  } catch (error) {
    context.log.warn({
      message: "isBusy failed and counts as busy",
      group,
      hook,
      instance,
      error: describe(error),
    });
    return true;
  }
}
