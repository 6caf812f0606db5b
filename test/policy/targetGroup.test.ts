import assert from "node:assert/strict";
import { findings, later, resource } from "../support/policy";

describe("the policy target-group-deregistration-delay", () => {
  const found = (props: Record<string, unknown>, config = {}) =>
    findings("target-group-deregistration-delay", [resource("TargetGroup", "web", props)], config);

  it("takes both ends of its range and nothing beyond", async () => {
    for (const deregistrationDelay of [1, 3600]) assert.deepEqual(await found({ deregistrationDelay }), []);
    assert.deepEqual(await found({ deregistrationDelay: 0 }), [
      'TargetGroup "web": deregistrationDelay is 0 s; it must be from 1 to 3600 s. Give the time that the longest request takes.',
    ]);
    assert.equal((await found({ deregistrationDelay: 121 }, { max: 120 })).length, 1);
    assert.equal((await found({ deregistrationDelay: 29 }, { min: 30 })).length, 1);
  });

  it("counts a delay that is not given as Elastic Load Balancing does", async () => {
    assert.deepEqual(await found({}), []);
    assert.match((await found({}, { max: 299 })).join(), /is not given, which makes it 300 s; it must be/);
  });

  it("asks for two minutes behind a Network Load Balancer, which opens connections for so long", async () => {
    for (const protocol of ["TCP", "TLS", "UDP", "TCP_UDP"]) {
      assert.deepEqual(await found({ deregistrationDelay: 120, protocol }), []);
      assert.deepEqual(await found({ deregistrationDelay: 119, protocol }), [
        'TargetGroup "web": deregistrationDelay is 119 s; it must be from 120 to 3600 s. Give the time that the longest connection takes; a Network Load Balancer may open new connections for two minutes more.',
      ]);
      assert.deepEqual(await found({ deregistrationDelay: 10, protocol }, { networkMin: 10 }), []);
    }
    assert.deepEqual(await found({ deregistrationDelay: 1, protocol: "HTTPS" }), []);
  });

  it("leaves alone target groups of functions, which have no connections", async () => {
    assert.deepEqual(await found({ deregistrationDelay: 0, targetType: "lambda" }), []);
  });

  it("says nothing of a delay that is not yet known", async () => {
    assert.deepEqual(await found({ deregistrationDelay: later }), []);
  });
});
