import assert from "node:assert/strict";
import type { ReasonCode } from "../../handler/decide";
import { changed, type Behaviour } from "../../simulator";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";

/** The simulator of the test that runs, once it is open. */
export let bed: TestBed;

export async function open(setting: Setting = {}): Promise<void> {
  bed = await TestBed.open(withoutDrain(setting));
}

export const abandons = { terminate: { script: "stop", timeout: 120, onFailure: "abandon" } } as const;
export const anHour = { terminate: { script: "stop", timeout: 3600, onFailure: "retain" } } as const;

/** How the agent usually handles a command. */
export const usually = { failsWith: undefined, startsAfter: 0, isReported: true };

/** Every script takes this many seconds and ends with this code. */
export const takes = (usual: Behaviour, seconds: number, exitCode = 0) =>
  changed(usual, { script: () => ({ takes: seconds * 1000, exitCode, heedsTerm: true }) });

export const starts = () => bed.of("script").filter(({ phase }) => phase === "started");
export const scriptEnds = () => bed.of("script").filter(({ phase }) => phase === "ended");
export const results = () =>
  bed
    .of("action")
    .flatMap(({ by, phase, result }) => (phase === "completed" ? [`${by ?? ""} ${result ?? ""}`] : []));

/** Seconds from the beginning of the first wait to the first completion. */
export const completedAfter = () => {
  const [wait] = bed.of("action").filter(({ phase }) => phase === "waiting");
  const [end] = bed.of("action").filter(({ phase }) => phase === "completed");
  return ((end?.at ?? Infinity) - (wait?.at ?? 0)) / 1000;
};

/** The fields of a log entry about a decision of the handler. */
interface Line {
  readonly message?: string;
  readonly code?: ReasonCode;
  readonly outcome?: string;
}

export const lines = () => bed.of("log").map(({ entry }) => entry as Line);
export const outcomes = () => lines().flatMap(({ outcome }) => outcome ?? []);
export const says = (text: string) => lines().some(({ message = "" }) => message.includes(text));
/** Whether a decision was taken for this reason. */
export const tells = (reason: ReasonCode) => lines().some(({ code }) => code === reason);
export const count = (action: string) => bed.calls().filter((name) => name === action).length;

export const endsBeforeItsMachine = () => {
  const [end] = scriptEnds();
  const [machine] = bed.of("instance").filter(({ state }) => state === "ended");
  assert.ok(end && machine && end.at < machine.at, "the machine ended before its script");
};
