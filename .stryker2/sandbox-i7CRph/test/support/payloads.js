"use strict";
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var payloads_exports = {};
__export(payloads_exports, {
  commandEvent: () => commandEvent,
  commandParameters: () => commandParameters,
  hookBody: () => hookBody,
  ids: () => ids,
  instructionsFor: () => instructionsFor,
  lifecycleEvent: () => lifecycleEvent,
  snsEvent: () => snsEvent,
  sweepEvent: () => sweepEvent,
  testNotification: () => testNotification
});
module.exports = __toCommonJS(payloads_exports);
var import_contract = require("../../contract");
const ids = {
  handler: "web-handler-1234567",
  group: "web-7654321",
  instance: "i-05629ab7d9287e205",
  token: "465e0162-e6af-4786-b4e8-bb544ae58790",
  command: "e8d3c0e4-71f7-4491-898f-c9b35bee5f3b"
};
function instructionsFor(transition, changes = {}) {
  return {
    handler: ids.handler,
    transport: "sns",
    document: `${ids.handler}-web-${transition}-01234567`,
    delivery: 30,
    execution: 120,
    maxWait: 0,
    deregistrationDelay: 30,
    agentTimeout: 180,
    onFailure: transition === "launch" ? "abandon" : "continue",
    ...changes
  };
}
function hookBody(payload = {}) {
  const { transition = "terminate", time = "2024-03-23T03:26:43.904Z" } = payload;
  const launches = transition === "launch";
  return {
    Origin: launches ? "EC2" : "AutoScalingGroup",
    LifecycleHookName: `graceful-${transition}-sns`,
    Destination: launches ? "AutoScalingGroup" : "EC2",
    AccountId: "123456789012",
    RequestId: "f02639a5-62b9-0772-d50e-09647ae07b49",
    LifecycleTransition: launches ? "autoscaling:EC2_INSTANCE_LAUNCHING" : "autoscaling:EC2_INSTANCE_TERMINATING",
    AutoScalingGroupName: payload.group ?? ids.group,
    Service: "AWS Auto Scaling",
    Time: time,
    EC2InstanceId: payload.instance ?? ids.instance,
    LifecycleActionToken: payload.token ?? ids.token,
    NotificationMetadata: "metadata" in payload ? payload.metadata : (0, import_contract.encodeInstructions)(instructionsFor(transition))
  };
}
function snsEvent(...bodies) {
  return {
    Records: bodies.map((body) => ({
      EventSource: "aws:sns",
      EventVersion: "1.0",
      EventSubscriptionArn: "arn:aws:sns:us-east-1:123456789012:hooks:f4fdba36-a856-4dde-ad38-99aa1190c534",
      Sns: {
        Type: "Notification",
        MessageId: "4a9f3fdc-a3e3-58db-b23b-61a4edd05553",
        TopicArn: "arn:aws:sns:us-east-1:123456789012:hooks",
        Subject: "Auto Scaling:  Lifecycle action 'TERMINATING' for instance i-05629ab7d9287e205 in progress.",
        Message: typeof body === "string" ? body : JSON.stringify(body),
        Timestamp: "2024-03-23T03:26:43.936Z",
        MessageAttributes: {}
      }
    }))
  };
}
const testNotification = {
  AccountId: "123456789012",
  RequestId: "7daf9553-84a1-11e8-bc02-b1a9e72fca9d",
  AutoScalingGroupARN: "arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:042cba90:autoScalingGroupName/web",
  AutoScalingGroupName: "web",
  Service: "AWS Auto Scaling",
  Event: "autoscaling:TEST_NOTIFICATION",
  Time: "2018-07-11T00:29:36.940Z"
};
function commandParameters(transition = "terminate") {
  return {
    group: ids.group,
    groupBase64: Buffer.from(ids.group).toString("base64"),
    hook: `graceful-${transition}-sns`,
    action: ids.token,
    instance: ids.instance,
    transition,
    onFailure: instructionsFor(transition).onFailure,
    sent: "1711164404"
  };
}
function commandEvent(payload = {}) {
  const { status = "Success", transition = "terminate" } = payload;
  const parameters = "parameters" in payload ? payload.parameters : commandParameters(transition);
  return {
    version: "0",
    id: "51c0891d-0e34-45b1-83d6-95db273d1602",
    "detail-type": "EC2 Command Status-change Notification",
    source: "aws.ssm",
    account: "123456789012",
    time: "2024-03-23T03:27:10Z",
    region: "us-east-1",
    resources: ["arn:aws:ec2:us-east-1:123456789012:instance/i-05629ab7d9287e205"],
    detail: {
      "command-id": ids.command,
      "document-name": payload.document ?? instructionsFor(transition).document,
      "expire-after": "2024-03-23T04:26:50.049Z",
      parameters: parameters && Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]])),
      "requested-date-time": "2024-03-23T03:26:44.049Z",
      status
    }
  };
}
function lifecycleEvent(body, time = "2024-03-23T03:26:43Z") {
  return {
    version: "0",
    id: "daa49132-411e-fa14-ecde-2eaf9356f19e",
    "detail-type": "EC2 Instance-terminate Lifecycle Action",
    source: "aws.autoscaling",
    account: "123456789012",
    time,
    region: "us-east-1",
    resources: [
      "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:bacaca43:autoScalingGroupName/web"
    ],
    detail: body
  };
}
function sweepEvent(time = "2024-03-23T03:27:00Z") {
  return {
    version: "0",
    id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: "123456789012",
    time,
    region: "us-east-1",
    resources: ["arn:aws:events:us-east-1:123456789012:rule/web-handler-sweep"],
    detail: {}
  };
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  commandEvent,
  commandParameters,
  hookBody,
  ids,
  instructionsFor,
  lifecycleEvent,
  snsEvent,
  sweepEvent,
  testNotification
});
