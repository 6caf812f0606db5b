import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  TargetGroupProtocol,
  type GracefulAutoScalingGroupArgs,
  type TargetGroupArgs,
} from "../../../components";
import { decodeInstructions } from "../../../contract";
import { ofType, type Registration } from "../../../evaluate/registration";
import { groupArgs, only, registered } from "../../support/deployment";
import { groupOf, launch, make, types } from "./make";

describe("the target group of a GracefulAutoScalingGroup", () => {
  let all: readonly Registration[];
  before(async () => (all = await make({ launch })));

  it("drains for as long as the hook's instructions say", () => {
    const { inputs } = only(all, types.targetGroup);

    assert.equal(inputs["deregistrationDelay"], 300);
    assert.equal(inputs["targetType"], "instance");
    assert.deepEqual(groupOf(all).inputs["targetGroupArns"], [only(all, types.targetGroup).state["arn"]]);
  });
});

describe("the target group of a Network Load Balancer", () => {
  const network = (targetGroup: Partial<TargetGroupArgs>) =>
    make({ targetGroup: { port: 5432, protocol: "TCP", ...targetGroup } });

  it("has the attributes of such target groups", async () => {
    const all = await network({
      connectionTermination: true,
      preserveClientIp: false,
      proxyProtocolV2: true,
      stickiness: { type: "source_ip" },
    });

    const { inputs } = only(all, types.targetGroup);
    assert.equal(inputs["protocol"], "TCP");
    assert.equal(inputs["connectionTermination"], true);
    assert.equal(inputs["preserveClientIp"], "false");
    assert.equal(inputs["proxyProtocolV2"], true);
    assert.deepEqual(inputs["stickiness"], { type: "source_ip" });
    assert.equal(inputs["healthCheck"], undefined);
  });

  it("is checked by a connection, or by a request where the health check has a path", async () => {
    const healthCheckOf = async (healthCheck: TargetGroupArgs["healthCheck"]) =>
      only(await network({ healthCheck }), types.targetGroup).inputs["healthCheck"];

    assert.deepEqual(await healthCheckOf({ interval: 10 }), { protocol: "TCP", interval: 10 });
    assert.deepEqual(await healthCheckOf({ path: "/health" }), { protocol: "HTTP", path: "/health" });
    assert.deepEqual(await healthCheckOf({ path: "/health", protocol: "HTTPS" }), {
      protocol: "HTTPS",
      path: "/health",
    });
  });

  it("counts for two minutes at least, in the hook's instructions and in the provider's timeouts", async () => {
    const times = async (deregistrationDelay: number, protocol: TargetGroupProtocol) => {
      const all = await make({ targetGroup: { port: 80, protocol, deregistrationDelay } });
      return { delay: instructedDelay(all), until: groupOf(all).customTimeouts.delete };
    };

    const [http, tcp] = [await times(30, "HTTP"), await times(30, "TCP")];
    assert.deepEqual([http.delay, tcp.delay], [30, 120]);
    assert.deepEqual([http.until, tcp.until], ["1680s", "1770s"]);
  });

  it("refuses arguments that target groups of its protocol do not have", async () => {
    const wrong: readonly [Partial<TargetGroupArgs>, RegExp][] = [
      [{ protocol: "HTTP", connectionTermination: false }, /targetGroup\.connectionTermination is "given"/],
      [{ protocol: "HTTPS", preserveClientIp: true }, /targetGroup\.preserveClientIp is "given"/],
      [{ protocol: "HTTP", proxyProtocolV2: true }, /only target groups for TCP and TLS have it/],
      [{ protocol: "HTTP", stickiness: { type: "source_ip" } }, /must be lb_cookie or app_cookie\./],
      [{ protocol: "HTTP", healthCheck: { protocol: "TCP" } }, /must be HTTP or HTTPS\./],
      [{ protocol: "TCP", stickiness: { type: "lb_cookie" } }, /must be source_ip\./],
      [{ protocol: "TLS", stickiness: { type: "source_ip" } }, /a target group for TLS has none\./],
      [{ protocol: "TLS", slowStart: 30 }, /only target groups for HTTP and HTTPS have it\./],
    ];
    for (const [targetGroup, line] of wrong) await assert.rejects(network(targetGroup), line);
    await network({ slowStart: 0 });
  });

  it("refuses protocols without connections", async () => {
    const udp = { port: 53, protocol: "UDP" as unknown as TargetGroupProtocol };

    await assert.rejects(
      make({ targetGroup: udp }),
      /targetGroup\.protocol is "UDP"; it must be one of HTTP, HTTPS, TCP, TLS\./,
    );
  });
});

