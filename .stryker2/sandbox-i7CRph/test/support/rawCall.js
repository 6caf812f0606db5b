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
var rawCall_exports = {};
__export(rawCall_exports, {
  rawCall: () => rawCall
});
module.exports = __toCommonJS(rawCall_exports);
var import_node_http = require("node:http");
function rawCall(url, accessKey, service, action, input) {
  const isJson = service === "ssm";
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/20260101/us-east-1/${service}/aws4_request, Signature=0`;
  const headers = isJson ? { authorization, "x-amz-target": `AmazonSSM.${action}` } : { authorization };
  const body = isJson ? JSON.stringify(input) : new URLSearchParams({ Action: action, ...flatten(input) }).toString();
  return new Promise((resolve, reject) => {
    const call = (0, import_node_http.request)(url, { method: "POST", headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => text += chunk.toString());
      answer.on("end", () => {
        resolve({
          status: answer.statusCode ?? 0,
          ...errorIn(text, isJson, answer.statusCode ?? 0),
          body: text
        });
      });
    });
    call.on("error", reject);
    call.end(body);
  });
}
function flatten(input) {
  return Object.fromEntries(
    Object.entries(input).flatMap(
      ([key, value]) => Array.isArray(value) ? value.flatMap(
        (item, index) => typeof item === "object" && item !== null ? Object.entries(flatten({ ...item })).map(([inner, text]) => [
          `${key}.member.${index + 1}.${inner}`,
          text
        ]) : [[`${key}.member.${index + 1}`, String(item)]]
      ) : [[key, String(value)]]
    )
  );
}
function errorIn(text, isJson, status) {
  if (status === 200) return { code: "", message: "" };
  if (isJson) {
    const { __type = "", message = "" } = JSON.parse(text);
    return { code: __type, message };
  }
  return {
    code: /<Code>(.*?)<\/Code>/s.exec(text)?.[1] ?? "",
    message: /<Message>(.*?)<\/Message>/s.exec(text)?.[1] ?? ""
  };
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  rawCall
});
