import assert from "node:assert/strict";
import { explain } from "../../cli/account";
import { rehearse, type Rehearsal } from "../../cli/rehearsal/rehearsal";
import { timelineLine } from "../../cli/rehearsal/report";
import { narrate } from "../../cli/rehearsal/narrate";
import { waysOf, type Way } from "../../cli/rehearsal/phases";
import { OnFailure } from "../../components";
import { combine, type FaultName } from "../../simulator";
import { atSimulator } from "../support/account/atSimulator";
import { TestBed, type Setting } from "../support/testBed";

/** A rehearsal. */
interface Case {
  readonly args?: Setting["args"];
  readonly faults?: readonly FaultName[];
  readonly transition?: "launch" | "terminate";
}

const cases: Readonly<Record<string, Case>> = {
  "a good day": {},
  "a script that fails": { faults: ["script-fails"] },
  "the event of a hook that is lost": { faults: ["lost-hook-event"] },
  "an agent that is away": { faults: ["agent-away"] },
  "an agent that never comes": { faults: ["no-agent"] },
  "instances that are retained": {
    faults: ["script-fails"],
    args: { terminate: { script: "stop", timeout: 120, onFailure: OnFailure.Retain } },
  },
  "instances that take turns": { args: { maxSize: 4, drain: { maxConcurrent: 1 } } },
  "a launch": { transition: "launch", args: { launch: { script: "ready", timeout: 60 } } },
  "a launch that fails": {
    transition: "launch",
    faults: ["script-fails"],
    args: { launch: { script: "ready", timeout: 60 } },
  },
};

/** Lines of a rehearsal that no list of AWS tells, by the kinds of their events. */
const onlyRehearsed: Readonly<Record<string, RegExp>> = {
  agent: /^the SSM agent /,
  call: /^(SSM does not know the agent|\w+ is (refused: .*|not answered)|the action is over already)$/,
  machine: /^EC2 shuts the machine down: /,
  message: /^(the hook's event|the command's event) is /,
};

/** Lines of an account that a rehearsal does not tell: Auto Scaling's own word on the end of an activity. */
const onlyExplained = /^(Terminated: it is gone|the scaling activity is Cancelled: .*)$/;

/** What the command prints as JSON. */
interface Explained {
  readonly passages: readonly {
    readonly entries: readonly {
      readonly at: number;
      readonly isAbout: boolean;
      readonly line: { readonly who: string; readonly text: string };
    }[];
    readonly way: Way;
    readonly passage: { readonly began: number; readonly transition: string };
  }[];
}

/** A line with its instant. */
interface At {
  readonly at: number;
  readonly text: string;
}

describe("the timeline of graceful-asg explain", function () {
  this.timeout(120_000);

  for (const [name, { args = {}, faults = [], transition = "terminate" }] of Object.entries(cases))
    it(`is the timeline of the rehearsal of the same seed: ${name}`, async () => {
      const { bed, rehearsal } = await play({ args, faults, transition });
      try {
        const instances = waysOf(rehearsal);
        assert.equal(instances.length, 2);
        for (const way of instances) {
          const explained = await explainedBy(bed, way.instance);
          const [known, rehearsed] = [linesOf(explained), rehearsedLines(rehearsal, way.instance)];
          assert.ok(rehearsed.length >= 4, `${rehearsed.length} lines`);
          assert.deepEqual(
            known.map(({ text }) => text),
            rehearsed.map(({ text }) => text),
            way.instance,
          );
          for (const [index, { at, text }] of rehearsed.entries())
            assert.ok(
              Math.abs((known[index]?.at ?? 0) - at) <= 1_000,
              `${text}: ${String(known[index]?.at)} for ${at}`,
            );
          sameWay(explained, way, rehearsal.began);
        }
      } finally {
        await bed.close();
      }
    });
});

/** Plays the rehearsal, and the same where a client from outside can ask afterwards. */
async function play({ args, faults, transition }: Required<Case>) {
  const combined = combine(faults, "rehearsal", "1");
  const bed = await TestBed.open({ args, world: combined.world, behaviour: combined.behaviour });
  const rehearsal = await rehearse(bed.world, {
    transition,
    instances: 2,
    scriptSeconds: 20,
    faults,
    seed: "1",
    group: undefined,
  });
  if (transition === "terminate") await bed.scaleIn(2);
  else bed.simulator.autoScaling.setDesired(bed.group, 2);
  const length = Math.max(...rehearsal.events.map(({ at }) => at)) - rehearsal.began;
  await bed.pass(length / 1000 + 60);
  return { bed, rehearsal };
}

async function explainedBy(bed: TestBed, instance: string): Promise<Explained> {
  const options = { instance, region: undefined, group: undefined, picture: undefined, json: true };
  const { text } = await atSimulator(bed, (open, terminal) => explain(options, open, terminal));
  return JSON.parse(text) as Explained;
}

function linesOf({ passages }: Explained): At[] {
  return passages
    .flatMap(({ entries }) => entries)
    .filter(({ line }) => line.who.startsWith("i-") && !onlyExplained.test(line.text))
    .map(({ at, line: { text } }) => ({ at, text }));
}

/** The lines of a rehearsal's timeline about an instance, as far as an account may tell of them. */
function rehearsedLines({ began, events }: Rehearsal, instance: string): At[] {
  const told = new Set<string>();
  return events.flatMap((event) => {
    const line = timelineLine(event, began, told) === undefined ? undefined : narrate(event);
    if (line?.who !== instance) return [];
    const isKnown = !Object.values(onlyRehearsed).some((pattern) => pattern.test(line.text));
    return isKnown ? [{ at: event.at, text: line.text }] : [];
  });
}

/** The phases of the picture are the same, too; an account knows the end of the activity for the end of the machine. */
function sameWay({ passages }: Explained, rehearsed: Way, began: number): void {
  const { passage, way } = passages.find((one) => one.passage.transition === rehearsed.transition) ?? {};
  assert.ok(passage !== undefined && way !== undefined);
  for (const phase of ["decided", "waited", "turn", "scriptStarted", "scriptEnded", "completed"] as const) {
    const found: number | undefined = way[phase];
    const expected: number | undefined = rehearsed[phase];
    assert.equal(found === undefined, expected === undefined, phase);
    const difference = (found ?? 0) + passage.began - ((expected ?? 0) + began);
    assert.ok(found === undefined || Math.abs(difference) <= 1_000, phase);
  }
  const { by, end, result, runs, script } = rehearsed;
  assert.deepEqual(
    { by: way.by, end: way.end, result: way.result, runs: way.runs, script: way.script },
    { by, end, result, runs, script },
  );
}
