import assert from "node:assert/strict";
import { operatorKey } from "../../simulator";
import { TestBed } from "../support/testBed";
import { illegalCalls } from "../support/illegalCalls";
import { rawCall } from "../support/rawCall";

describe("the simulator refuses, as AWS does,", () => {
  let bed: TestBed;
  let names: Readonly<Record<string, string>>;
  before(async () => {
    bed = await TestBed.open();
    bed.simulator.autoScaling.populate(bed.group, 2);
    const [instance = ""] = bed.group.instances.keys();
    const [document = ""] = bed.world.documents.keys();
    const [topic = ""] = bed.world.topics;
    const [role = ""] = bed.world.roles.keys();
    const sent = await call("ssm", "SendCommand", { DocumentName: document, InstanceIds: [instance] });
    const command = (JSON.parse(sent.body) as { Command: { CommandId: string } }).Command.CommandId;
    names = {
      GROUP: bed.group.settings.name,
      INSTANCE: instance,
      DOCUMENT: document,
      TOPIC: topic,
      ROLE: role,
      COMMAND: command,
    };
  });
  after(() => bed.close());

  const call = (
    ...[service, action, input]: [Parameters<typeof rawCall>[2], string, Readonly<Record<string, unknown>>]
  ) => bed.call(() => rawCall(bed.url, operatorKey, service, action, input));
  const fill = (text: string) =>
    text.replaceAll(/\$([A-Z]+)/g, (whole, name: string) => names[name] ?? whole);

  for (const [name, { action, code, input, quoted, service }] of Object.entries(illegalCalls)) {
    it(`${name}: ${code}`, async () => {
      const answer = await call(
        service,
        action,
        JSON.parse(fill(JSON.stringify(input))) as Record<string, unknown>,
      );

      assert.equal(answer.code, code, answer.body);
      assert.ok(answer.status >= 400 && answer.status < 500);
      if (quoted) assert.ok(answer.message.includes(fill(quoted.message)), answer.message);
    });
  }

  it("a fifty-first hook: LimitExceeded", async () => {
    const put = (index: number) =>
      call("autoscaling", "PutLifecycleHook", {
        AutoScalingGroupName: names["GROUP"],
        LifecycleHookName: `hook-${index}`,
        LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
      });
    for (let index = bed.group.hooks.size; index < 50; index += 1) assert.equal((await put(index)).code, "");

    assert.equal((await put(50)).code, "LimitExceeded");
  });

  it("a caller that it does not know: InvalidClientTokenId", async () => {
    const answer = await bed.call(() =>
      rawCall(bed.url, "SOMEBODY", "autoscaling", "DescribeAutoScalingGroups", {}),
    );

    assert.equal(answer.code, "InvalidClientTokenId");
  });

  it("a service that it does not have", async () => {
    const answer = await bed.call(() => rawCall(bed.url, operatorKey, "kms" as "sns", "ListKeys", {}));

    assert.equal(answer.code, "UnknownService");
  });

  it("an action that it does not have: InvalidAction", async () => {
    assert.equal((await call("autoscaling", "AttachInstances", {})).code, "InvalidAction");
  });
});
