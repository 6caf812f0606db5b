import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  account,
  handler,
  hooked,
  lifecycleRule,
  region,
  sendTo,
  stopDocument,
  subscribe,
  to,
  type Kind,
} from "./make";

/** A hook whose topic notifies an alias of a function. */
function aliased(part: string, timeout: number) {
  const topic = new aws.sns.Topic(part);
  const one = handler(`${part}_function`, timeout, { publish: true });
  const alias = new aws.lambda.Alias(part, {
    name: "live",
    functionName: one.name,
    functionVersion: one.version,
  });
  subscribe(part, topic, alias.arn);
  hooked(part, to(topic));
}

/** A hook whose topic notifies a function by an ARN that is written by hand. */
function writtenDown(part: string, itsRegion: string) {
  const topic = new aws.sns.Topic(part);
  const slow = handler(`${part}_function`, 600, { name: part });
  subscribe(part, topic, `arn:aws:lambda:${itsRegion}:${account}:function:${part}`);
  hooked(part, to(topic), {}, { dependsOn: [slow] });
}

function map(part: string, queue: aws.sqs.Queue, functionName: pulumi.Input<string>) {
  new aws.lambda.EventSourceMapping(part, { eventSourceArn: queue.arn, functionName });
}

const queueOf = (part: string) => new aws.sqs.Queue(part, { visibilityTimeoutSeconds: 900 });

/** A hook that names a document whose timeout is a parameter. */
function parametrised(part: string, seconds: number, more: object = {}) {
  const parameters = { executionTimeout: { type: "String", default: String(seconds) } };
  const document = stopDocument(part, "{{ executionTimeout }}", { parameters });
  hooked(part, { notificationMetadata: pulumi.jsonStringify({ document: document.name, ...more }) });
}

/** A hook whose document stops a unit with systemctl. */
function bySystemctl(part: string, seconds: number) {
  const document = stopDocument(part, seconds, { script: "systemctl stop application" });
  hooked(part, { notificationMetadata: pulumi.jsonStringify({ document: document.name }) });
}

/** Ways from a hook to the function or the document that the hook starts. */
export const functions: Kind = {
  right: {
    "quick-alias": (part) => {
      aliased(part, 60);
    },
    "arn-elsewhere": (part) => {
      writtenDown(part, region === "eu-west-1" ? "eu-central-1" : "eu-west-1");
    },
    "parameter-fits": (part) => {
      parametrised(part, 200);
    },
    "quick-systemctl": (part) => {
      bySystemctl(part, 80);
    },
    "parameter-given": (part) => {
      parametrised(part, 900, { executionTimeout: 120 });
    },
  },
  wrong: {
    "slow-alias": (part) => {
      aliased(part, 600);
    },
    "arn-by-hand": (part) => {
      writtenDown(part, region);
    },
    "topic-queue-alias": (part) => {
      const [topic, queue] = [new aws.sns.Topic(part), queueOf(part)];
      subscribe(part, topic, queue.arn, { protocol: "sqs" });
      map(part, queue, handler(`${part}_function`, 600).name);
      hooked(part, to(topic));
    },
    "rule-queue": (part) => {
      const queue = queueOf(part);
      const { name } = hooked(part);
      sendTo(part, lifecycleRule(part, { detail: { AutoScalingGroupName: [name] } }), queue.arn);
      map(part, queue, handler(`${part}_function`, 600).arn);
    },
    "rule-topic": (part) => {
      const topic = new aws.sns.Topic(part);
      const { name } = hooked(part);
      sendTo(part, lifecycleRule(part, { detail: { AutoScalingGroupName: [name] } }), topic.arn);
      subscribe(part, topic, handler(`${part}_function`, 600).arn);
    },
    "slow-systemctl": (part) => {
      bySystemctl(part, 200);
    },
    "parameter-too-long": (part) => {
      parametrised(part, 900);
    },
  },
};
