import assert from "node:assert/strict";
import {
  OutOfTime,
  comesFromAws,
  describe as describeError,
  isThrottled,
  isTransient,
  isUnanswered,
  nameOf,
} from "../../handler/aws/errors";
import { sentOrNot } from "../../handler/aws/refusal";

const answered = (name: string, message = "", httpStatusCode = 400) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
const reset = Object.assign(new Error("reset"), { code: "ECONNRESET" });
const late = Object.assign(new Error("late"), { name: "TimeoutError" });

describe("an error of a call", () => {
  it("is AWS's, or the handler's own", () => {
    for (const error of [answered("AccessDenied"), reset, late, new OutOfTime()])
      assert.ok(comesFromAws(error));
    for (const error of [new TypeError("no"), "text", undefined, { $metadata: {} }])
      assert.equal(comesFromAws(error), false);
  });

  it("is transient where AWS fails, does not answer, or takes credentials for out of date", () => {
    for (const error of [
      answered("InternalFailure", "", 500),
      reset,
      late,
      Object.assign(new Error("reset"), { $metadata: {} }),
      ...["ExpiredToken", "ExpiredTokenException", "RequestExpired", "SignatureDoesNotMatch"].map((name) =>
        answered(name),
      ),
    ])
      assert.ok(isTransient(error), String(error));
    for (const error of [answered("AccessDenied"), new OutOfTime(), new TypeError("no"), "text", undefined])
      assert.equal(isTransient(error), false, String(error));
  });

  it("says whether AWS answered", () => {
    for (const error of [reset, late]) assert.ok(isUnanswered(error));
    for (const error of [answered("AccessDenied"), new OutOfTime(), new TypeError("no"), "text"])
      assert.equal(isUnanswered(error), false, String(error));
  });

  it("has a name, and a line for the log", () => {
    assert.deepEqual([nameOf(late), nameOf("text")], ["TimeoutError", ""]);
    assert.equal(describeError("text"), "text");
    assert.equal(describeError(new OutOfTime()), "OutOfTime: the time of this invocation is over");
    assert.deepEqual([isThrottled(answered("Throttling")), isThrottled("text")], [true, false]);
  });
});

describe("the answer of SendCommand", () => {
  const sent = (error: unknown) =>
    sentOrNot(["i-1", "i-2"], () => Promise.reject(error instanceof Error ? error : new Error("text")));

  it("is the id of the command, or that AWS does not take the command now", async () => {
    const taken = { commandId: "c", requestedAt: 1 };
    assert.deepEqual(await sentOrNot([], () => Promise.resolve(taken)), { kind: "sent", ...taken });
    for (const error of [
      answered("Throttling"),
      answered("InternalFailure", "", 500),
      reset,
      new OutOfTime(),
    ])
      assert.deepEqual(await sent(error), { kind: "failed", error: describeError(error) });
    await assert.rejects(sent(new TypeError("no")), TypeError);
  });

  it("is a refusal with the instances at fault, whether the whole batch is refused, and the likely cause", async () => {
    const tag = "the instance lacks the tag of its handler, or a policy of the organisation denies it";
    const instance = "not authorized on arn:aws:ec2:us-east-1:1:instance/i-2";
    const document = "not authorized on arn:aws:ssm:us-east-1:1:document/d";
    const refusals: readonly [
      name: string,
      message: string,
      instances: readonly string[],
      whole: boolean,
      isUnknown: boolean,
      likely: string,
    ][] = [
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
        "the document of the hook was deleted; deploy the stack of the group again",
      ],
      [
        "InvalidDocumentVersion",
        "",
        [],
        true,
        false,
        "the document of the hook was changed by hand; deploy the stack of the group again",
      ],
      [
        "InvalidParameters",
        "",
        [],
        true,
        false,
        "the document is of another version than the handler; deploy the stacks of both with the same version",
      ],
      ["MaxDocumentSizeExceeded", "", [], true, false, "SSM does not take the command as it is"],
      [
        "UnsupportedPlatformType",
        "",
        [],
        false,
        false,
        "the document has no step for the platform of the instance",
      ],
    ];
    for (const [name, message, instances, whole, isUnknown, likely] of refusals) {
      const cause = isUnknown
        ? "its agent is not registered, or the machine does not run"
        : `${name}: ${message} (${likely})`;
      const isUnknownParameter = name === "InvalidParameters";
      const expected = { kind: "refused", instances, whole, isUnknown, isUnknownParameter, cause };
      assert.deepEqual(await sent(answered(name, message)), expected, name);
    }
  });
});
