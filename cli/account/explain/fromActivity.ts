import { neverServed } from "../../../handler/decide/decision";
import { whyItReturns, whyItServes, whyItTerminates, whys } from "../../../simulator";
import type { ActivityFacts, Facts } from "./facts";
import type { Passage } from "./passages";
import { told, toldAs, type Told } from "./told";

/** What the scaling activity of a passage tells: how the passage began, and how it ended. */
export function tellActivity(facts: Facts, { activity }: Passage): Told[] {
  if (activity === undefined) return [];
  const kind = kindOf(activity);
  const { description, endedAt, startedAt, statusCode, statusMessage } = activity;
  const in_ = (at: number, state: string, why: string): Told =>
    told({ kind: "instance", at, group: activity.group, instance: facts.instance, state, why }, false, {
      tone: "plain",
      who: facts.instance,
      text: `${state}: ${why}`,
    });
  const began =
    kind === undefined
      ? toldAs(startedAt, { tone: "plain", who: facts.instance, text: description })
      : in_(startedAt, kind.state, kind.why(activity, isDeregistered(facts, activity)));
  if (endedAt === undefined) return [began];
  const end = kind?.ends[statusCode]?.(facts);
  if (end !== undefined) return [began, in_(endedAt, end.state, end.why)];
  const why = statusMessage === "" ? "" : `: ${statusMessage}`;
  const tone = statusCode === "Successful" ? "plain" : "bad";
  return [
    began,
    toldAs(endedAt, { tone, who: facts.instance, text: `the scaling activity is ${statusCode}${why}` }),
  ];
}

/** Whether an activity launches an instance into the warm pool. */
export function isIntoPool(activity: ActivityFacts): boolean {
  return kindOf(activity) === launchIntoPool;
}

/** The state in which a passage begins; in it, with `:Wait`, the instance waits. */
export function stateOf({ activity, transition }: Passage): string {
  const usual = transition === "launch" ? "Pending" : "Terminating";
  return (activity && kindOf(activity)?.state) ?? usual;
}

/** Whether a target group deregisters the instance before the hooks of its termination fire. */
export function isDeregistered(facts: Facts, activity: ActivityFacts): boolean {
  if (facts.settings?.hasTargetGroup !== true) return false;
  if (!/^(Terminating EC2 instance:|Returning)/.test(activity.description) || neverServed(activity.cause))
    return false;
  const before = facts.activities.filter(({ startedAt }) => startedAt < activity.startedAt).at(-1);
  // An instance that was retained, or was in the warm pool, has left its target groups already.
  return before === undefined || serving.test(before.description);
}

const serving = /^(Launching a new EC2 instance(:| from warm pool)|Attaching)/;

/** A kind of activity that passes hooks. */
interface Kind {
  readonly matches: RegExp;
  readonly state: string;
  why(activity: ActivityFacts, isDeregistered: boolean): string;
  /** State in which the passage ends, by the status of the activity. */
  readonly ends: Readonly<Record<string, (facts: Facts) => { readonly state: string; readonly why: string }>>;
}

function kindOf({ description }: ActivityFacts): Kind | undefined {
  return kinds.find(({ matches }) => matches.test(description));
}

const inService: Kind["ends"][string] = ({ settings }) => ({
  state: "InService",
  why: whyItServes(settings?.hasTargetGroup === true),
});
const inPool: Kind["ends"][string] = ({ settings }) => ({
  state: `Warmed:${settings?.poolState ?? "Stopped"}`,
  why: whys.inPool,
});
const retainedIn = (state: string) => () => ({ state, why: whys.retained });
const gone = () => ({ state: "Terminated", why: whys.gone });

const launchIntoPool: Kind = {
  matches: /^Launching a new EC2 instance into warm pool/,
  state: "Warmed:Pending",
  why: () => whys.launchedIntoPool,
  ends: { Successful: inPool },
};

/**
 * Source of the descriptions: Auto Scaling User Guide, Verify a scaling activity, and warm pools; the simulator names the
 * source of each. The termination of a retained instance, or its return to the pool, ends as cancelled.
 */
const kinds: readonly Kind[] = [
  launchIntoPool,
  {
    matches: /^Launching a new EC2 instance from warm pool/,
    state: "Pending",
    why: () => whys.leavesPool,
    ends: { Successful: inService },
  },
  {
    matches: /^Launching/,
    state: "Pending",
    why: () => whys.launched,
    ends: { Successful: inService },
  },
  {
    matches: /^Terminating EC2 instance from warm pool/,
    state: "Warmed:Terminating",
    why: ({ cause }) => whyItTerminates(cause, false),
    ends: { Successful: gone, Cancelled: retainedIn("Warmed:Terminating:Retained") },
  },
  {
    matches: /^Terminating/,
    state: "Terminating",
    why: ({ cause }, leavesTargetGroup) => whyItTerminates(cause, leavesTargetGroup),
    ends: { Successful: gone, Cancelled: retainedIn("Terminating:Retained") },
  },
  {
    matches: /warm pool/,
    state: "Warmed:Pending",
    why: (_, leavesTargetGroup) => whyItReturns(leavesTargetGroup),
    ends: { Successful: inPool, Cancelled: retainedIn("Warmed:Pending:Retained") },
  },
];
