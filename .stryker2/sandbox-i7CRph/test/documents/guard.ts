// @ts-nocheck
import type { Shell } from "../support/shells";
import { describeCutOffIn } from "./cutOff";
import { describeMeantIn } from "./meant";
import { describeOnceIn } from "./once";
import { describeOutputIn } from "./output";
import { describePlacesIn } from "./places";
import { describeSessionsIn } from "./sessions";
import { describeStepIn } from "./step";

/** All tests of the very text that a document holds, in one of the shells that may run it. */
export function describeGuardIn(shell: Shell): void {
  describeStepIn(shell);
  describeSessionsIn(shell);
  describeOnceIn(shell);
  describeCutOffIn(shell);
  describePlacesIn(shell);
  describeMeantIn(shell);
  describeOutputIn(shell);
}
