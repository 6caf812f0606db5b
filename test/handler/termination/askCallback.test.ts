import assert from "node:assert/strict";
import type { BusyInstance } from "../../../contract";
import type { Said } from "../../../handler/busy/answer";
import { askCallback } from "../../../handler/termination/askCallback";
import type { TerminationRequest } from "../../../handler/termination/request";
import { recordedLog } from "../../support/recordedLog";
import { askedAt, idsOf, noChance, scaleIn, virtualTime } from "./policyWorld";

/** What a callback does about an instance: its answer, after so much time; an error is thrown. */
interface Callback {
  readonly takes?: (id: string) => number;
  readonly says?: (id: string) => boolean | Error;
}

/** Asks a callback for so much time, ms. */
async function asked(request: TerminationRequest, time: number, { says, takes }: Callback) {
  const { after, clock, played, timeline } = virtualTime();
  const { lines, log } = recordedLog();
  const queries: { query: BusyInstance; at: number }[] = [];
  const isBusy = async (query: BusyInstance) => {
    queries.push({ query, at: timeline.now });
    const answer = await after(takes?.(query.instanceId) ?? 0, says?.(query.instanceId) ?? false);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const into = new Map<string, Said>();
  const { took } = await played(askCallback({ clock, isBusy, log }, request, askedAt + time, into, noChance));
  const idsAt = (instant: number) =>
    queries.filter(({ at }) => at === instant).map(({ query }) => query.instanceId);
  return { queries: queries.map(({ query }) => query), idsAt, into, lines, took };
}

const never = { takes: () => Infinity };

describe("a termination policy that asks a callback", () => {
  it("asks nobody where there is no callback", async () => {
    const { clock, played } = virtualTime();
    const { lines, log } = recordedLog();
    const into = new Map<string, Said>();
    const context = { clock, isBusy: undefined, log };
    const { took } = await played(askCallback(context, scaleIn(1, 3), askedAt + 1_000, into, noChance));

    assert.deepEqual([took, lines, [...into]], [0, [], []]);
  });

  it("says which instance of which group it asks about, and that no hook is concerned", async () => {
    const { queries } = await asked(scaleIn(1, 1), 1_000, {});

    assert.deepEqual(queries, [{ instanceId: "i-0", groupName: "web", hookName: "" }]);
  });

  it("notes the answers, with the time when it asked", async () => {
    const { into, lines } = await asked(scaleIn(2, 2), 1_000, {
      takes: () => 40,
      says: (id) => id === "i-0",
    });

    assert.deepEqual(
      [...into],
      [
        ["i-0", { answer: "busy", askedAt }],
        ["i-1", { answer: "idle", askedAt }],
      ],
    );
    assert.deepEqual(lines, []);
  });

  it("asks about twenty instances side by side", async () => {
    const { idsAt } = await asked(scaleIn(1, 100), 400, never);

    assert.deepEqual(idsAt(0), idsOf(20));
  });

  it("asks about three times as many as have to go, where that is more", async () => {
    const { idsAt } = await asked(scaleIn(10, 100), 400, never);

    assert.deepEqual(idsAt(0), idsOf(30));
  });

  it("asks about two hundred side by side at most", async () => {
    const { idsAt } = await asked(scaleIn(100, 300), 400, never);

    assert.deepEqual(idsAt(0), idsOf(200));
  });

  it("asks about more side by side where many turn out to be busy", async () => {
    const { idsAt } = await asked(scaleIn(1, 200), 400, {
      takes: (id) => (idsOf(50).includes(id) ? 0 : Infinity),
      says: () => true,
    });

    // Fifty have answered, and fifty more do not.
    assert.deepEqual(idsAt(0), idsOf(100));
  });

  it("goes on with others after half a second without an answer", async () => {
    const { idsAt, queries } = await asked(scaleIn(1, 100), 900, never);

    assert.deepEqual(idsAt(500), idsOf(40).slice(20));
    assert.equal(queries.length, 40);
  });

  it("counts an answer that comes after its turn", async () => {
    const { into } = await asked(scaleIn(1, 100), 1_000, {
      takes: (id) => (id === "i-0" ? 700 : Infinity),
    });

    assert.deepEqual([...into], [["i-0", { answer: "idle", askedAt }]]);
  });

  it("waits for such an answer where nobody is left to ask", async () => {
    const { into, took } = await asked(scaleIn(2, 2), 1_000, {
      takes: (id) => (id === "i-0" ? 700 : 0),
      says: () => true,
    });

    assert.deepEqual([into.size, took], [2, 700]);
  });

  it("asks about nobody at the end of its time, nor later", async () => {
    const { queries, took } = await asked(scaleIn(1, 100), 500, never);

    assert.deepEqual([queries.length, took], [20, 500]);
  });

  it("ends when its time is over, also in the middle of a turn", async () => {
    assert.equal((await asked(scaleIn(1, 100), 300, never)).took, 300);
  });

  it("ends as soon as enough instances are idle, though others have not answered", async () => {
    const { queries, took } = await asked(scaleIn(1, 100), 1_000, {
      takes: (id) => (id === "i-3" ? 10 : Infinity),
    });

    assert.deepEqual([queries.length, took], [20, 10]);
  });

  it("does not take a busy instance for an idle one", async () => {
    const { queries, took } = await asked(scaleIn(1, 100), 1_000, {
      takes: (id) => (id === "i-3" ? 10 : Infinity),
      says: () => true,
    });

    assert.deepEqual([queries.length, took], [41, 1_000]);
  });

  it("ends when it has asked about all instances", async () => {
    const { into, took } = await asked(scaleIn(1, 30), 1_000, { takes: () => 10, says: () => true });

    assert.deepEqual([into.size, took], [30, 20]);
  });

  it("asks about no instance of a share that has enough", async () => {
    const inZone = (zone: string) => (id: string) => ({ id, zone, market: undefined });
    const request = {
      ...scaleIn(1, 0),
      shares: ["a", "b"].map((zone) => ({ zone, market: undefined, capacity: 1 })),
      candidates: [...idsOf(40, "a").map(inZone("a")), ...idsOf(1, "b").map(inZone("b"))],
    };
    const { queries } = await asked(request, 1_000, { takes: () => 10 });

    assert.deepEqual(
      queries.map(({ instanceId }) => instanceId),
      [...idsOf(20, "a"), "b-0"],
    );
  });

  it("writes one line about all calls that fail, with the last error", async () => {
    const { into, lines } = await asked(scaleIn(4, 4), 1_000, {
      says: (id) => (id === "i-0" ? false : new Error(`not ${id}`)),
    });

    assert.deepEqual([...into.keys()], ["i-0"]);
    assert.deepEqual(lines, [
      { level: "warn", message: "isBusy failed for 3 instances", group: "web", error: "Error: not i-3" },
    ]);
  });
});
