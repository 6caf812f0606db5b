import assert from "node:assert/strict";
import { changed } from "../../simulator";
import { TestBed } from "../support/testBed";

describe("P10, under throttling: the handler", function () {
  this.timeout(300_000);

  it("works off a burst of a thousand instances at five SendCommand a second: each script once, within 120 s, 300 s billed in all", async () => {
    const bed = await TestBed.open({
      args: { targetGroup: { port: 8080, deregistrationDelay: 0 } },
      behaviour: (usual) =>
        changed(usual, { callRate: (action) => (action === "SendCommand" ? 5 : usual.callRate(action)) }),
    });
    await bed.scaleIn(1000);
    await bed.pass(420);

    const ends = bed.of("action").filter(({ phase }) => phase === "completed");
    const starts = bed.of("script").filter(({ phase }) => phase === "started");
    assert.equal(ends.filter(({ by }) => by === "call").length, 1000);
    assert.equal(starts.length, 1000);
    const waits = new Map(
      bed.of("action").flatMap(({ at, instance, phase }) => (phase === "waiting" ? [[instance, at]] : [])),
    );
    const slowest = Math.max(...starts.map(({ at, instance }) => at - (waits.get(instance) ?? 0)));
    assert.ok(slowest <= 120_000, `the slowest started after ${slowest} ms`);
    const billed = bed.of("invocation").reduce((sum, one) => sum + (one.billed ?? 0), 0) / 1000;
    assert.ok(billed <= 300, `${billed} s billed`);
    assert.ok(sentBySweeps(bed) <= 60, `${sentBySweeps(bed)} by the sweep`);
    await bed.close();
  });
});

/** How many SendCommand calls sweeps have made. */
function sentBySweeps(bed: TestBed): number {
  const sweeping = new Set<string>();
  let sent = 0;
  for (const one of bed.simulator.events) {
    if (one.kind === "invocation" && one.trigger === "Scheduled Event") {
      if (one.phase === "started") sweeping.add(one.environment);
      else sweeping.delete(one.environment);
    }
    if (one.kind === "call" && one.action === "SendCommand" && sweeping.has(one.caller)) sent += 1;
  }
  return sent;
}
