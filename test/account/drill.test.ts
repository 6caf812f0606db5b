import assert from "node:assert/strict";
import { changesIn, drillAt, linesOf, openGroup, reportIn } from "../support/account/drilling";
import type { TestBed } from "../support/testBed";

describe("graceful-asg drill", function () {
  this.timeout(60_000);

  let bed: TestBed;
  afterEach(() => bed.close());

  it("says what it is going to do, does it, and judges", async () => {
    bed = await openGroup();

    const shown = await drillAt(bed);

    assert.deepEqual(linesOf(bed, shown), [
      "A scale-in of 1 instance of web (us-east-1), for real",
      "terminates  i-1",
      "the oldest of 3 instances in service, healthy and not protected",
      "desired  stays 3: Auto Scaling launches 1 replacement",
      "takes  at most 17 min 30 s: up to 7 min 30 s at graceful-terminate-sns, up to 10 min until the machine is gone",
      "costs  at most 0.3 instance-hours, while the replacement runs beside the instance",
      "AWS calls  1 to begin, 2 to 5 every 5 s to watch, 2 of the handler for each instance",
      "risks  A replacement may fail to launch (capacity, quota, image): the group then serves with fewer instances.",
      "",
      "2.7 s  i-1  Terminating: a user request; its target group deregisters it",
      "2.7 s  i-4  Pending: it is launched",
      "4.0 s  i-1  Terminating:Wait: it waits at graceful-terminate-sns",
      "4.0 s  i-1  the document is sent",
      "5.3 s  i-1  the stop script starts",
      "15.6 s  i-4  InService: it is registered with the target group",
      "25.8 s  i-4  the SSM agent is there",
      "28.3 s  i-1  the stop script ends with exit code 0",
      "31.0 s  i-1  the action of graceful-terminate-sns is completed with CONTINUE",
      "58.5 s  i-1  EC2 shuts the machine down: Auto Scaling terminates it",
      "",
      "Promises",
      "P1  kept  the stop script ended at most 3 s before the instance went on",
      "P2  kept  the stop script ran once, with 1 command",
      "P3  kept  the instance went on at most 3 s after the script's end",
      "P4  kept  the handler completed the action after 22 to 28 s; a default result comes with the hook's timeout of 450 s",
      "P5  not judged  no script failed, so no failure policy applied",
      "P10  not judged  nobody sees the handler's calls from outside; CloudTrail lists them",
      "kept  the stop script succeeded",
      "kept  3 of 3 instances are in service, and the desired capacity is 3",
      "",
      "Time per phase  predicted from the hook's instructions; --stack compares with a rehearsal",
      "PREDICTED  SEEN",
      "from the decision to the hook  0.0 s  0.0 to 1.4 s  within",
      "from the hook to the stop script  0.0 to 180.0 s  0.3 to 1.7 s  within",
      "the stop script  0.0 to 120.0 s  23.9 s  within",
      "from its end to the completion  0.0 to 120.0 s  0.0 to 2.7 s  within",
      "the whole scale-in  0.0 to 1050.0 s  55.9 s  within",
      "",
      "The scale-in of 1 instance went as promised. (56 AWS calls of this command)",
    ]);
    assert.equal(shown.code, 0);
    assert.deepEqual(changesIn(bed), ["TerminateInstanceInAutoScalingGroup"]);
  });

  it("sees the very times of the simulator between its bounds", async () => {
    bed = await openGroup({ args: { targetGroup: { port: 8080, deregistrationDelay: 120 } } });

    const report = reportIn(await drillAt(bed, { json: true }));

    const [gone] = bed.of("action").filter(({ phase }) => phase === "waiting");
    const at = (kind: "waiting" | "completed") =>
      bed.of("action").find(({ instance, phase }) => instance === gone?.instance && phase === kind)?.at ?? 0;
    const script = bed.of("script").filter(({ instance }) => instance === gone?.instance);
    const [begun = 0, ended = 0] = script.map(({ at: instant }) => instant);
    const decided = bed.of("instance").find(({ state }) => state === "Terminating")?.at ?? 0;
    const gaps = { toHook: at("waiting") - decided, toScript: begun - at("waiting"), script: ended - begun };
    for (const [phase, length] of Object.entries({ ...gaps, toCompletion: at("completed") - ended })) {
      const seen = report.phases.find((one) => one.phase === phase)?.seen;
      assert.ok(
        seen !== undefined && seen.min - 0.5 <= length / 1000 && length / 1000 <= seen.max + 0.5,
        phase,
      );
      assert.ok(seen.max - seen.min < 12, phase);
    }
  });

  it("lowers the desired capacity only where it is told to, and then nothing replaces the instance", async () => {
    bed = await openGroup();

    const shown = await drillAt(bed, { lowerDesired: true });

    assert.equal(shown.code, 0);
    assert.equal(bed.group.desired, 2);
    assert.equal(bed.of("instance").filter(({ state }) => state === "Pending").length, 0);
    assert.match(linesOf(bed, shown).join("\n"), /desired {2}3 becomes 2: nothing replaces it\n/);
    assert.match(linesOf(bed, shown).join("\n"), /kept {2}2 of 2 instances are in service/);
  });

  it("chooses the oldest instances that are healthy and not protected", async () => {
    bed = await openGroup();
    const { autoScaling } = bed.simulator;
    autoScaling.setDesired(bed.group, 4);
    await bed.pass(60);
    const [protectedOne, unhealthy, old, young] = [...bed.group.instances.values()];
    assert.ok(protectedOne && unhealthy && old && young);
    protectedOne.isProtected = true;
    unhealthy.health = "Unhealthy";
    // The list has no order that Auto Scaling promises.
    bed.group.instances.delete(old.id);
    bed.group.instances.set(old.id, old);

    await drillAt(bed);

    const ended = bed.of("action").filter(({ phase }) => phase === "waiting");
    assert.deepEqual(
      ended.map(({ instance }) => instance),
      [old.id],
    );
  });

  it("scales out, judges the launches, and says how to scale in again", async () => {
    bed = await openGroup({ args: { launch: { script: "ready", timeout: 60 } } });

    const shown = await drillAt(bed, { transition: "launch", instances: 2 });

    const text = linesOf(bed, shown).join("\n");
    assert.equal(shown.code, 0);
    assert.equal(bed.group.desired, 5);
    assert.match(
      text,
      /^A scale-out of 2 instances of web .*\nlaunches {2}2 instances, beside the 3 in service\n/,
    );
    assert.match(text, /i-4 {2}the launch script ends with exit code 0\n/);
    assert.match(text, /P1 {2}kept {2}the launch script ended .* \(the longest of 2\)\n/);
    assert.match(text, /from the hook to the launch script {2}0\.0 to 180\.0 s {2}.* {2}within\n/);
    assert.match(
      text,
      /web keeps its desired capacity of 5\. To scale in again: aws autoscaling set-desired-capacity --auto-scaling-group-name web --desired-capacity 3\n/,
    );
    assert.deepEqual(changesIn(bed), ["SetDesiredCapacity"]);
  });
});
