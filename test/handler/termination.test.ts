import assert from "node:assert/strict";
import fc from "fast-check";
import type { Said } from "../../handler/busy/answer";
import { answerRequest, type PolicyContext } from "../../handler/termination/answer";
import { choose } from "../../handler/termination/choose";
import { isIn, readRequest, type TerminationRequest } from "../../handler/termination/request";
import { handlerContext, type ContextChanges } from "../support/handlerContext";

const zones = ["a", "b", "c"] as const;
const markets = ["on-demand", "spot"] as const;

/** A question of Auto Scaling, with what each instance says. */
const questions = fc.record({
  shares: fc.uniqueArray(
    fc.record({
      AvailabilityZone: fc.constantFrom(...zones),
      InstanceMarketOption: fc.constantFrom(...markets),
      Capacity: fc.integer({ min: 1, max: 5 }),
    }),
    { selector: (one) => `${one.AvailabilityZone} ${one.InstanceMarketOption}` },
  ),
  instances: fc.array(
    fc.record({
      AvailabilityZone: fc.constantFrom(...zones),
      InstanceMarketOption: fc.constantFrom(...markets),
      says: fc.constantFrom("busy", "idle", undefined),
    }),
    { minLength: 1, maxLength: 40 },
  ),
});

function requestOf({ instances, shares }: typeof questions extends fc.Arbitrary<infer One> ? One : never) {
  const answers = new Map<string, Said>();
  const Instances = instances.map(({ says, ...place }, index) => {
    const InstanceId = `i-${index}`;
    if (says !== undefined) answers.set(InstanceId, { answer: says, askedAt: index });
    return { ...place, InstanceId };
  });
  const request = readRequest({
    AutoScalingGroupName: "web",
    Cause: "SCALE_IN",
    CapacityToTerminate: shares,
    Instances,
  });
  assert.ok(request);
  return { request, answers };
}

const rank = { idle: 0, unknown: 1, busy: 2 } as const;

describe("the choice of a termination policy", () => {
  it("is never empty, names no instance twice, and no more than have to go in any share", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { answers, request } = requestOf(question);
        const chosen = choose(request, answers).map(({ id }) => id);

        assert.ok(chosen.length > 0);
        assert.equal(new Set(chosen).size, chosen.length);
        for (const share of request.shares) {
          const named = request.candidates.filter((one) => isIn(share, one) && chosen.includes(one.id));
          assert.ok(named.length <= share.capacity);
        }
      }),
    );
  });

  it("names in a share no instance where a better one is left, and only instances of one class", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { answers, request } = requestOf(question);
        const chosen = new Map(choose(request, answers).map(({ id, standing }) => [id, standing]));
        for (const share of request.shares) {
          const own = request.candidates.filter((one) => isIn(share, one));
          const named = own.flatMap(({ id }) => chosen.get(id) ?? []);
          const left = own
            .filter(({ id }) => !chosen.has(id))
            .map(({ id }) => answers.get(id)?.answer ?? ("unknown" as const));
          assert.ok(new Set(named).size <= 1);
          for (const one of named)
            for (const other of left) assert.ok(rank[one] <= rank[other], `${one} before ${other}`);
        }
      }),
    );
  });

  it("takes the instances that said so last", () => {
    const { request } = requestOf({
      shares: [{ AvailabilityZone: "a", InstanceMarketOption: "spot", Capacity: 1 }],
      instances: [1, 2, 3].map(() => ({
        AvailabilityZone: "a",
        InstanceMarketOption: "spot",
        says: undefined,
      })),
    });
    const said = (askedAt: number): Said => ({ answer: "idle", askedAt });
    const answers = new Map([
      ["i-0", said(5)],
      ["i-1", said(9)],
      ["i-2", said(7)],
    ]);

    assert.deepEqual(choose(request, answers), [{ id: "i-1", standing: "idle" }]);
  });
});

describe("the question of Auto Scaling", () => {
  for (const event of [undefined, null, 1, "x", [], {}, { Instances: "i-1" }])
    it(`is not in ${JSON.stringify(event)}`, () => {
      assert.equal(readRequest(event), undefined);
    });

  it("is one share where its shares fit no instance, or where it has none: the choice must not be empty", () => {
    const Instances = [{ InstanceId: "i-1", AvailabilityZone: "a" }, {}, 7];
    const elsewhere = [{ AvailabilityZone: "b", Capacity: 3 }];
    for (const [CapacityToTerminate, capacity] of [
      [elsewhere, 3],
      [undefined, 1],
      [[{ AvailabilityZone: "a", Capacity: 0 }], 1],
    ] as const) {
      const request = readRequest({ Instances, CapacityToTerminate });
      assert.deepEqual(request?.shares, [{ zone: undefined, market: undefined, capacity }]);
      assert.deepEqual(choose(request, new Map()), [{ id: "i-1", standing: "unknown" }]);
    }
  });
});

describe("the answer of a termination policy", () => {
  const request: TerminationRequest = {
    group: "web",
    cause: "SCALE_IN",
    shares: [{ zone: "a", market: undefined, capacity: 1 }],
    candidates: ["i-1", "i-2", "i-3"].map((id) => ({ id, zone: "a", market: undefined })),
  };
  const group = (busy: string | undefined) => () =>
    Promise.resolve({
      name: "web",
      instances: [],
      hasUnreadPool: false,
      repeats: false,
      busy,
      revisions: [],
    });
  const contextOf = (changes: ContextChanges): PolicyContext => ({
    ...handlerContext({ autoScaling: { group: group(undefined) }, ...changes }),
    random: () => 0,
  });

  it("names an instance whatever fails: the group, the callback, the checks", async () => {
    const fails = () => Promise.reject(new Error("AWS is away"));
    const throws = () => {
      throw new Error("before there is a promise");
    };
    const handler = handlerContext({}).handler;
    const contexts = [
      contextOf({ autoScaling: { group: fails } }),
      contextOf({ isBusy: fails }),
      contextOf({ isBusy: throws }),
      contextOf({ autoScaling: { group: group(`document=${handler}.check`) }, busyChecks: { sent: fails } }),
      contextOf({
        autoScaling: { group: group(`document=${handler}.check`) },
        busyChecks: { sent: () => new Promise(() => undefined) },
      }),
    ];
    for (const context of contexts) assert.equal((await answerRequest(context, request, 100)).length, 1);
  });

  it("takes the word of a callback, and writes one line that says which, why and how long", async () => {
    const lines: object[] = [];
    const context = contextOf({
      isBusy: ({ hookName, instanceId }) => Promise.resolve(hookName !== "" || instanceId !== "i-3"),
      log: {
        info: (line) => lines.push(line),
        warn: (line) => lines.push(line),
        error: (line) => lines.push(line),
      },
    });
    const chosen = await answerRequest(context, request, 1_000);

    assert.deepEqual(chosen, [{ id: "i-3", standing: "idle" }]);
    assert.deepEqual(lines, [
      {
        message: "chose 1 of 3 instances: i-3 (idle)",
        group: "web",
        decision: "choose",
        cause: "SCALE_IN",
        standings: { idle: 1, unknown: 0, busy: 2 },
        elapsed: 0,
      },
    ]);
  });

  it("asks by no document of another handler, whatever the tag of a group says", async () => {
    const context = contextOf({ autoScaling: { group: group("document=other.check protect") } });

    assert.deepEqual(await answerRequest(context, request, 1_000), [{ id: "i-1", standing: "unknown" }]);
  });
});
