import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { OnFailure } from "../../components";
import { changed, type Behaviour } from "../../simulator";
import { explainAt, explainedLines, type Question } from "../support/account/explaining";
import { policyOf, without } from "../support/account/policyOf";
import { TestBed, type Setting } from "../support/testBed";

describe("graceful-asg explain", function () {
  this.timeout(60_000);

  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async (setting: Setting, from: number, to: number, seconds: number) => {
    bed = await TestBed.open(setting);
    await bed.scaleIn(from, to);
    await bed.pass(seconds);
  };
  const show = (question?: Question) => explainAt(bed, question);
  const lines = (question?: Question) => explainedLines(bed, question);

  it("tells of an instance that is retained, with the reasons of the handler and the words of the script", async () => {
    await open(retaining(), 2, 1, 120);

    assert.deepEqual(await lines(), [
      "i-1 of web (us-east-1, served by handler)",
      "It is Terminating:Retained.",
      "",
      "Termination, 2026-01-01 12:00:02 UTC to 2026-01-01 12:00:29 UTC, 26 s: retained for inspection",
      ...cause,
      ...retained,
      "",
      "What is not known",
      ...always,
    ]);
  });

  it("tells of an instance that is under way", async () => {
    await open({ ...noDrain(), scriptSeconds: 110 }, 2, 1, 95);

    const told = await lines();

    assert.equal(told[1], "It is Terminating:Wait.");
    assert.equal(told[3], "Termination, 2026-01-01 12:00:02 UTC: under way");
    assert.deepEqual(told.slice(-6, -4), [
      "  1 s  i-1  the stop script starts",
      "  26 s  handler  waits: the script is running (2 times in 1 min)",
    ]);
  });

  it("tells of an instance about which there is nothing to tell", async () => {
    await open(noDrain(), 1, 1, 10);

    assert.deepEqual(await lines(), [
      "i-1 of web (us-east-1, served by handler)",
      "It is InService; no scaling activity of the last six weeks names it.",
      "",
      "What is not known",
      ...always,
    ]);
  });

  it("finds the group of an instance that is gone, with fewer calls where the group is given", async () => {
    await open(noDrain(), 2, 1, 120);
    const group = bed.group.settings.name;

    const [found, given] = [await show(), await show({ group })];

    assert.equal(found.text, given.text);
    assert.match(
      found.text,
      /^i-\w+ of web-\w+ .*\nIt is in no group any more\.\n\nTermination.*: stopped cleanly\n/,
    );
    assert.deepEqual(given.calls, {
      DescribeAutoScalingInstances: 1,
      DescribeScalingActivities: 1,
      DescribeAutoScalingGroups: 1,
      DescribeLifecycleHooks: 1,
      ListCommandInvocations: 1,
      ListCommands: 1,
      GetCommandInvocation: 1,
      GetFunctionConfiguration: 1,
      FilterLogEvents: 1,
    });
    assert.deepEqual(found.calls, { ...given.calls, DescribeScalingActivities: 2 });
  });

  it("tells what the handler's log has kept of a time of which Systems Manager keeps nothing", async () => {
    await open(retaining(), 2, 1, 120);

    const told = await lines({ later: 31 * day });

    const logged = retained
      .filter((line) => !/ i-1 {2}the (stop script|command) /.test(line))
      .map((line) => (line.includes(":Wait:") ? line.replace(/^ {2}/, "  ~") : line));
    assert.deepEqual(told.slice(8, -2), [
      ...logged,
      "",
      "What is not known",
      "  Systems Manager keeps commands for 30 days; commands of before that are missing.",
    ]);
  });

  it("says that a hook has changed since the command was sent", async () => {
    await open(retaining(), 2, 1, 120);
    for (const [name, hook] of bed.group.hooks) {
      const metadata = hook.notificationMetadata?.replace(/"execution":\d+/, '"execution":300');
      bed.group.hooks.set(name, {
        ...hook,
        ...(metadata === undefined ? {} : { notificationMetadata: metadata }),
      });
    }

    const told = await lines();

    assert.match(
      told.at(-3) ?? "",
      /^ {2}The hook graceful-terminate-sns has changed since: the command had \d+ s, /,
    );
  });

  it("draws a picture, and a page with the whole account", async () => {
    await open(retaining(), 2, 1, 120);
    const folder = mkdtempSync(path.join(tmpdir(), "explain-"));
    try {
      const [picture, web] = ["a.svg", "a.html"].map((name) => path.join(folder, name));
      await show({ picture });
      const { text } = await show({ picture: web });
      const drawn = readFileSync(picture ?? "", "utf8");
      const page = readFileSync(web ?? "", "utf8");

      assert.match(text, /\n\nThe picture is in .*a\.html$/);
      assert.match(drawn, /^<svg [^]*>i-\w{17} of web-\w+<[^]*>termination<[^]*class="failed"[^]*<\/svg>$/);
      assert.match(page, /<svg [^]*<pre>\ni-\w{17} of web-[^]*broker-2:9092: connection refused[^]*<\/pre>/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe("refuses", () => {
    it("an instance of which nothing tells, with what was searched", async () => {
      await open(noDrain(), 1, 1, 10);

      await assert.rejects(show({ instance: "i-00000000000000000" }), {
        name: "Error",
        message:
          "INSTANCE is i-00000000000000000, which is in no Auto Scaling group of us-east-1; the scaling activities of us-east-1 in the last six weeks do not name it, nor do the commands of the last 30 days. Check the id, --region and the account.",
      });
      await assert.rejects(show({ instance: "i-00000000000000000", group: "api" }), {
        message:
          /the scaling activities of api in us-east-1 in .* Check the id, --group, --region and the account\.$/,
      });
    });

    it("a picture that cannot be written, before any call", async () => {
      await open(noDrain(), 1, 1, 10);
      const before = bed.calls().length;

      await assert.rejects(show({ picture: "absent/x.svg" }), {
        message: "--picture absent/x.svg cannot be written (ENOENT). Name a file in a folder that exists.",
      });
      assert.equal(bed.of("call").filter(({ caller }) => caller === "operator").length, 0);
      assert.equal(bed.calls().length, before);
    });
  });

  describe("with the policy of the page", () => {
    const policy = policyOf("Explain");
    const actions = policy.flatMap(({ Action }) => Action);
    const operators = new Map([
      ["ALL", policy],
      ["NOBODY", []],
      ...actions.map((action) => [action, without(policy, action)] as const),
    ]);

    it("needs no other permission", async () => {
      await open({ ...retaining(), operators }, 2, 1, 120);
      const { calls, text } = await show({ surroundings: { key: "ALL" } });

      assert.doesNotMatch(text, /may not call/);
      assert.deepEqual(Object.keys(calls).sort(), actions.map((action) => action.split(":")[1]).sort());
    });

    for (const action of actions)
      it(`goes on without ${action}, and says so`, async () => {
        await open({ ...retaining(), operators }, 2, 1, 120);
        const { text } = await show({ surroundings: { key: action } });

        const [, gaps = ""] = text.split("What is not known\n");
        assert.ok(gaps.includes(`: arn:aws:iam::123456789012:user/${action} may not call ${action}`), gaps);
        assert.match(text, /^i-\w+ of web-/);
      });

    it("says which permission is missing where nothing can be read", async () => {
      await open({ ...retaining(), operators }, 2, 1, 120);

      await assert.rejects(show({ surroundings: { key: "NOBODY" } }), {
        message:
          "arn:aws:iam::123456789012:user/NOBODY may not call autoscaling:DescribeAutoScalingInstances. Allow it: docs/operators.md has the policy of each command.",
      });
    });
  });
});

const day = 86_400_000;

/** The cause of the scale-in of the first of two instances. */
const cause = [
  "  At 2026-01-01T12:00:00Z a user request explicitly set group desired capacity changing the desired capacity",
  "  from 2 to 1. At 2026-01-01T12:00:02Z an instance was taken out of service in response to a difference between",
  "  desired and actual capacity, shrinking the capacity from 2 to 1. At 2026-01-01T12:00:02Z instance",
  "  i-1 was selected for termination.",
];

/** What becomes of the first instance where the group retains, and the output of its script. */
const retained = [
  "  0 s  i-1  Terminating: it was selected; its target group deregisters it",
  "  0 s  i-1  Terminating:Wait: it waits at graceful-terminate-sns",
  "  1 s  handler  sends the document: the instance waits and no command is on its way",
  "  1 s  i-1  the document is sent",
  "  1 s  i-1  the stop script starts",
  "  25 s  i-1  the stop script ends with exit code 3",
  "  25 s  i-1  the command is Failed",
  "  26 s  handler  completes: the script failed or ran too long: retain",
  "  26 s  i-1  the action of graceful-terminate-sns is completed with ABANDON",
  "  26 s  i-1  Terminating:Retained: it is kept for inspection",
  "  The output of command 1:",
  "  graceful-asg: the terminate script starts and may take 120 s",
  "  flushing 1204 messages",
  "  broker-2:9092: connection refused",
  "  graceful-asg: the terminate script ended with exit code 3",
];

/** What no source tells. */
const always = [
  "  The settings of the hooks are the present ones.",
  "  No list of AWS tells when a hook fired, whether an event was lost, when the SSM agent came and went, and when the machine shut down.",
];

/** A group whose hooks fire at once. */
function noDrain(args: Setting["args"] = {}): Setting {
  return { args: { targetGroup: { port: 80, deregistrationDelay: 0 }, ...args } };
}

/** A group that retains instances, and a script that fails. */
function retaining(): Setting {
  return {
    ...noDrain({ terminate: { script: "stop", timeout: 120, onFailure: OnFailure.Retain } }),
    behaviour: (behaviour: Behaviour) =>
      changed(behaviour, {
        script: (facts) => ({
          ...behaviour.script(facts),
          exitCode: 3,
          writes: "flushing 1204 messages\nbroker-2:9092: connection refused\n",
        }),
      }),
  };
}
