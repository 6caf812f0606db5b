import { check, type CheckOptions } from "../../../cli/account";
import type { GroupCheck } from "../../../cli/account/check/groupCheck";
import { explain } from "../../../policy/finding";
import { TestBed, type Setting } from "../testBed";
import { atSimulator, type Shown, type Surroundings } from "./atSimulator";

const usual: CheckOptions = {
  places: [{ region: undefined, groups: [] }],
  all: false,
  json: false,
  failOn: "medium",
  choices: {},
};

/** A group in which no rule finds anything. */
const sound: Setting["args"] = {
  targetGroup: { port: 80, deregistrationDelay: 30 },
  terminate: { script: "/opt/application/stop", timeout: 60 },
  instance: { disableApiTermination: true, disableApiStop: true },
};

/** A simulator with a sound group of three instances that have been there for a while. */
export async function openSound(setting: Setting = {}): Promise<TestBed> {
  const bed = await TestBed.open({ ...setting, args: { ...sound, ...setting.args } });
  await bed.scaleIn(3, 3);
  await bed.pass(300);
  return bed;
}

/** Runs a check at the simulator. */
export function checkAt(
  bed: TestBed,
  options: Partial<CheckOptions> = {},
  surroundings: Surroundings = {},
): Promise<Shown> {
  return atSimulator(bed, (open, terminal) => check({ ...usual, ...options }, open, terminal), surroundings);
}

/** What is found, a line each. */
export async function findingsIn(bed: TestBed): Promise<string[]> {
  const { text } = await checkAt(bed, { json: true });
  const { groups } = JSON.parse(text) as { groups: GroupCheck[] };
  return groups.flatMap((one) =>
    one.findings.map((finding) => short(`${finding.severity} ${finding.rule}: ${explain(finding)}`, bed)),
  );
}

/** Shown text, with the names that change with each version in short. */
export function short(text: string, bed: TestBed): string {
  const names = [...bed.group.instances.keys()];
  return names
    .reduce((all, id, index) => all.replaceAll(id, `i-${index + 1}`), text)
    .replaceAll(/web-handler-[0-9a-f]{7}-web-terminate-\w+/g, "DOCUMENT")
    .replaceAll(/web-handler-[0-9a-f]{7}/g, "handler")
    .replaceAll(/web-handler-(hooks|function|sweep|commands|dead-letters)-[0-9a-f]{7}/g, "$1")
    .replaceAll(bed.group.settings.name, "web")
    .replaceAll(/web-[0-9a-f]{7}/g, "web")
    .replaceAll(/autoScalingGroup:[\w-]{36}:/g, "autoScalingGroup:ID:")
    .replaceAll("arn:aws:", "")
    .replaceAll("us-east-1:123456789012:", "");
}
