import assert from "node:assert/strict";
import { deregistrationDelayOf, deregistrationTime, isNetworkProtocol } from "../../timing";

describe("the time that a target group takes to deregister an instance", () => {
  it("is its delay, or Elastic Load Balancing's own", () => {
    assert.equal(deregistrationTime({ deregistrationDelay: 0 }), 0);
    assert.equal(deregistrationTime({}), 300);
  });

  it("is two minutes at least behind a Network Load Balancer", () => {
    const times = [0, 120, 121].map((deregistrationDelay) =>
      deregistrationTime({ deregistrationDelay, isNetwork: true }),
    );

    assert.deepEqual(times, [120, 120, 121]);
    assert.equal(deregistrationTime({ isNetwork: true }), 300);
  });

  it("is the longest of several, and none without a target group", () => {
    const longest = (...delays: number[]) =>
      deregistrationDelayOf({
        targetGroups: delays.map((deregistrationDelay, index) => ({
          argument: `targetGroups[${index}].deregistrationDelay`,
          deregistrationDelay,
        })),
        terminate: { timeout: 120 },
      });

    assert.equal(longest(), 0);
    assert.equal(longest(7, 9, 8), 9);
  });
});

describe("the protocols of a Network Load Balancer", () => {
  it("are all that work below HTTP", () => {
    for (const protocol of ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"])
      assert.ok(isNetworkProtocol(protocol), protocol);
    for (const protocol of ["HTTP", "HTTPS", "GENEVE", "", undefined])
      assert.ok(!isNetworkProtocol(protocol), protocol);
  });
});
