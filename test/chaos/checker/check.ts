import type { Play } from "../generator/play";
import { announcesOnce, announcesSoon } from "./announcing";
import * as gone from "./beyondReach";
import { choosesEnough, releasesInTime, sparesTheBusy } from "./choices";
import {
  raisesNoError,
  replacesOnlyTheAnnounced,
  staysWithinItsRights,
  stopsNobodyWhoStays,
  sweepsCheaply,
} from "./harmless";
import * as promises from "./promises";
import type { ActionPromise, Exemption } from "./result";
import { readHistory } from "./readHistory";
import type { Action } from "./history";
import { sweepsOf } from "./sweeps";
import { tellsEveryCompletion, tellsTheTruth } from "./telling";
import { runsInTurn } from "./turns";

/** A promise that was not kept. */
export interface Broken {
  /** The name of the promise, as `P1`. */
  readonly promise: string;
  readonly what: string;
  /** The instance that it concerns; undefined for the whole run. */
  readonly instance: string | undefined;
}

/** The result of a run. */
export interface Checked {
  readonly broken: readonly Broken[];
  /** Lifecycle actions of our hooks. */
  readonly actions: number;
  /** Actions that P1's list makes an exception for, by reason. */
  readonly exempt: ReadonlyMap<Exemption, number>;
}

/** Promises about each action, by number. */
const perAction: readonly (readonly [string, ActionPromise])[] = [
  ["P1", promises.endsBeforeTheInstance],
  ["P1", promises.servesOnlyWhenReady],
  ["P1", runsInTurn],
  ["P2", promises.runsOnce],
  ["P3", promises.completesSoon],
  ["P4", promises.startsSoon],
  ["P4", promises.decides],
  ["P5", promises.followsThePolicy],
  ["P5", promises.retainsOnce],
  ["P4", promises.respectsHolds],
  ["P4", gone.isLetGo],
  ["P4", gone.isAskedForLong],
  ["P10", promises.heartbeatsSparingly],
  ["P15", promises.runsTheRightScript],
];

/** Checks the events of a run against the promises; knows nothing of how the handler decides. */
export function check(play: Play): Checked {
  const history = readHistory(play.world, play.events, play.began, play.refusals);
  const sweeps = sweepsOf(history);
  const broken: Broken[] = [];
  const exempt = new Map<Exemption, number>();
  for (const action of history.actions) {
    let reason: Exemption | undefined;
    const apart = setApart(action);
    if (apart !== undefined) {
      count(exempt, apart);
      continue;
    }
    for (const [promise, isKept] of perAction) {
      const result = isKept(action, sweeps);
      if (result.kind === "broken") broken.push({ promise, what: result.what, instance: action.instance });
      if (result.kind === "exempt") reason ??= result.reason;
    }
    if (reason !== undefined) count(exempt, reason);
  }
  const whole: readonly (readonly [string, readonly string[]])[] = [
    ["P5", tellsTheTruth(history)],
    ["P5", tellsEveryCompletion(history, play.world)],
    ["P8", staysWithinItsRights(history, play)],
    ["P9", stopsNobodyWhoStays(history)],
    ["P9", raisesNoError(history, play)],
    ["P13", replacesOnlyTheAnnounced(history)],
    ["P14", choosesEnough(history)],
    ["P14", sparesTheBusy(history, play)],
    ["P14", releasesInTime(history, sweeps, play.world)],
    ["P16", announcesOnce(history)],
    ["P16", announcesSoon(history, sweeps, play.world)],
    ["P10", sweepsCheaply(history, sweeps, play.world.groups)],
  ];
  for (const [promise, failures] of whole)
    broken.push(...failures.map((what) => ({ promise, what, instance: undefined })));
  return { broken, actions: history.actions.length, exempt };
}

/** Why no promise is made about an action; undefined where all promises are made. */
function setApart({ isForged, isMalformed }: Action): Exemption | undefined {
  if (isMalformed) return "the metadata of the hook were malformed";
  return isForged ? "anybody may publish to the topic, and somebody did" : undefined;
}

function count(exempt: Map<Exemption, number>, reason: Exemption): void {
  exempt.set(reason, (exempt.get(reason) ?? 0) + 1);
}
