import { handlerElsewhere } from "../support/deployment";
import { existing, group, stack, type Case } from "./case";

const targets = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef";

/** Wrong groups: their names, sizes, network and target group. */
export const groupCases = {
  groupName: {
    wrong: group({}, "a-name-that-is-too-long-by-far"),
    line: /^name is "a-name-that-is-too-long-by-far"; it must be 1 to 24 letters, digits and hyphens, a letter first\. Shorten/,
  },
  lifecycleName: {
    wrong: existing({}, "1st"),
    line: /^name is "1st"; it must be 1 to 32 letters, digits and hyphens, a letter first\. Shorten/,
  },
  existingGroup: {
    wrong: existing({ groupName: "*" }),
    line: /^groupName is "\*"; it must be the name of an Auto Scaling group, without colon, braces and control characters, at most 255 characters without \*, \? and \$\{\. Give/,
  },
  instanceTag: {
    wrong: existing({ instanceTag: { key: "Name", value: " " } }),
    line: /^instanceTag\.value is " "; it must be the value of a tag, at most 256 characters .*\. Give/,
  },
  groupValues: {
    wrong: stack({ healthPath: "health" }),
    line: /^graceful-asg:healthPath is "health"; it must be a path that begins with \/ and has no blanks, .* Give/,
  },
  sizes: {
    wrong: stack({ minSize: "5" }),
    line: /^graceful-asg:minSize is 5; it must be a whole number from 0 to maxSize, which is 4\. Lower/,
  },
  oneCapacity: {
    wrong: group({ desiredCapacity: 1, initialCapacity: 1 }),
    line: /^desiredCapacity, initialCapacity is "both given"; it must be at most one of the two\. Give initialCapacity where/,
  },
  network: {
    wrong: stack({ vpcId: "vpc-0abc" }),
    line: /^graceful-asg:subnetIds is not given; it must be given along with vpcId\. Give/,
  },
  port: {
    wrong: stack({ applicationPort: "0" }),
    line: /^graceful-asg:applicationPort is 0; it must be a whole number from 1 to 65535\. Give/,
  },
  oneKindOfTargetGroup: {
    wrong: group({ targetGroups: [{ arn: targets }] }),
    line: /^targetGroup, targetGroups is "both given"; it must be at most one of the two\. Give targetGroup for/,
  },
  vpcOfTargetGroup: {
    wrong: group({ vpcId: undefined }),
    line: /^vpcId is not given; it must be given along with targetGroup\. Give the VPC/,
  },
  listenersOfTargetGroup: {
    wrong: group({ targetGroup: undefined, listeners: () => [] }),
    line: /^listeners is "given"; it must be given only along with targetGroup, .*\. Name listeners of other/,
  },
  healthCheckWithoutTargetGroup: {
    wrong: group({ targetGroup: undefined, targetGroups: [], healthCheckType: "EC2,ELB" }),
    line: /^healthCheckType is "EC2,ELB"; it must be EC2, as the group has no target group\. Leave/,
  },
  argumentsOfProtocol: {
    wrong: group({ targetGroup: { port: 80, protocol: "TCP", slowStart: 30 } }),
    line: /^targetGroup\.slowStart is "given"; it must be left out: only target groups for HTTP and HTTPS have it\. targetGroup\.protocol is TCP; change/,
  },
  listenerPort: {
    wrong: stack({ listenerPort: "65536" }),
    line: /^graceful-asg:listenerPort is 65536; it must be a whole number from 1 to 65535\. 80/,
  },
  certificateArn: {
    wrong: stack({ certificateArn: "web" }),
    line: /^graceful-asg:certificateArn is "web"; it must be the ARN of a certificate, .* Give/,
  },
  busyCheck: {
    wrong: group({ prefer: "idle", busyCheck: " " }),
    line: /^busyCheck is " "; it must be a script that is not empty\. Give commands whose exit code/,
  },
  oneQuestion: {
    wrong: group({
      busyCheck: "pgrep worker",
      isBusy: () => Promise.resolve(false),
      prefer: "idle",
      terminate: { script: "stop", timeout: 60, sessions: { maxWait: 60 } },
    }),
    line: /^busyCheck, isBusy is "both given"; it must be at most one of the two\. Give isBusy where/,
  },
  preferAsks: {
    wrong: group({ prefer: "idle" }),
    line: /^prefer is "idle"; it must be given along with busyCheck or isBusy\. Give the script/,
  },
  protectWhileBusyAsks: {
    wrong: group({ protectWhileBusy: true }),
    line: /^protectWhileBusy is true; it must be given along with busyCheck or isBusy\. Give the script/,
  },
  idleCheck: {
    wrong: group({ busyCheck: "pgrep worker" }),
    line: /^busyCheck is "pgrep worker"; it must be given along with prefer or protectWhileBusy\. Give prefer/,
  },
  terminationPolicy: {
    wrong: group({ prefer: "idle", busyCheck: "pgrep worker", handler: handlerElsewhere }),
    line: /^handler\.terminationPolicyArn is not given; it must be an ARN like arn:\.\.\.:lambda:.* Give prefer: "idle" to the LifecycleHandler too/,
  },
  warmPoolSpot: {
    wrong: group({ warmPool: {}, spot: true }),
    line: /^spot is true; it must be false with a warm pool, which takes no Spot instances\. Leave it out/,
  },
  warmPoolHibernation: {
    wrong: group({ instance: { imageId: "ami-0123456789abcdef0" }, warmPool: { poolState: "Hibernated" } }),
    line: /^instance\.rootDeviceName is not given; it must be given along with imageId and a pool that is Hibernated: .*\. Give the image's/,
  },
  tags: {
    wrong: group({ tags: { "graceful-asg:handler": "another" } }),
    line: /^tags\.graceful-asg:handler is "another"; it must be left out: .*\. Choose/,
  },
} satisfies Record<string, Case>;
