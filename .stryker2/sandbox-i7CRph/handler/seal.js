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
var seal_exports = {};
__export(seal_exports, {
  createSeal: () => createSeal
});
module.exports = __toCommonJS(seal_exports);
var import_node_crypto = require("node:crypto");
const algorithm = "aes-256-gcm";
const nonceLength = 12;
const tagLength = 16;
function createSeal(secret) {
  const derive = (purpose) => (0, import_node_crypto.createHmac)("sha256", secret).update(purpose).digest();
  const key = derive("graceful-asg token");
  const nonceKey = derive("graceful-asg nonce");
  return {
    close(token, place) {
      const about = describe(place);
      const nonce = (0, import_node_crypto.createHmac)("sha256", nonceKey).update(`${about}
${token}`).digest().subarray(0, nonceLength);
      const cipher = (0, import_node_crypto.createCipheriv)(algorithm, key, nonce).setAAD(Buffer.from(about));
      const hidden = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString("base64url");
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length <= nonceLength + tagLength) return void 0;
      const cipher = (0, import_node_crypto.createDecipheriv)(algorithm, key, bytes.subarray(0, nonceLength), {
        authTagLength: tagLength
      }).setAAD(Buffer.from(describe(place))).setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
      try {
        const token = cipher.update(bytes.subarray(nonceLength + tagLength));
        return Buffer.concat([token, cipher.final()]).toString("utf8");
      } catch {
        return void 0;
      }
    }
  };
}
function describe({ group, hook, instance }) {
  return JSON.stringify([group, hook, instance]);
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  createSeal
});
