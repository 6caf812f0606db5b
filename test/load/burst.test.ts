import assert from "node:assert/strict";
import { changed } from "../../simulator";
import { Stand } from "../support/box";

describe("P10, under throttling", function () {
  this.timeout(300_000);

  it("works off a burst of a thousand at five SendCommand a second: each once, within 120 s, 300 s billed in all", async () => {
    const stand = await Stand.open({
      args: { targetGroup: { port: 8080, deregistrationDelay: 0 } },
      conduct: (usual) =>
        changed(usual, { callRate: (action) => (action === "SendCommand" ? 5 : usual.callRate(action)) }),
    });
    await stand.scaleIn(1000);
    await stand.pass(420);

    const ends = stand.of("action").filter(({ phase }) => phase === "completed");
    const starts = stand.of("script").filter(({ phase }) => phase === "started");
    assert.equal(ends.filter(({ by }) => by === "call").length, 1000);
    assert.equal(starts.length, 1000);
    const waits = new Map(
      stand.of("action").flatMap(({ at, instance, phase }) => (phase === "waiting" ? [[instance, at]] : [])),
    );
    const slowest = Math.max(...starts.map(({ at, instance }) => at - (waits.get(instance) ?? 0)));
    assert.ok(slowest <= 120_000, `the slowest started after ${slowest} ms`);
    const billed = stand.of("invocation").reduce((sum, one) => sum + (one.billed ?? 0), 0) / 1000;
    assert.ok(billed <= 300, `${billed} s billed`);
    assert.ok(sentBySweeps(stand) <= 60, `${sentBySweeps(stand)} by the sweep`);
    await stand.close();
  });
});

/** SendCommand calls of sweeps, which send to several or without a token; those that AWS took. */
function sentBySweeps(stand: Stand): number {
  const sweeping = new Set<string>();
  let sent = 0;
  for (const one of stand.box.occurrences) {
    if (one.kind === "invocation" && one.trigger === "Scheduled Event") {
      if (one.phase === "started") sweeping.add(one.environment);
      else sweeping.delete(one.environment);
    }
    if (one.kind === "call" && one.action === "SendCommand" && sweeping.has(one.caller)) sent += 1;
  }
  return sent;
}
