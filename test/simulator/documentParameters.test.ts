import assert from "node:assert/strict";
import { SendCommandCommand } from "@aws-sdk/client-ssm";
import type { World } from "../../simulator";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";
import { scriptsOf, statusesOf } from "./progress";

describe("SSM in the simulator, with parameters of documents", () => {
  let bed: TestBed;
  afterEach(() => bed.close());
  const open = async (setting: Setting = {}) => (bed = await TestBed.open(withoutDrain(setting)));
  const statuses = () => statusesOf(bed);
  const scripts = () => scriptsOf(bed);

  it("lets no agent run a document with a pattern that Go does not compile, or a value that does not match its pattern", async () => {
    const refused = [
      "^[a-z0-9-]{0,1400}$",
      "^([a-z0-9-]{0,100}){0,11}$",
      "^(?=web)[a-z0-9-]*$",
      "^(w)\\1*",
      "^[a-z0-9-]++$",
    ];
    const taken = ["^[a-z0-9-]{0,1000}$", "^([a-z0-9-]{0,100}){0,10}$", "[a-z]", ""];
    for (const [patterns, expected] of [
      [refused, ["Pending", "Failed"]],
      [taken, ["Pending", "InProgress", "Success"]],
    ] as const) {
      for (const pattern of patterns) {
        await open({ world: (world) => withPattern(world, "group", pattern) });
        await bed.scaleIn(1);
        await bed.pass(120);

        assert.deepEqual(statuses().slice(0, expected.length), expected, pattern);
        assert.equal(scripts().length === 0, patterns === refused, pattern);
        assert.equal(/group/.test(bed.of("command").at(-1)?.why ?? ""), patterns === refused, pattern);
        await bed.close();
      }
    }
    // SSM itself checks the values first.
    await open({ world: (world) => withPattern(world, "hook", "^graceful-[a-z]+$") });
    await bed.scaleIn(1);
    await bed.pass(120);
    assert.ok(bed.calls().includes("SendCommand: InvalidParameters"), bed.calls().join());
  });

  it("lets the agent check the default of a parameter that is not given, which SSM does not check", async () => {
    await open({
      world: (world) => ({ ...withPattern(world, "since", "^\\d+$"), subscriptions: [], rules: [] }),
    });
    await bed.scaleIn(1);
    await bed.pass(60);
    const [InstanceId = ""] = bed.group.instances.keys();
    const [DocumentName = ""] = bed.world.documents.keys();
    const send = (Parameters: Record<string, string[]>) =>
      bed.call(() =>
        bed.ssm.send(new SendCommandCommand({ DocumentName, InstanceIds: [InstanceId], Parameters })),
      );
    await send({});
    await bed.pass(10);
    assert.deepEqual(statuses(), ["Pending", "Failed"]);

    await send({ since: ["1767268800"] });
    await bed.pass(10);
    assert.equal(statuses().at(-1), "InProgress");
    await assert.rejects(send({ since: ["yesterday"] }), { name: "InvalidParameters" });
    await assert.rejects(send({ stranger: ["x"] }), { name: "InvalidParameters" });
  });
});

/** A world in which a parameter of every document has another pattern. */
function withPattern(world: World, name: string, allowedPattern: string): World {
  const changedContent = (content: string) => {
    const document = JSON.parse(content) as { parameters: Record<string, object> };
    const parameter = { ...document.parameters[name], allowedPattern };
    return JSON.stringify({ ...document, parameters: { ...document.parameters, [name]: parameter } });
  };
  return {
    ...world,
    documents: new Map([...world.documents].map(([key, content]) => [key, changedContent(content)])),
  };
}
