import assert from "node:assert/strict";
import { GracefulAutoScalingGroup } from "../../components";
import { changesIn, drillAt, openGroup, refusal } from "../support/account/drilling";
import { policyOf, without } from "../support/account/policyOf";
import { groupArgs } from "../support/deployment";
import type { TestBed } from "../support/testBed";

describe("graceful-asg drill refuses", function () {
  this.timeout(60_000);

  let bed: TestBed;
  afterEach(() => bed.close());

  it("a terminal without anybody, and a question that --json would swallow", async () => {
    bed = await openGroup();

    assert.equal(
      await refusal(bed, { yes: false }),
      "AccountError: A drill asks before it changes anything, and nobody is at this terminal to answer. Give --yes.",
    );
    assert.match(
      await refusal(bed, { yes: false, json: true }),
      /^AccountError: --json prints no question\. /,
    );
  });

  it("a report that cannot be written", async () => {
    bed = await openGroup();

    assert.equal(
      await refusal(bed, { report: "report.txt" }),
      'AccountError: --report is "report.txt"; the name must end in .json or .md.',
    );
    assert.equal(
      await refusal(bed, { report: "/nowhere/report.md" }),
      "AccountError: --report /nowhere/report.md cannot be written (ENOENT). Name a file in a folder that exists.",
    );
  });

  it("a group that is not there, and a group that is not ours", async () => {
    bed = await openGroup({
      world: (world) => ({
        ...world,
        groups: world.groups.map((one) => ({ ...one, tags: {}, hooks: [] })),
      }),
    });

    assert.match(await refusal(bed, { group: "api" }), /has no such Auto Scaling group/);
    assert.match(
      await refusal(bed, { group: bed.group.settings.name }),
      /which no handler of graceful-asg serves/,
    );
    assert.match(
      await refusal(bed),
      /^AccountError: No group in us-east-1 has the tag graceful-asg:handler\./,
    );
  });

  it("to choose among several groups", async () => {
    bed = await openGroup({
      program: () => {
        new GracefulAutoScalingGroup("web", groupArgs());
        new GracefulAutoScalingGroup("api", groupArgs());
      },
    });

    assert.match(
      await refusal(bed),
      /^AccountError: --group is not given; it must be one of api-\w+, web-\w+\.$/,
    );
  });

  it("a launch where no launch hook is", async () => {
    bed = await openGroup();

    assert.match(
      await refusal(bed, { transition: "launch" }),
      /^AccountError: --transition is launch, but web-\w+ has no launch hook that its handler serves\. /,
    );
  });

  for (const [process, options] of [
    ["Terminate", {}],
    ["Launch", {}],
    ["Launch", { transition: "launch" }],
  ] as const)
    it(`a ${"transition" in options ? "scale-out" : "scale-in"} with the process ${process} suspended`, async () => {
      bed = await openGroup({ args: { launch: { script: "ready", timeout: 60 } } });
      bed.group.suspended.add(process);

      assert.match(
        await refusal(bed, options),
        new RegExp(`^AccountError: web-\\w+ has the process ${process} suspended, which the drill needs\\. `),
      );
    });

  it("nothing where the process Launch is suspended and no replacement is wanted", async () => {
    bed = await openGroup();
    bed.group.suspended.add("Launch");

    assert.equal((await drillAt(bed, { lowerDesired: true })).code, 0);
  });

  it("a group in which instances are on their way", async () => {
    bed = await openGroup({ scriptSeconds: 100 });
    bed.simulator.autoScaling.setDesired(bed.group, 1);
    await bed.pass(20);

    assert.match(
      await refusal(bed),
      /^AccountError: 2 instances of web-\w+ are on the way already \(i-\w+ Terminating:Wait, i-\w+ Terminating:Wait\), and a drill of a scale-in needs a group at rest\. /,
    );
  });

  it("more instances than may go", async () => {
    bed = await openGroup();
    const [first] = bed.group.instances.values();
    if (first !== undefined) first.isProtected = true;

    assert.match(
      await refusal(bed, { instances: 3 }),
      /^AccountError: --instances is 3, but web-\w+ has 2 instances that may go: 3 in service, less those that are unhealthy or protected from scale-in\. /,
    );
  });

  it("a capacity below the minimum or above the maximum size", async () => {
    bed = await openGroup({ args: { minSize: 2, maxSize: 4, launch: { script: "ready", timeout: 60 } } });

    assert.match(
      await refusal(bed, { instances: 2, lowerDesired: true }),
      /^AccountError: --lower-desired would lower the desired capacity of web-\w+ to 1, below its minimum size of 2\. /,
    );
    assert.match(
      await refusal(bed, { instances: 2, transition: "launch" }),
      /^AccountError: --instances is 2, which would raise the desired capacity of web-\w+ to 5, above its maximum size of 4\. /,
    );
  });
});

describe("graceful-asg drill with the policy of the page", function () {
  this.timeout(60_000);

  const policy = policyOf("Drill");
  const actions = policy.flatMap(({ Action }) => Action);
  const operators = new Map([
    ["ALL", policy],
    ...actions.map((action) => [action, without(policy, action)] as const),
  ]);
  const used = new Set<string>();
  let bed: TestBed;
  afterEach(() => bed.close());

  for (const transition of ["terminate", "launch"] as const)
    it(`works, and says which permission is missing before it changes anything: ${transition}`, async () => {
      const warmPool = { maxGroupPreparedCapacity: 0 };
      bed = await openGroup({ operators, args: { launch: { script: "ready", timeout: 60 }, warmPool } });
      const { calls, code } = await drillAt(bed, { transition }, { key: "ALL" });

      assert.equal(code, 0);
      const before = changesIn(bed).length;
      for (const action of actions.filter((one) => (one.split(":")[1] ?? "") in calls)) {
        used.add(action);
        await assert.rejects(drillAt(bed, { transition }, { key: action }), ({ message }: Error) => {
          assert.match(message, new RegExp(` may not call ${action}( on \\S+)?\\. Allow it: `));
          return true;
        });
      }
      assert.equal(changesIn(bed).length, before);
    });

  it("has no permission that nothing needs", () => {
    assert.deepEqual([...used].sort(), [...actions].sort());
  });

  it("changes no group that is not ours", async () => {
    bed = await openGroup({ operators });
    bed.group.tags = { team: "other" };

    for (const one of policy.filter(({ Condition }) => Condition !== undefined))
      assert.deepEqual(one.Condition, { Null: { "autoscaling:ResourceTag/graceful-asg:handler": "false" } });
    await assert.rejects(drillAt(bed, { group: bed.group.settings.name }, { key: "ALL" }), /no handler of/);
  });
});
