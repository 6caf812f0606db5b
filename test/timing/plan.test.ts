import assert from "node:assert/strict";
import {
  describeTimeline,
  providerTimeouts,
  timeline,
  worstCaseScaleIn,
  type Plan,
  type TargetGroupTimes,
} from "../../timing";

const targetGroup = (
  deregistrationDelay: number,
  others: Partial<TargetGroupTimes> = {},
): TargetGroupTimes => ({ argument: "targetGroup.deregistrationDelay", deregistrationDelay, ...others });
const balanced = (deregistrationDelay: number, others?: Partial<TargetGroupTimes>) => ({
  targetGroups: [targetGroup(deregistrationDelay, others)],
});

describe("worstCaseScaleIn", () => {
  it("counts the deregistration delay, which comes before the hook", () => {
    assert.equal(worstCaseScaleIn({ ...balanced(100), terminate: { timeout: 120 } }), 100 + 450);
  });

  it("takes Elastic Load Balancing's own delay if none is given", () => {
    const targetGroups = [{ argument: "targetGroup.deregistrationDelay" }];

    assert.equal(worstCaseScaleIn({ targetGroups, terminate: { timeout: 120 } }), 300 + 450);
  });

  it("counts no delay without a target group, and the longest of several", () => {
    assert.equal(worstCaseScaleIn({ terminate: { timeout: 120 } }), 450);
    assert.equal(
      worstCaseScaleIn({
        targetGroups: [targetGroup(10), targetGroup(70), targetGroup(0)],
        terminate: { timeout: 120 },
      }),
      70 + 450,
    );
  });

  it("counts at least the time for which a Network Load Balancer still opens connections", () => {
    const worst = (delay: number) =>
      worstCaseScaleIn({ ...balanced(delay, { isNetwork: true }), terminate: { timeout: 120 } });

    assert.deepEqual([0, 119, 121].map(worst), [120 + 450, 120 + 450, 121 + 450]);
  });
});

describe("providerTimeouts", () => {
  const plan = { ...balanced(100), terminate: { timeout: 120 }, launch: { timeout: 300 } };

  it("outlasts instances that are still launching and then scale in, and a target group that is exchanged", () => {
    assert.deepEqual(providerTimeouts(plan, false), {
      capacity: 0,
      create: 600,
      update: 100 + 600,
      delete: 600 + 630 + 100 + 450 + 600,
    });
  });

  it("empties a warm pool before the group, in the same time", () => {
    const { delete: group, ...others } = providerTimeouts(plan, false);
    const pooled = providerTimeouts({ ...plan, warmPool: { reuseOnScaleIn: false } }, false);

    assert.deepEqual(pooled, { ...others, delete: 2 * group });
  });

  it("outlasts the launch as well where the provider waits for instances", () => {
    assert.deepEqual(providerTimeouts(plan, true), {
      capacity: 600 + 630,
      create: 600 + 630 + 600,
      update: 600 + 630 + 100 + 600,
      delete: 600 + 630 + 100 + 450 + 600,
    });
  });
});

describe("timeline", () => {
  it("describes a scale-in from the load balancer to the end", () => {
    const text = describeTimeline(timeline({ ...balanced(30), terminate: { timeout: 120 } }));

    assert.equal(
      text,
      [
        "0 s Terminating: the target group sends no new requests and lets open ones finish for 30 s",
        "30 s Terminating:Wait: the hook fires (heartbeat timeout 450 s) and the stop document is sent",
        "210 s the stop document is on its way at the latest, even if the hook's event was lost or the SSM agent did not answer",
        "360 s the stop script has ended or was stopped after 120 s",
        "480 s the action is completed, even if the command's event was lost for 120 s; EC2 terminates the instance",
      ].join("\n"),
    );
  });

  it("says that there is no target group, that there are several, and how a Network Load Balancer lets go", () => {
    const beginning = (targetGroups: readonly TargetGroupTimes[]) =>
      describeTimeline(timeline({ targetGroups, terminate: { timeout: 120 } })).split("\n");
    const network = (closesConnections: boolean) => targetGroup(30, { isNetwork: true, closesConnections });

    assert.equal(describeTimeline(timeline({ terminate: { timeout: 120 } })), beginning([]).join("\n"));
    assert.deepEqual(beginning([]).slice(0, 2), [
      "0 s Terminating: there is no target group to drain",
      "0 s Terminating:Wait: the hook fires (heartbeat timeout 450 s) and the stop document is sent",
    ]);
    assert.equal(
      beginning([targetGroup(30), targetGroup(20)])[0],
      "0 s Terminating: the target groups send no new requests and let open ones finish for up to 30 s",
    );
    assert.deepEqual(beginning([network(true)]).slice(0, 2), [
      "0 s Terminating: new connections may still come in for 120 s; the target group lets open ones go on for up to 120 s",
      "120 s the Network Load Balancer closes the connections that are still open",
    ]);
    assert.deepEqual(beginning([targetGroup(150), network(false), network(true)]).slice(0, 2), [
      "0 s Terminating: new connections may still come in for 120 s; the target groups let open ones go on for up to 150 s",
      "150 s connections through the Network Load Balancer that are still open go on until the application closes them",
    ]);
  });

  it("says when the announce script has started at the latest", () => {
    const plan = (delay: number): Plan => ({
      ...balanced(delay),
      terminate: { timeout: 120 },
      announce: { timeout: 30 },
    });
    const announced = (delay: number) => timeline(plan(delay)).find(({ what }) => what.includes("announce"));

    for (const delay of [300, 60])
      assert.deepEqual(announced(delay), { at: 60, what: "the announce script has started" });
    assert.deepEqual(announced(59), {
      at: 59,
      what: "the announce script has started, unless no sweep has come before the stop document",
    });
    const { announce: _, ...without } = plan(300);
    assert.equal(timeline(without).length, timeline(plan(300)).length - 1);
  });

  it("names heartbeats and sessions where there are any", () => {
    const steps = timeline({ ...balanced(0), terminate: { timeout: 100, maxWait: 7200 } });

    assert.deepEqual(
      steps.map(({ at }) => at),
      [0, 0, 900, 2400, 900 + 30 + 7200, 900 + 30 + 7300, 900 + 30 + 7300 + 120],
    );
    assert.match(
      describeTimeline(steps),
      /2400 s first heartbeat; from here one every 2400 s until the budget of \d+ s is over/,
    );
    assert.match(describeTimeline(steps), /8130 s sessions have ended or were given up after 7200 s/);
  });

  it("says where an instance goes: to its end, or back to the warm pool", () => {
    const last = (reuseOnScaleIn: boolean) =>
      timeline({ terminate: { timeout: 120 }, warmPool: { reuseOnScaleIn } }).at(-1)?.what ?? "";

    assert.match(last(false), /EC2 terminates the instance$/);
    assert.match(last(true), /the instance returns to the warm pool$/);
  });

  it("is in the order of time, also where the first heartbeat comes before the latest start", () => {
    const steps = timeline({ ...balanced(0), terminate: { timeout: 120, heartbeatTimeout: 300 } });

    assert.deepEqual(
      steps.map(({ at }) => at),
      [0, 0, 100, 180, 330, 450],
    );
  });
});
