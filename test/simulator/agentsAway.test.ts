import assert from "node:assert/strict";
import { SendCommandCommand } from "@aws-sdk/client-ssm";
import { withIncidents, withInstance, type Incident } from "../../simulator";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";
import { scriptsOf, statusesOf } from "./progress";

describe("SSM in the simulator, while an agent is away", () => {
  let bed: TestBed;
  afterEach(() => bed.close());
  const open = async (setting: Setting = {}) => (bed = await TestBed.open(withoutDrain(setting)));
  const withIncident = (incident: Incident): Setting => ({
    behaviour: (usual) => withIncidents(usual, incident),
  });
  const statuses = () => statusesOf(bed);
  const scripts = () => scriptsOf(bed);

  it("keeps a command for an agent that is away, but not beyond the delivery timeout", async () => {
    await open(withIncident({ kind: "agentAway", from: 0, to: 20_000 }));
    await bed.scaleIn(1);
    await bed.pass(30);
    assert.equal(statuses().at(-1), "InProgress");
    await bed.close();

    await open({
      ...withIncident({ kind: "agentAway", from: 0, to: 32_000 }),
      world: (world) => ({ ...world, rules: [] }),
    });
    await bed.scaleIn(1);
    await bed.pass(150);
    assert.deepEqual(statuses(), ["Pending"]);
    assert.deepEqual(scripts(), []);
    await bed.pass(200);
    assert.deepEqual(statuses(), ["Pending", "TimedOut"]);
  });

  it("takes commands for an agent that has just gone away, but refuses commands after some minutes", async () => {
    await open({
      ...withIncident({ kind: "agentAway", from: 0, to: 900_000 }),
      world: (world) => ({ ...world, subscriptions: [], rules: [] }),
    });
    await bed.scaleIn(1);
    await bed.pass(100);
    const [InstanceId = ""] = bed.group.instances.keys();
    const [DocumentName = ""] = bed.world.documents.keys();
    const send = () =>
      bed.call(() => bed.ssm.send(new SendCommandCommand({ DocumentName, InstanceIds: [InstanceId] })));

    assert.equal((await send()).Command?.Status, "Pending");
    await bed.pass(300);
    await assert.rejects(send(), {
      name: "InvalidInstanceId",
      message: `Instances [[${InstanceId}]] not in a valid state for account 123456789012`,
    });
  });

  it("never takes a command for an instance whose agent has not registered", async () => {
    await open({
      behaviour: (usual) => withInstance(usual, (instance) => ({ ...instance, agentStart: Infinity })),
    });
    await bed.scaleIn(1);
    await bed.pass(20);

    assert.ok(bed.calls().includes("SendCommand: InvalidInstanceId"));
  });

  it("never registers an agent whose role does not allow it", async () => {
    await open({
      world: (world) => ({ ...world, groups: world.groups.map((group) => ({ ...group, isManaged: false })) }),
    });
    await bed.scaleIn(1);
    await bed.pass(20);

    assert.ok(bed.calls().includes("SendCommand: InvalidInstanceId"));
  });

  it("reports a script that goes on while its agent restarts, once the agent is back", async () => {
    await open({ ...withIncident({ kind: "agentAway", from: 4_000, to: 60_000 }), scriptSeconds: 10 });
    await bed.scaleIn(1);
    await bed.pass(120);

    const ended = bed.of("script").find(({ phase }) => phase === "ended");
    const reported = bed.of("command").find(({ status }) => status === "Success");
    assert.ok(ended && reported && reported.at - ended.at > 30_000);
  });

  it("reports a script that a reboot cuts off as failed", async () => {
    await open({
      ...withIncident({ kind: "reboot", from: 5_000, to: 30_000 }),
      world: (world) => ({ ...world, rules: [] }),
    });
    await bed.scaleIn(1);
    await bed.pass(200);

    assert.deepEqual(scripts(), ["started", "killed"]);
    assert.deepEqual(statuses(), ["Pending", "InProgress", "Failed"]);
  });
});
