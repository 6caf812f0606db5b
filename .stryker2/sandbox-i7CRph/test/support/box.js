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
var box_exports = {};
__export(box_exports, {
  Stand: () => Stand
});
module.exports = __toCommonJS(box_exports);
var import_client_auto_scaling = require("@aws-sdk/client-auto-scaling");
var import_client_ssm = require("@aws-sdk/client-ssm");
var import_components = require("../../components");
var import_box = require("../../rehearsal/box");
var import_rehearsal = require("../../rehearsal/command/rehearsal");
var import_deployment = require("./deployment");
class Stand {
  constructor(box, world, url, close) {
    this.box = box;
    this.world = world;
    this.url = url;
    this.close = close;
    const client = {
      region: "us-east-1",
      endpoint: url,
      credentials: { accessKeyId: import_box.operatorKey, secretAccessKey: "box" },
      maxAttempts: 1
    };
    this.autoScaling = new import_client_auto_scaling.AutoScalingClient(client);
    this.ssm = new import_client_ssm.SSMClient(client);
  }
  box;
  world;
  url;
  close;
  /** Clients of an operator who may do everything. */
  autoScaling;
  ssm;
  static async open({
    args,
    code = asItIs,
    conduct = asItIs,
    program = () => new import_components.GracefulAutoScalingGroup("web", (0, import_deployment.groupArgs)({ maxSize: 1e3, minSize: 0, ...args })),
    scriptSeconds = 20,
    seed = "1",
    world = asItIs
  } = {}) {
    const itsWorld = world((0, import_box.readWorld)(await (0, import_deployment.registered)(program)));
    const seconds = { launch: scriptSeconds, terminate: scriptSeconds };
    const { box, close, url } = await import_box.Box.open({
      world: itsWorld,
      code: code(await (0, import_rehearsal.codeOf)(itsWorld)),
      seed,
      conduct: (chance) => conduct(new import_box.GoodDay(chance, { scriptSeconds: seconds }), chance)
    });
    return new Stand(box, itsWorld, url, close);
  }
  get group() {
    const [group] = this.box.autoScaling.groups.values();
    if (group === void 0) throw new Error("the box has no group");
    return group;
  }
  /** Seconds since the beginning. */
  get now() {
    return (this.box.stage.clock.now() - this.box.stage.began) / 1e3;
  }
  /** Lets seconds pass. */
  async pass(seconds) {
    const end = this.box.stage.clock.now() + seconds * 1e3;
    this.box.stage.clock.at(end, () => void 0);
    await this.box.run(end);
  }
  /** A call from outside, which the box answers meanwhile. */
  async call(make) {
    const state = { isOver: false };
    const result = make().finally(() => {
      state.isOver = true;
    });
    result.catch(() => void 0);
    while (!state.isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.box.answer();
    }
    return result;
  }
  /** Terminates instances: as many as there are, unless said otherwise. */
  async scaleIn(from, to = 0) {
    this.box.autoScaling.populate(this.group, from);
    this.box.autoScaling.setDesired(this.group, to);
    await this.pass(0);
  }
  of(kind) {
    return this.box.occurrences.filter(
      (one) => one.kind === kind
    );
  }
  /** Calls of the handler by name, without the sweep's one a minute. */
  calls() {
    return this.of("call").filter(({ caller }) => caller !== "operator").map(({ action, error }) => error === void 0 ? action : `${action}: ${error}`).filter((name) => name !== "DescribeAutoScalingGroups");
  }
  /** States that an instance passed, with seconds. */
  states() {
    return this.of("instance").map(
      ({ at, state }) => `${Math.round((at - this.box.stage.began) / 1e3)} ${state}`
    );
  }
}
function asItIs(value) {
  return value;
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  Stand
});
