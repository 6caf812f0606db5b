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
var query_exports = {};
__export(query_exports, {
  parseQuery: () => parseQuery,
  writeQueryError: () => writeQueryError,
  writeQueryOutput: () => writeQueryOutput
});
module.exports = __toCommonJS(query_exports);
function parseQuery(body) {
  const root = {};
  let action = "";
  for (const [key, value] of new URLSearchParams(body)) {
    if (key === "Action") action = value;
    else if (key !== "Version") insert(root, key.split("."), value);
  }
  return { action, input: toInput(root) };
}
function writeQueryOutput(action, output) {
  return `<${action}Response xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><${action}Result>${fields(
    output
  )}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
}
function writeQueryError({ code, message, status = 400 }) {
  const type = status >= 500 ? "Receiver" : "Sender";
  return `<ErrorResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><Error><Type>${type}</Type><Code>${escape(
    code
  )}</Code><Message>${escape(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}
const requestId = "00000000-0000-4000-8000-000000000000";
function insert(node, [head = "", ...rest], value) {
  if (rest.length === 0) {
    node[head] = value;
    return;
  }
  const next = node[head];
  const child = typeof next === "object" ? next : {};
  node[head] = child;
  insert(child, rest, value);
}
function toInput(node) {
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, toValue(value)]));
}
function toValue(value) {
  if (typeof value === "string") return value;
  const { member } = value;
  if (typeof member !== "object") return toInput(value);
  return Object.entries(member).sort(([one], [other]) => Number(one) - Number(other)).map(([, item]) => toValue(item));
}
function fields(values) {
  return Object.entries(values).filter(([, value]) => value !== void 0).map(([name, value]) => `<${name}>${content(value)}</${name}>`).join("");
}
function content(value) {
  if (Array.isArray(value)) return value.map((item) => `<member>${content(item)}</member>`).join("");
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" && value !== null) return fields({ ...value });
  return escape(String(value));
}
function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  parseQuery,
  writeQueryError,
  writeQueryOutput
});
