import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { ofType, type Registration } from "../../evaluate/registration";
import { only, registeredByProgram, root } from "../support/deployment";

const types = {
  document: "aws:ssm/document:Document",
  group: "aws:autoscaling/group:Group",
  hook: "aws:autoscaling/lifecycleHook:LifecycleHook",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  listener: "aws:lb/listener:Listener",
  loadBalancer: "awsx:lb:ApplicationLoadBalancer",
  vpc: "awsx:ec2:DefaultVpc",
  launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
} as const;

describe("the program with the dev stack's configuration", () => {
  let all: readonly Registration[];
  /** URNs of resources and of their direct and indirect dependencies, which Pulumi deletes later. */
  const dependenciesOf = (urns: readonly string[]): Set<string> => {
    const found = new Set(urns);
    for (const urn of found)
      for (const one of all.filter((it) => it.urn === urn)[0]?.dependencies ?? []) found.add(one);
    return found;
  };
  before(async () => {
    all = await registeredByProgram();
  });

  it("registers these resources and no others", () => {
    assert.deepEqual(all.map(({ name, type }) => `${type} ${name}`).sort(), [
      "aws:autoscaling/group:Group web",
      "aws:autoscaling/lifecycleHook:LifecycleHook web-launch",
      "aws:autoscaling/lifecycleHook:LifecycleHook web-terminate",
      "aws:cloudwatch/dashboard:Dashboard web-handler",
      "aws:cloudwatch/eventRule:EventRule web-handler-commands",
      "aws:cloudwatch/eventRule:EventRule web-handler-hooks",
      "aws:cloudwatch/eventRule:EventRule web-handler-sweep",
      "aws:cloudwatch/eventTarget:EventTarget web-handler-commands",
      "aws:cloudwatch/eventTarget:EventTarget web-handler-hooks",
      "aws:cloudwatch/eventTarget:EventTarget web-handler-sweep",
      "aws:cloudwatch/logGroup:LogGroup web-handler-function",
      "aws:cloudwatch/logGroup:LogGroup web-handler-scripts",
      "aws:cloudwatch/logMetricFilter:LogMetricFilter web-handler-CleanEnds",
      "aws:cloudwatch/logMetricFilter:LogMetricFilter web-handler-Errors",
      "aws:cloudwatch/logMetricFilter:LogMetricFilter web-handler-GoneMachines",
      "aws:cloudwatch/logMetricFilter:LogMetricFilter web-handler-UncleanEnds",
      "aws:cloudwatch/metricAlarm:MetricAlarm web-handler-dead-letters",
      "aws:cloudwatch/metricAlarm:MetricAlarm web-handler-dropped",
      "aws:cloudwatch/metricAlarm:MetricAlarm web-handler-errors",
      "aws:cloudwatch/metricAlarm:MetricAlarm web-handler-function-errors",
      "aws:cloudwatch/metricAlarm:MetricAlarm web-handler-unclean-ends",
      "aws:ec2/launchTemplate:LaunchTemplate web",
      "aws:ec2/securityGroup:SecurityGroup instances",
      "aws:ec2/securityGroup:SecurityGroup load-balancer",
      "aws:iam/instanceProfile:InstanceProfile web-instance",
      "aws:iam/role:Role web-handler-function",
      "aws:iam/role:Role web-handler-hooks",
      "aws:iam/role:Role web-instance",
      "aws:iam/rolePolicy:RolePolicy web-handler-function",
      "aws:iam/rolePolicy:RolePolicy web-handler-hooks",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment web-instance",
      "aws:lambda/function:Function web-handler",
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig web-handler",
      "aws:lambda/permission:Permission web-handler-hooks",
      "aws:lambda/permission:Permission web-handler-rule-commands",
      "aws:lambda/permission:Permission web-handler-rule-hooks",
      "aws:lambda/permission:Permission web-handler-rule-sweep",
      "aws:lb/listener:Listener web",
      "aws:lb/targetGroup:TargetGroup web",
      "aws:sns/topic:Topic web-handler-hooks",
      "aws:sns/topicPolicy:TopicPolicy web-handler-hooks",
      "aws:sns/topicSubscription:TopicSubscription web-handler-hooks",
      "aws:sqs/queue:Queue web-handler-dead-letters",
      "aws:sqs/queuePolicy:QueuePolicy web-handler-dead-letters",
      "aws:ssm/document:Document web-launch",
      "aws:ssm/document:Document web-terminate",
      "awsx:ec2:DefaultVpc default-vpc",
      "awsx:lb:ApplicationLoadBalancer web",
      "graceful-asg:index:GracefulAutoScalingGroup web",
      "graceful-asg:index:LifecycleHandler web-handler",
    ]);
  });

  it("opens the load balancer on the listener's port only, and the instances to the load balancer only", () => {
    const loadBalancer = only(all, types.securityGroup, "load-balancer");
    const instances = only(all, types.securityGroup, "instances");

    assert.deepEqual(loadBalancer.inputs["ingress"], [
      { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] },
    ]);
    assert.deepEqual(instances.inputs["ingress"], [
      { protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [loadBalancer.state["id"]] },
    ]);
    assert.deepEqual(only(all, types.loadBalancer).inputs["securityGroups"], [loadBalancer.state["id"]]);
    assert.deepEqual(only(all, types.launchTemplate).inputs["vpcSecurityGroupIds"], [instances.state["id"]]);
  });

  it("describes security groups in the characters that EC2 takes", () => {
    for (const { inputs, name } of ofType(all, types.securityGroup))
      assert.match(String(inputs["description"]), /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/, name);
  });

  it("forwards the listener to the group's own target group", () => {
    const { inputs, state } = only(all, types.loadBalancer);

    assert.deepEqual(only(all, types.listener).inputs, {
      loadBalancerArn: (state["loadBalancer"] as { arn: string }).arn,
      port: 80,
      protocol: "HTTP",
      defaultActions: [
        { type: "forward", targetGroupArn: only(all, "aws:lb/targetGroup:TargetGroup").state["arn"] },
      ],
    });
    assert.deepEqual(inputs["listeners"], []);
    assert.deepEqual(inputs["defaultTargetGroup"], { targetType: "instance", port: 80, protocol: "HTTP" });
  });

  it("keeps listener, load balancer and security groups until the last instance is gone", () => {
    const { dependencies } = only(all, types.group);

    for (const needed of [
      only(all, types.listener),
      only(all, types.loadBalancer),
      ...ofType(all, types.securityGroup),
    ]) {
      assert.ok(dependenciesOf(dependencies).has(needed.urn), needed.urn);
    }
  });

  it("gives the application its port in the user data", () => {
    const { inputs } = only(all, types.launchTemplate);
    const userData = Buffer.from(String(inputs["userData"]), "base64").toString();

    assert.match(userData, /^#!\/bin\/bash\nexport APPLICATION_PORT='8080'\n/);
  });
});

