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
var import_errors = require("../../handler/aws/errors");
var import_refusal = require("../../handler/aws/refusal");
const answered = (name, message = "", httpStatusCode = 400) => Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
const reset = Object.assign(new Error("reset"), { code: "ECONNRESET" });
const late = Object.assign(new Error("late"), { name: "TimeoutError" });
describe("an error of a call", () => {
  it("is AWS's, or the handler's own", () => {
    for (const error of [answered("AccessDenied"), reset, late, new import_errors.OutOfTime()])
      import_strict.default.ok((0, import_errors.comesFromAws)(error));
    for (const error of [new TypeError("no"), "text", void 0, { $metadata: {} }])
      import_strict.default.equal((0, import_errors.comesFromAws)(error), false);
  });
  it("is transient where AWS fails, does not answer, or takes credentials for out of date", () => {
    for (const error of [
      answered("InternalFailure", "", 500),
      reset,
      late,
      Object.assign(new Error("reset"), { $metadata: {} }),
      ...["ExpiredToken", "ExpiredTokenException", "RequestExpired", "SignatureDoesNotMatch"].map(
        (name) => answered(name)
      )
    ])
      import_strict.default.ok((0, import_errors.isTransient)(error), String(error));
    for (const error of [answered("AccessDenied"), new import_errors.OutOfTime(), new TypeError("no"), "text", void 0])
      import_strict.default.equal((0, import_errors.isTransient)(error), false, String(error));
  });
  it("says whether AWS answered", () => {
    for (const error of [reset, late]) import_strict.default.ok((0, import_errors.isUnanswered)(error));
    for (const error of [answered("AccessDenied"), new import_errors.OutOfTime(), new TypeError("no"), "text"])
      import_strict.default.equal((0, import_errors.isUnanswered)(error), false, String(error));
  });
  it("has a name, and a line for the log", () => {
    import_strict.default.deepEqual([(0, import_errors.nameOf)(late), (0, import_errors.nameOf)("text")], ["TimeoutError", ""]);
    import_strict.default.equal((0, import_errors.describe)("text"), "text");
    import_strict.default.equal((0, import_errors.describe)(new import_errors.OutOfTime()), "OutOfTime: the time of this invocation is over");
    import_strict.default.deepEqual([(0, import_errors.isThrottled)(answered("Throttling")), (0, import_errors.isThrottled)("text")], [true, false]);
  });
});
describe("what becomes of a command", () => {
  const sent = (error) => (0, import_refusal.sentOrNot)(["i-1", "i-2"], () => Promise.reject(error instanceof Error ? error : new Error("text")));
  it("is its id, or that AWS does not take it now", async () => {
    import_strict.default.deepEqual(await (0, import_refusal.sentOrNot)([], () => Promise.resolve("c")), { kind: "sent", commandId: "c" });
    for (const error of [
      answered("Throttling"),
      answered("InternalFailure", "", 500),
      reset,
      new import_errors.OutOfTime()
    ])
      import_strict.default.deepEqual(await sent(error), { kind: "failed", error: (0, import_errors.describe)(error) });
    await import_strict.default.rejects(sent(new TypeError("no")), TypeError);
  });
  it("is a refusal with the instances at fault, whether it is whole, and the likely cause", async () => {
    const tag = "the instance lacks the tag of its handler, or a policy of the organisation denies it";
    const instance = "not authorized on arn:aws:ec2:us-east-1:1:instance/i-2";
    const document = "not authorized on arn:aws:ssm:us-east-1:1:document/d";
    const refusals = [
      ["InvalidInstanceId", "[[i-1]] not valid", ["i-1"], false, true, ""],
      ["InvalidInstanceId", "", [], false, true, ""],
      ["AccessDenied", instance, ["i-2"], false, false, tag],
      ["AccessDeniedException", document, [], true, false, tag],
      ["AccessDeniedException", `${document} and i-1`, ["i-1"], false, false, tag],
      [
        "InvalidDocument",
        "",
        [],
        true,
        false,
        "the document of the hook was deleted; deploy the stack of the group again"
      ],
      [
        "InvalidDocumentVersion",
        "",
        [],
        true,
        false,
        "the document of the hook was changed by hand; deploy the stack of the group again"
      ],
      [
        "InvalidParameters",
        "",
        [],
        true,
        false,
        "the document is of another version than the handler; deploy the stacks of both with the same version"
      ],
      ["MaxDocumentSizeExceeded", "", [], true, false, "SSM does not take the command as it is"],
      [
        "UnsupportedPlatformType",
        "",
        [],
        false,
        false,
        "the document has no step for the platform of the instance"
      ]
    ];
    for (const [name, message, instances, whole, isUnknown, likely] of refusals) {
      const cause = isUnknown ? "its agent is not registered, or the machine does not run" : `${name}: ${message} (${likely})`;
      const expected = { kind: "refused", instances, whole, isUnknown, cause };
      import_strict.default.deepEqual(await sent(answered(name, message)), expected, name);
    }
  });
});
