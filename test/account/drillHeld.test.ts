import assert from "node:assert/strict";
import { accountOpener, release, retry } from "../../cli/account";
import type { Terminal } from "../../cli/terminal";
import { holdTag } from "../../contract";
import { changed } from "../../simulator";
import { drillAt, linesOf, openGroup, verdictsIn } from "../support/account/drilling";
import type { Setting, TestBed } from "../support/testBed";

/** The stop script fails after ten seconds, the first time. */
const failsOnce: Setting = {
  behaviour: (usual) =>
    changed(usual, { script: ({ run }) => ({ takes: 10_000, exitCode: run > 1 ? 0 : 3, heedsTerm: true }) }),
};

describe("graceful-asg drill of an instance that an operator holds", function () {
  this.timeout(120_000);

  let bed: TestBed;
  afterEach(() => bed.close());

  /** Something that somebody does with the only instance on its way. */
  const after = (seconds: number, act: (instance: string) => unknown) => {
    bed.simulator.context.clock.after(seconds * 1000, () => {
      const leaving = [...bed.group.instances.values()].find(({ state }) => state.startsWith("Terminating"));
      act(leaving?.id ?? "none");
    });
  };
  const holdUntil = (minute: string) => (instance: string) => {
    bed.simulator.ec2.hold(instance, Date.parse(`2026-01-01T12:${minute}:00Z`));
  };
  const drilled = async () => {
    const shown = await drillAt(bed);
    const lines = linesOf(bed, shown);
    return { lines, text: lines.join("\n"), code: shown.code };
  };

  it("says so while it waits, and judges the handler by the end of the hold", async () => {
    bed = await openGroup(failsOnce);
    after(8, holdUntil("40"));

    const { code, lines, text } = await drilled();

    assert.deepEqual(
      lines.filter((line) => /^\d+\.\d s {2}i-1 /.test(line)).map((line) => line.replace(/\.\d s /, " s ")),
      [
        "2 s  i-1  Terminating: a user request; its target group deregisters it",
        "4 s  i-1  Terminating:Wait: it waits at graceful-terminate-sns",
        "4 s  i-1  the document is sent",
        "5 s  i-1  the stop script starts",
        "10 s  i-1  an operator holds it until 2026-01-01T12:40:00Z",
        "14 s  i-1  the stop script ends with exit code 3",
        "14 s  i-1  the command is Failed",
        "2433 s  i-1  the action of graceful-terminate-sns is completed with CONTINUE",
        "2458 s  i-1  EC2 shuts the machine down: Auto Scaling terminates it",
      ],
    );
    assert.deepEqual(verdictsIn(text), {
      P1: "kept",
      P2: "kept",
      P3: "kept",
      P4: "kept",
      P5: "kept",
      P10: "not judged",
      script: "broken",
      capacity: "kept",
    });
    assert.match(
      text,
      /^P3 {2}kept {2}the instance went on [23]\d to [34]\d s after the end of an operator's hold$/m,
    );
    assert.match(
      text,
      /^P4 {2}kept {2}the handler completed the action after 24\d\d to 24\d\d s, with an operator's hold; Auto Scaling ends the wait after 45000 s at the latest$/m,
    );
    assert.match(text, /^the whole scale-in {2}.* {2}held$/m);
    assert.match(
      text,
      /^The scale-in of 1 instance broke no promise, but the stop script ended with exit code 3\. /m,
    );
    assert.equal(code, 1);
  });

  it("goes as promised where the operator runs the script again, and it succeeds", async () => {
    bed = await openGroup(failsOnce);
    after(8, holdUntil("30"));
    after(60, (instance) => retry({ instance, region: undefined }, accountOpener(), silent));

    const { code, text } = await drilled();

    assert.match(
      text,
      /the stop script ends with exit code 3\n[^]*the document is sent\n[^]*the stop script starts\n[^]*the stop script ends with exit code 0\n/,
    );
    assert.match(
      text,
      /^P2 {2}kept {2}the stop script ran 2 times, with 2 commands: again only after a failure, while an operator held the instance$/m,
    );
    assert.match(text, /^P3 {2}kept {2}the instance went on at most \d s after the script's end$/m);
    assert.match(text, /^kept {2}the stop script succeeded$/m);
    assert.equal(code, 0);
  });

  it("judges by the moment at which the operator takes the hold back", async () => {
    bed = await openGroup(failsOnce);
    after(8, holdUntil("40"));
    after(120, (instance) => {
      bed.simulator.ec2.untag(instance, [{ key: holdTag, value: undefined }]);
    });

    const { text } = await drilled();

    assert.match(text, /^12\d\.\d s {2}i-1 {2}no operator holds it$/m);
    assert.match(text, /^P3 {2}kept {2}the instance went on .* after the end of an operator's hold$/m);
    assert.deepEqual(verdictsIn(text, ["P4", "P5"]), { P4: "kept", P5: "kept" });
  });

  it("does not judge the handler where the operator completes the action", async () => {
    bed = await openGroup(failsOnce);
    after(8, holdUntil("40"));
    after(120, (instance) =>
      release({ instance, abandon: false, region: undefined }, accountOpener(), silent),
    );

    const { code, text } = await drilled();

    assert.match(
      text,
      /^P4 {2}not judged {2}the wait was over \d+ to \d+ s before the end of an operator's hold: an operator completed the action, or the hook timed out$/m,
    );
    assert.deepEqual(verdictsIn(text, ["P1", "P3", "P5"]), {
      P1: "kept",
      P3: "not judged",
      P5: "not judged",
    });
    assert.equal(code, 1);
  });

  it("waits for the end of the hold where no agent answers", async () => {
    bed = await openGroup({
      behaviour: (usual) =>
        changed(usual, { instance: (facts) => ({ ...usual.instance(facts), agentStart: Infinity }) }),
    });
    after(8, holdUntil("30"));

    const { text } = await drilled();

    assert.match(text, /^P4 {2}kept {2}the handler completed the action after 18\d\d to 18\d\d s, with an /m);
    assert.deepEqual(verdictsIn(text, ["P3", "P5"]), { P3: "not judged", P5: "kept" });
  });

  it("says before that the instance is held; a script that succeeds ends the wait all the same", async () => {
    bed = await openGroup();
    holdUntil("40")([...bed.group.instances.keys()][0] ?? "none");

    const { code, text } = await drilled();

    assert.match(
      text,
      /^risks {2}An operator holds i-1 until 2026-01-01T12:40:00Z: if its script fails, the instance waits until then\.$/m,
    );
    assert.match(text, /^P3 {2}kept {2}the instance went on at most 3 s after the script's end$/m);
    assert.equal(code, 0);
  });
});

const silent: Terminal = { line: () => undefined, repaint: () => undefined, isClosed: () => false };
