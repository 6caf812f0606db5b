import * as pulumi from "@pulumi/pulumi";
import { GracefulAutoScalingGroup } from "./components";
import { createListener, createLoadBalancer, createSecurityGroups } from "./program/loadBalancer";
import { findNetwork } from "./program/network";
import { readSettings } from "./program/settings";

const settings = readSettings();
const network = findNetwork(settings);
const securityGroups = createSecurityGroups(network, settings);
const { loadBalancer } = createLoadBalancer(network, securityGroups.loadBalancer);

const web = new GracefulAutoScalingGroup("web", {
  ...settings.group,
  vpcId: network.vpcId,
  subnetIds: network.subnetIds,
  instance: { ...settings.group.instance, securityGroupIds: [securityGroups.instances.id] },
  listeners: (targetGroupArn) => createListener(loadBalancer, settings, targetGroupArn),
});

/** URL at which the application answers. */
export const url = pulumi.interpolate`${settings.listener.certificateArn ? "https" : "http"}://${loadBalancer.dnsName}:${settings.listener.port}`;
export const { groupName, functionName, terminateDocumentName, launchDocumentName, dashboardUrl } = web;
/** The worst case of a scale-in, step by step. */
export const timeline = web.timeline;

const setCapacity = (capacity: number) =>
  pulumi.interpolate`aws autoscaling set-desired-capacity --auto-scaling-group-name ${web.groupName} --desired-capacity ${capacity}`;
/** Commands to scale the group and to watch the handler's log. */
export const commands = {
  scaleOut: setCapacity(settings.sizes.maxSize),
  scaleIn: setCapacity(settings.sizes.minSize),
  watch: pulumi.interpolate`aws logs tail --follow ${web.logGroupName}`,
};
