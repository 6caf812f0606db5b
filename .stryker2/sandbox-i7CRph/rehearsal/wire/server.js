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
var server_exports = {};
__export(server_exports, {
  startWireServer: () => startWireServer
});
module.exports = __toCommonJS(server_exports);
var import_node_http = require("node:http");
var import_query = require("./query");
var import_json = require("./json");
async function startWireServer(respond, now = () => /* @__PURE__ */ new Date()) {
  const server = (0, import_node_http.createServer)((request, response) => {
    void serve(request, response, respond, now);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
}
async function serve(request, response, respond, now) {
  const body = await readBody(request);
  const [, accessKey = "", service = ""] = credential.exec(request.headers.authorization ?? "") ?? [];
  const target = request.headers["x-amz-target"];
  const isJson = typeof target === "string";
  const { action, input } = isJson ? (0, import_json.parseJson)(target, body) : (0, import_query.parseQuery)(body);
  const answer = isService(service) ? await respond({ service, action, input, accessKey }) : { error: { code: "UnknownService", message: `there is no service ${service} here` } };
  const status = "error" in answer ? answer.error.status ?? 400 : 200;
  response.statusCode = status;
  response.setHeader("content-type", isJson ? "application/x-amz-json-1.1" : "text/xml");
  response.setHeader("date", now().toUTCString());
  response.end(write(answer, action, isJson));
}
const credential = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//;
function isService(name) {
  return name === "autoscaling" || name === "ssm" || name === "sns";
}
function write(answer, action, isJson) {
  if ("error" in answer) return isJson ? (0, import_json.writeJsonError)(answer.error) : (0, import_query.writeQueryError)(answer.error);
  return isJson ? (0, import_json.writeJsonOutput)(answer.output) : (0, import_query.writeQueryOutput)(action, answer.output);
}
async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
async function close(server) {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  startWireServer
});
