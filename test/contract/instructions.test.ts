import assert from "node:assert/strict";
import { decodeInstructions, encodeInstructions, metadataPrefix, type Instructions } from "../../contract";

const instructions: Instructions = {
  handler: "web-handler-1234567",
  transport: "sns",
  document: "web-handler-1234567-web-terminate-01234567",
  delivery: 30,
  execution: 120,
  maxWait: 0,
  deregistrationDelay: 300,
  onFailure: "continue",
};

describe("instructions in the metadata of a hook", () => {
  it("come back as they were written", () => {
    assert.deepEqual(decodeInstructions(encodeInstructions(instructions)), instructions);
  });

  it("are printable ASCII, as Auto Scaling demands", () => {
    assert.match(encodeInstructions(instructions), /^[\x20-\x7e]{1,4000}$/);
  });

  it("begin with what an EventBridge pattern matches", () => {
    assert.ok(encodeInstructions(instructions).startsWith(metadataPrefix("web-handler-1234567", "sns")));
    assert.ok(!encodeInstructions(instructions).startsWith(metadataPrefix("web-handler-123456", "sns")));
  });

  it("are not read from anything else", () => {
    const others = [
      undefined,
      "",
      "drain",
      "null",
      "[]",
      "{}",
      JSON.stringify({ ...instructions }),
      encodeInstructions(instructions).replace('"gracefulAsg":1', '"gracefulAsg":2'),
      encodeInstructions(instructions).replace("continue", "explode"),
      encodeInstructions(instructions).replace('"sns"', '"pigeon"'),
      encodeInstructions(instructions).replace('"delivery":30', '"delivery":"30"'),
      encodeInstructions(instructions).replace('"execution":120', '"execution":-1'),
      encodeInstructions(instructions).replace('"document":', '"file":'),
    ];
    for (const metadata of others) assert.equal(decodeInstructions(metadata), undefined, metadata);
  });
});
