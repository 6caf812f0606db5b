import assert from "node:assert/strict";
import { changed, type Behaviour } from "../../simulator";
import { OnFailure } from "../../components";
import { drillAt, linesOf, openGroup, verdictsIn } from "../support/account/drilling";
import type { Setting, TestBed } from "../support/testBed";

/** Auto Scaling returns an instance to the warm pool that it terminates at a request. */
const returning =
  (changes: (usual: Behaviour) => Partial<Behaviour> = () => ({})) =>
  (usual: Behaviour): Behaviour =>
    changed(usual, { returnsAtRequest: () => true, ...changes(usual) });

const fails = returning((usual) => ({ script: (facts) => ({ ...usual.script(facts), exitCode: 3 }) }));

describe("graceful-asg drill of a group whose warm pool takes instances back", function () {
  this.timeout(60_000);

  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async ({ args, ...setting }: Setting = {}, prepared = 4) => {
    bed = await openGroup({
      behaviour: returning(),
      ...setting,
      args: {
        maxSize: 4,
        warmPool: { maxGroupPreparedCapacity: prepared, reuseOnScaleIn: true },
        ...args,
      },
    });
  };
  const drilled = async (options: Parameters<typeof drillAt>[1] = {}) => {
    const shown = await drillAt(bed, options);
    const lines = linesOf(bed, shown);
    return { lines, text: lines.join("\n"), code: shown.code };
  };

  it("follows an instance back into the pool", async () => {
    await open();

    const { code, lines, text } = await drilled();

    assert.match(text, /^(risks {2})?The warm pool takes instances back; AWS does not say whether /m);
    assert.deepEqual(
      lines.filter((line) => /^\d+\.\d s {2}i-1 /.test(line)).map((line) => line.replace(/\.\d s /, " s ")),
      [
        "2 s  i-1  Warmed:Pending: it was selected and returns to the warm pool; its target group deregisters it",
        "4 s  i-1  Warmed:Pending:Wait: it waits at graceful-terminate-sns",
        "4 s  i-1  the document is sent",
        "5 s  i-1  the stop script starts",
        "28 s  i-1  the stop script ends with exit code 0",
        "31 s  i-1  the action of graceful-terminate-sns is completed with CONTINUE",
        "59 s  i-1  Warmed:Stopped: it is in the warm pool",
      ],
    );
    assert.deepEqual(verdictsIn(text), {
      P1: "kept",
      P2: "kept",
      P3: "kept",
      P4: "kept",
      P5: "not judged",
      P10: "not judged",
      script: "kept",
      capacity: "kept",
    });
    assert.equal(code, 0);
  });

  it("follows an instance that the pool does not keep: what becomes of it then is no part of the drill", async () => {
    await open({}, 2);

    const { code, text } = await drilled({ lowerDesired: true });

    assert.match(text, /^\d+\.\d s {2}i-1 {2}Warmed:(Stopped|Terminating): it (is|was) in the warm pool$/m);
    assert.equal(
      bed.of("instance").some(({ state }) => state === "Warmed:Terminating"),
      true,
    );
    assert.doesNotMatch(text, /i-1 {2}EC2 shuts the machine down/);
    assert.equal(code, 0);
  });

  it("judges the failure policy by the return", async () => {
    await open({ behaviour: fails });

    const { code, text } = await drilled();

    assert.match(
      text,
      /^P5 {2}kept {2}the failure policy is continue, and the instance is in the warm pool$/m,
    );
    assert.equal(code, 1);
  });

  it("judges it by the retention, where the group retains", async () => {
    await open({
      behaviour: fails,
      args: { terminate: { script: "stop", timeout: 60, onFailure: OnFailure.Retain } },
    });

    const { text } = await drilled();

    assert.match(text, /i-1 {2}Warmed:Pending:Retained: it is kept for inspection$/m);
    assert.match(text, /^P5 {2}kept {2}the failure policy is retain, and the instance is retained$/m);
  });

  it("says in its report how the instance has ended, which no page of AWS says", async () => {
    await open();
    const { text } = await drillAt(bed, { json: true });
    assert.match(text, /"name": "endsWithReuse",[^}]*"value": \[\s*"in the warm pool"\s*\]/);
    await bed.close();

    await open({ behaviour: (usual) => usual });
    const ended = await drillAt(bed, { json: true });
    assert.match(ended.text, /"name": "endsWithReuse",[^}]*"value": \[\s*"gone"\s*\]/);
  });
});