describe("a GracefulAutoScalingGroup without a target group of its own", () => {
  it("is a group of workers, whose hook fires at once and whose health EC2 checks", async () => {
    const all = await make({ targetGroup: undefined, vpcId: undefined });

    assert.deepEqual(ofType(all, types.targetGroup), []);
    assert.deepEqual(groupOf(all).inputs["targetGroupArns"], []);
    assert.equal(groupOf(all).inputs["healthCheckType"], "EC2");
    assert.equal(instructedDelay(all), 0);
    assert.equal(groupOf(all).customTimeouts.delete, "1650s");
    const { targetGroupArn, timeline } = await outputs({ targetGroup: undefined });
    assert.equal(targetGroupArn, "");
    assert.match(timeline, /^0 s Terminating: there is no target group to drain\n/);
  });

  it("joins target groups that exist, and counts the longest delay", async () => {
    const arn = (name: string) =>
      `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/0123456789abcdef`;
    const args = {
      targetGroup: undefined,
      targetGroups: [
        { arn: arn("fast"), deregistrationDelay: 30 },
        { arn: arn("network"), deregistrationDelay: 30, protocol: TargetGroupProtocol.Tls },
        { arn: pulumi.output(arn("slow")), deregistrationDelay: 200 },
      ],
    };
    const all = await make(args);

    assert.deepEqual(ofType(all, types.targetGroup), []);
    assert.deepEqual(groupOf(all).inputs["targetGroupArns"], ["fast", "network", "slow"].map(arn));
    assert.equal(groupOf(all).inputs["healthCheckType"], "ELB");
    assert.equal(instructedDelay(all), 200);
    assert.match(
      (await outputs(args)).timeline,
      /^0 s Terminating: new connections may still come in for 120 s; the target groups let open ones go on for up to 200 s\n/,
    );
  });

  it("refuses an impossible delay of one of several target groups, and says of which", async () => {
    const wrong = make({
      targetGroup: undefined,
      targetGroups: [{ arn: pulumi.output("") }, { arn: pulumi.output(""), deregistrationDelay: 3601 }],
    });

    await assert.rejects(
      wrong,
      /targetGroups\[1\]\.deregistrationDelay is 3601; it must be a whole number of/,
    );
  });
});

/** Outputs of a group with some arguments. */
async function outputs(changes: Partial<GracefulAutoScalingGroupArgs>) {
  const found = { targetGroupArn: "", timeline: "" };
  await registered(() => {
    const { targetGroupArn, timeline } = new GracefulAutoScalingGroup("web", groupArgs(changes));
    pulumi.all({ targetGroupArn, timeline }).apply((known) => Object.assign(found, known));
  });
  return found;
}

/** The delay that the hook's instructions tell the handler. */
function instructedDelay(all: readonly Registration[]): number | undefined {
  const metadata = only(all, types.hook).inputs["notificationMetadata"];
  return decodeInstructions(String(metadata))?.deregistrationDelay;
}

describe("the listeners of a GracefulAutoScalingGroup", () => {
  it("are made after the target group and before the group, in each way to return them", async () => {
    const listener = (targetGroupArn: pulumi.Output<string>, name = "web") =>
      new aws.lb.Listener(name, {
        loadBalancerArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0",
        defaultActions: [{ type: "forward", targetGroupArn }],
      });
    const ways: NonNullable<GracefulAutoScalingGroupArgs["listeners"]>[] = [
      (arn) => listener(arn),
      (arn) => [listener(arn), listener(arn, "second")],
      (arn) => pulumi.output(listener(arn)),
      (arn) => pulumi.output([listener(arn)]),
      (arn) => [pulumi.output(listener(arn)), Promise.resolve(listener(arn, "second"))],
    ];
    for (const listeners of ways) {
      const all = await make({ listeners });

      for (const { dependencies, inputs, urn } of ofType(all, types.listener)) {
        assert.deepEqual(inputs["defaultActions"], [
          { type: "forward", targetGroupArn: only(all, types.targetGroup).state["arn"] },
        ]);
        assert.ok(dependencies.includes(only(all, types.targetGroup).urn));
        assert.ok(groupOf(all).dependencies.includes(urn), `${urn} ${String(listeners)}`);
      }
      assert.ok(groupOf(all).dependencies.includes(only(all, types.document).urn));
    }
  });

  it("are refused if they are not returned, as the group would not wait for them", async () => {
    const forgetful = (() => undefined) as unknown as NonNullable<GracefulAutoScalingGroupArgs["listeners"]>;

    await assert.rejects(
      make({ listeners: forgetful }),
      /listeners is "a function that returns nothing"; it must be a function that returns the listeners, .* Return them/,
    );
    await assert.rejects(
      make({ listeners: () => [] }),
      /listeners is "a function that returns an empty list"; it must be .* Return them/,
    );
  });
});