describe("the program with another configuration", () => {
  it("takes a given network instead of the account's default VPC", async () => {
    const all = await registeredByProgram({
      "graceful-asg:vpcId": "vpc-0a",
      "graceful-asg:subnetIds": '["subnet-0a","subnet-0b"]',
    });

    assert.ok(!all.some(({ type }) => type === types.vpc));
    assert.deepEqual(only(all, types.group).inputs["vpcZoneIdentifiers"], ["subnet-0a", "subnet-0b"]);
  });

  it("speaks HTTPS with a certificate", async () => {
    const all = await registeredByProgram({
      "graceful-asg:certificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/0",
      "graceful-asg:listenerPort": "443",
    });
    const { inputs } = only(all, types.listener);

    assert.equal(inputs["port"], 443);
    assert.equal(inputs["protocol"], "HTTPS");
    assert.equal(inputs["certificateArn"], "arn:aws:acm:us-east-1:123456789012:certificate/0");
  });

  it("takes each time from its key", async () => {
    const all = await registeredByProgram({
      "graceful-asg:terminateTimeout": "1000",
      "graceful-asg:launchTimeout": "2000",
      "graceful-asg:deregistrationDelay": "77",
    });

    assert.equal(only(all, types.hook, "web-terminate").inputs["heartbeatTimeout"], 257 + 1030 + 120);
    assert.equal(only(all, types.hook, "web-launch").inputs["heartbeatTimeout"], 507 + 2030 + 120);
    assert.equal(only(all, "aws:lb/targetGroup:TargetGroup").inputs["deregistrationDelay"], 77);
  });

  it("waits for sessions only where the configuration says which sessions and how long", async () => {
    const scriptOf = (all: readonly Registration[]) => {
      const content = String(only(all, types.document, "web-terminate").inputs["content"]);
      return /MAX_WAIT=\d+ PORTS=\\"[^"]*\\" SESSION_MANAGER=\w*/.exec(content)?.[0].replaceAll("\\", "");
    };
    const told = await registeredByProgram({
      "graceful-asg:sessionPorts": "[22,8080]",
      "graceful-asg:sessionManager": "true",
      "graceful-asg:sessionMaxWait": "600",
    });

    assert.equal(scriptOf(told), 'MAX_WAIT=600 PORTS="0016 1F90" SESSION_MANAGER=yes');
    assert.equal(only(told, types.hook, "web-terminate").inputs["heartbeatTimeout"], 187 + 750 + 120);
    assert.equal(scriptOf(await registeredByProgram()), 'MAX_WAIT=0 PORTS="" SESSION_MANAGER=');
  });

  it("takes transport and failure policies from their keys", async () => {
    const all = await registeredByProgram({
      "graceful-asg:transport": "eventbridge",
      "graceful-asg:terminateOnFailure": "retain",
      "graceful-asg:launchOnFailure": "continue",
    });
    const hooks = ofType(all, types.hook).map(({ inputs }) => [inputs["name"], inputs["defaultResult"]]);

    assert.deepEqual(hooks, [
      ["graceful-terminate-eventbridge", "ABANDON"],
      ["graceful-launch-eventbridge", "CONTINUE"],
    ]);
  });

  it("sends the output of scripts to CloudWatch Logs only where scriptLogs is set", async () => {
    const told = await registeredByProgram({ "graceful-asg:scriptLogs": "true" });
    const metadata = String(only(told, types.hook, "web-terminate").inputs["notificationMetadata"]);

    assert.match(metadata, /"scriptLogGroup":"web-handler-scripts-/);
    only(told, "aws:iam/rolePolicy:RolePolicy", "web-instance-logs");
  });

  it("can be previewed before anything exists", async () => {
    const all = await registeredByProgram({}, { preview: true });

    assert.equal(only(all, types.hook, "web-terminate").inputs["heartbeatTimeout"], 450);
  });
});

describe("Pulumi.yaml", () => {
  it("declares exactly the keys that the program reads, each with type, description and default", () => {
    const { config } = parse(readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as {
      config: Record<string, Record<string, unknown>>;
    };
    const read = readFileSync(path.join(root, "program/settings.ts"), "utf8").matchAll(
      /(?:config\.\w+|boolean|list|number|text)(?:<[^>]+>)?\("(\w+)"\)/g,
    );

    assert.deepEqual(Object.keys(config).sort(), [...new Set([...read].map(([, key]) => key))].sort());
    for (const [key, declaration] of Object.entries(config)) {
      for (const part of ["type", "description", "default"])
        assert.ok(part in declaration, `${key} has no ${part}`);
    }
  });
});
