import type { Bug } from "../bug";
import { accountBugs } from "./account";
import { announcementBugs } from "./announcements";
import { argumentBugs } from "./arguments";
import { callBugs } from "./calls";
import { choiceBugs } from "./choices";
import { componentBugs } from "./components";
import { decisionBugs } from "./decisions";
import { drillBugs } from "./drills";
import { eventBugs } from "./events";
import { explanationBugs } from "./explanations";
import { guardBugs } from "./guard";
import { holdBugs } from "./holds";
import { policyBugs } from "./policies";
import { rehearsalBugs } from "./rehearsals";
import { replacementBugs } from "./replacements";
import { sweepBugs } from "./sweeps";
import { toolBugs } from "./tools";
import { turnBugs } from "./turns";
import { warmPoolBugs } from "./warmPools";
import { wordBugs } from "./words";

/** All mistakes, in the order of an event's way, from the deployment to the sweep, and those of the policies and tools. */
export const bugs: readonly Bug[] = [
  ...argumentBugs,
  ...componentBugs,
  ...eventBugs,
  ...decisionBugs,
  ...holdBugs,
  ...callBugs,
  ...choiceBugs,
  ...guardBugs,
  ...wordBugs,
  ...sweepBugs,
  ...turnBugs,
  ...announcementBugs,
  ...replacementBugs,
  ...warmPoolBugs,
  ...policyBugs,
  ...accountBugs,
  ...rehearsalBugs,
  ...explanationBugs,
  ...toolBugs,
  ...drillBugs,
];
