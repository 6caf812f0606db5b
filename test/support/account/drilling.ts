import assert from "node:assert/strict";
import { drill, type DrillOptions, type DrillSurroundings } from "../../../cli/account";
import type { Person } from "../../../cli/person";
import { combine, type FaultName } from "../../../simulator";
import { TestBed, type Setting } from "../testBed";
import { atSimulator, type Shown, type Surroundings } from "./atSimulator";

/** A drill of one instance, that nobody has to agree to. */
const usual: DrillOptions = {
  group: undefined,
  region: undefined,
  transition: "terminate",
  instances: 1,
  lowerDesired: false,
  yes: true,
  report: undefined,
  json: false,
};

/** A simulator with a group of some instances, whose target group, if any, deregisters them at once. */
export async function openGroup(setting: Setting = {}, instances = 3): Promise<TestBed> {
  const bed = await TestBed.open({
    ...setting,
    args: { targetGroup: { port: 8080, deregistrationDelay: 0 }, ...setting.args },
  });
  const [group] = bed.simulator.autoScaling.groups.values();
  if (group !== undefined) bed.simulator.autoScaling.populate(group, instances);
  return bed;
}

/** A group with a fault, as a rehearsal plays it. */
export function withFault(name: FaultName): Pick<Setting, "behaviour" | "world"> {
  const fault = combine([name], "rehearsal", "1");
  return { behaviour: (usually) => fault.behaviour(usually), world: (world) => fault.world(world) };
}

/** Runs a drill at the simulator. */
export function drillAt(
  bed: TestBed,
  options: Partial<DrillOptions> = {},
  { person = absent, predict, ...surroundings }: Partial<DrillSurroundings> & Surroundings = {},
): Promise<Shown> {
  return atSimulator(
    bed,
    (open, terminal) => drill({ ...usual, ...options }, open, terminal, { person, predict }),
    surroundings,
  );
}

/** The lines of a drill, with short names, and one blank between columns. */
export function linesOf(bed: TestBed, { text }: Shown): string[] {
  const instances = [...bed.simulator.autoScaling.instances.known.keys()];
  const named = instances.reduce((all, id, index) => {
    const name = `i-${index + 1}`;
    return all.replaceAll(id, name).replaceAll(id.slice(0, 8), name);
  }, text);
  return named
    .replaceAll(bed.group.settings.name, "web")
    .split("\n")
    .map((line) => line.trim().replaceAll(/ {2,}/g, "  "));
}

/** The sentence with which a drill is refused, after which nothing is changed. */
export async function refusal(
  bed: TestBed,
  options: Partial<DrillOptions> = {},
  surroundings: Parameters<typeof drillAt>[2] = {},
): Promise<string> {
  try {
    await drillAt(bed, options, surroundings);
  } catch (error) {
    assert.deepEqual(changesIn(bed), []);
    return error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error);
  }
  return "nothing";
}

/** Calls that changed something, other than those of functions. */
export function changesIn(bed: TestBed): string[] {
  return bed
    .of("call")
    .filter(({ caller, error }) => error === undefined && !bed.simulator.lambda.environmentOf(caller))
    .map(({ action }) => action)
    .filter((action) => !/^(Describe|List|Get)/.test(action));
}

/** The verdicts of all judges, or of some, in the lines of a drill. */
export function verdictsIn(text: string, names?: readonly string[]): Record<string, string> {
  const lines = (/\nPromises\n([^]*?)\n\n/.exec(text)?.[1] ?? "").split("\n");
  const verdicts = lines.map((line) => {
    const [, name, verdict = ""] = /^(P\d+)? *(kept|broken|not judged) {2}/.exec(line) ?? [];
    return [name ?? (/instances? (is|are) in service/.test(line) ? "capacity" : "script"), verdict] as const;
  });
  return Object.fromEntries(verdicts.filter(([name]) => names?.includes(name) ?? true));
}

/** Nobody, who neither answers nor leaves. */
const absent: Person = {
  isThere: false,
  confirm: () => Promise.resolve(false),
  leaves: new AbortController().signal,
};

/** What tests read of a report. */
export interface DrillReport {
  readonly schemaVersion: number;
  readonly verdict: string;
  readonly advice?: string;
  readonly plan: { readonly transition: string };
  readonly timeline: readonly string[];
  readonly calls: Readonly<Record<string, number>>;
  readonly phases: readonly {
    readonly phase: string;
    readonly seen?: { readonly min: number; readonly max: number };
  }[];
  readonly facts: readonly {
    readonly name: string;
    readonly value: string | readonly string[] | { readonly min: number; readonly max: number };
  }[];
}

/** The report that a drill has printed. */
export function reportIn({ text }: { readonly text: string }): DrillReport {
  return JSON.parse(text) as DrillReport;
}
