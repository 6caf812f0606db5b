"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var import_strict = __toESM(require("node:assert/strict"));
var import_commands = require("../../handler/sweep/commands");
var import_handlerContext = require("../support/handlerContext");
function world(pages, commands = []) {
  const queries = [];
  const invocations = (query) => {
    queries.push(query);
    const isTooMuch = query.instance === void 0 && pages > (query.pages ?? Infinity);
    const found = commands.filter(({ instance }) => [void 0, instance].includes(query.instance));
    return Promise.resolve(isTooMuch ? void 0 : found);
  };
  return { context: (0, import_handlerContext.handlerContext)({ runCommand: { invocations } }), queries };
}
const ids = (count) => Array.from({ length: count }, (_, index) => `i-${index}`);
const command = (instance, id) => ({
  id,
  instance,
  requestedAt: 0,
  status: "running"
});
describe("the commands of a hook's instances", () => {
  it("are read together, as many pages as cost less than a call for each instance", async () => {
    for (const [count, pages] of [
      [2, 2],
      [20, 20],
      [21, 21],
      [50, 22],
      [51, 23],
      [1e3, 60]
    ]) {
      const { context, queries } = world(1);
      await (0, import_commands.readCommands)(context, "d", ids(count), 7);
      import_strict.default.deepEqual(queries, [{ document: "d", after: 7, pages }]);
    }
  });
  it("are read by instance where there is one, or where they are more than that together", async () => {
    for (const [count, together] of [
      [1, 0],
      [30, 1]
    ]) {
      const { context, queries } = world(23, [command("i-0", "c0")]);
      const found = await (0, import_commands.readCommands)(context, "d", ids(count), 7);
      import_strict.default.deepEqual(
        queries.slice(together),
        ids(count).map((instance) => ({ document: "d", after: 7, instance }))
      );
      import_strict.default.deepEqual([...found.keys()], ["i-0"]);
    }
  });
  it("are kept apart by instance, in their order", async () => {
    const { context } = world(1, [command("i-0", "c0"), command("i-1", "c1"), command("i-0", "c2")]);
    const found = await (0, import_commands.readCommands)(context, "d", ids(3), 7);
    import_strict.default.deepEqual(
      [...found].map(([id, all]) => [id, all.map((one) => one.id)]),
      [
        ["i-0", ["c0", "c2"]],
        ["i-1", ["c1"]]
      ]
    );
  });
});
