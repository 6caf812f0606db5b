import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GracefulAutoScalingGroup } from "../../../components";
import { network } from "./network";

/** What is wrong with the stop script; empty for nothing. */
const wrong = new pulumi.Config().get("wrong") ?? "";

const queue = new aws.sqs.Queue("jobs");

/** Texts that are known only when the queue is there. */
const scripts: Readonly<Record<string, pulumi.Input<string>>> = {
  "": pulumi.interpolate`stop-worker --queue ${queue.url}`,
  secret: pulumi.secret(pulumi.interpolate`stop-worker --queue ${queue.url}`),
  empty: queue.url.apply(() => " "),
  large: queue.url.apply((url) => url.padEnd(60_000, "x")),
};

new GracefulAutoScalingGroup("worker", {
  ...network,
  instance: {},
  minSize: 0,
  maxSize: 1,
  targetGroup: { port: 8080, deregistrationDelay: 0 },
  terminate: { script: scripts[wrong] ?? "", timeout: 60 },
});

export const url = queue.url;
