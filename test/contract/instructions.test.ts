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
    for (const each of [instructions, { ...instructions, scriptLogGroup: "lifecycle-scripts-1234567" }])
      assert.deepEqual(decodeInstructions(encodeInstructions(each)), each);
  });

  it("are read from a hook of a predecessor, and by a predecessor, as each leaves out what it does not know", () => {
    const before =
      '{"gracefulAsg":1,"handler":"web-handler-1234567","transport":"sns","document":"d","delivery":30,"execution":120,"maxWait":0,"deregistrationDelay":300,"onFailure":"continue"}';
    const after = encodeInstructions({ ...instructions, document: "d", scriptLogGroup: "scripts" });

    assert.deepEqual(decodeInstructions(before), { ...instructions, document: "d" });
    assert.deepEqual({ ...JSON.parse(before), scriptLogGroup: "scripts" }, JSON.parse(after));
    assert.deepEqual(decodeInstructions(before.replace("}", ',"later":[1]}')), decodeInstructions(before));
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
      encodeInstructions(instructions).replace("}", ',"scriptLogGroup":1}'),
    ];
    for (const metadata of others) assert.equal(decodeInstructions(metadata), undefined, metadata);
  });
});
