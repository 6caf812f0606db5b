import assert from "node:assert/strict";
import type { Person } from "../../cli/person";
import { changesIn, drillAt, linesOf, openGroup, reportIn } from "../support/account/drilling";
import type { TestBed } from "../support/testBed";

describe("graceful-asg drill with somebody at the terminal", function () {
  this.timeout(60_000);

  let bed: TestBed;
  afterEach(() => bed.close());

  const clock = () => bed.simulator.context.clock;
  const person = (answer: boolean, questions: string[] = []): Person => ({
    isThere: true,
    confirm: (question) => {
      questions.push(question);
      return Promise.resolve(answer);
    },
    leaves: new AbortController().signal,
  });

  it("asks after the plan, and changes nothing without a yes", async () => {
    bed = await openGroup();
    const questions: string[] = [];

    const shown = await drillAt(bed, { yes: false }, { person: person(false, questions) });

    assert.deepEqual(questions, ["Go on? [y/N] "]);
    assert.match(shown.text, /for real[^]*Nothing was changed\.$/);
    assert.equal(shown.code, 1);
    assert.deepEqual(changesIn(bed), []);
  });

  it("goes on with a yes", async () => {
    bed = await openGroup();

    assert.equal((await drillAt(bed, { yes: false }, { person: person(true) })).code, 0);
  });

  it("changes nothing where the group has changed before the answer", async () => {
    bed = await openGroup();
    const slow: Person = {
      ...person(true),
      confirm: () => {
        bed.simulator.autoScaling.setDesired(bed.group, 5);
        return Promise.resolve(true);
      },
    };

    await assert.rejects(
      drillAt(bed, { yes: false }, { person: slow }),
      /has changed since its plan was made/,
    );
    assert.deepEqual(changesIn(bed), []);
  });

  for (const lowerDesired of [false, true])
    it(`leaves an instance to the handler on Ctrl-C${lowerDesired ? ", with a lower capacity" : ""}`, async () => {
      bed = await openGroup();
      const controller = new AbortController();
      clock().after(15_000, () => {
        controller.abort();
      });

      const shown = await drillAt(
        bed,
        { lowerDesired },
        { person: { ...person(true), leaves: controller.signal } },
      );

      assert.ok(bed.now < 20, `left at ${bed.now} s`);
      assert.equal(shown.code, 1);
      assert.deepEqual(linesOf(bed, shown).slice(-3), [
        "You have left. Nothing was undone: 1 instance of web is under way, and the handler takes it to the end by itself.",
        "i-1  Terminating:Wait",
        "To see on: graceful-asg status --group web --watch, or graceful-asg explain i-1",
      ]);

      await bed.pass(120);

      assert.deepEqual(
        bed.of("script").map(({ phase }) => phase),
        ["started", "ended"],
      );
      const [completed] = bed.of("action").filter(({ phase }) => phase === "completed");
      assert.equal(completed?.by, "call");
      assert.equal(changesIn(bed).length, 1);
    });

  it("says after Ctrl-C which capacity a scale-out leaves, and writes the report so far", async () => {
    bed = await openGroup({ args: { launch: { script: "ready", timeout: 60 } } });
    const controller = new AbortController();
    clock().after(15_000, () => {
      controller.abort();
    });

    const shown = await drillAt(
      bed,
      { transition: "launch", json: true },
      { person: { ...person(true), leaves: controller.signal } },
    );

    const report = reportIn(shown);
    assert.equal(shown.code, 1);
    assert.equal(report.verdict, "not judged");
    assert.match(report.advice ?? "", /keeps its desired capacity of 4\. To scale in again: /);
    assert.equal(report.timeline.length > 0, true);
  });

  for (const transition of ["terminate", "launch"] as const)
    it(`changes nothing where somebody has left before: ${transition}`, async () => {
      bed = await openGroup({ args: { launch: { script: "ready", timeout: 60 } } });
      const leaves = AbortSignal.abort();

      const shown = await drillAt(bed, { transition }, { person: { ...person(true), leaves } });

      assert.equal(shown.code, 1);
      assert.match(shown.text, /Nothing was changed\.$/);
      assert.deepEqual(changesIn(bed), []);
    });
});
