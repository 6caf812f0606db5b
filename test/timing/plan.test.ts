import assert from "node:assert/strict";
import { describeTimeline, providerTimeouts, timeline, worstCaseScaleIn } from "../../timing";

describe("worstCaseScaleIn", () => {
  it("counts the deregistration delay, which comes before the hook", () => {
    assert.equal(worstCaseScaleIn({ deregistrationDelay: 100, terminate: { timeout: 120 } }), 100 + 450);
  });

  it("takes Elastic Load Balancing's own delay if none is given", () => {
    assert.equal(worstCaseScaleIn({ terminate: { timeout: 120 } }), 300 + 450);
  });
});

describe("providerTimeouts", () => {
  const plan = { deregistrationDelay: 100, terminate: { timeout: 120 }, launch: { timeout: 300 } };

  it("outlasts instances that are still launching and then scale in, and a target group that is exchanged", () => {
    assert.deepEqual(providerTimeouts(plan, false), {
      capacity: 0,
      create: 600,
      update: 100 + 600,
      delete: 600 + 630 + 100 + 450 + 600,
    });
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
    const text = describeTimeline(timeline({ deregistrationDelay: 30, terminate: { timeout: 120 } }));

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

  it("names heartbeats and sessions where there are any", () => {
    const steps = timeline({ deregistrationDelay: 0, terminate: { timeout: 100, maxWait: 7200 } });

    assert.deepEqual(
      steps.map(({ at }) => at),
      [0, 0, 900, 2400, 900 + 30 + 7200, 900 + 30 + 7300, 900 + 30 + 7300 + 120],
    );
    assert.match(describeTimeline(steps), /2400 s first heartbeat; from here one every 2400 s/);
    assert.match(describeTimeline(steps), /8130 s sessions have ended or were given up after 7200 s/);
  });

  it("is in the order of time, also where the first heartbeat comes before the latest start", () => {
    const steps = timeline({ deregistrationDelay: 0, terminate: { timeout: 120, heartbeatTimeout: 300 } });

    assert.deepEqual(
      steps.map(({ at }) => at),
      [0, 0, 100, 180, 330, 450],
    );
  });
});
