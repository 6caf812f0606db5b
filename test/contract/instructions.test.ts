import assert from "node:assert/strict";
import fc from "fast-check";
import {
  decodeInstructions,
  encodeInstructions,
  instructionRanges,
  metadataPrefix,
  readInstructions,
  type Instructions,
} from "../../contract";
import { check, maxAgentTimeout, maxExecution, schedule } from "../../timing";

const instructions: Instructions = {
  handler: "web-handler-1234567",
  transport: "sns",
  document: "web-handler-1234567-web-terminate-01234567",
  delivery: 30,
  execution: 120,
  maxWait: 0,
  deregistrationDelay: 300,
  agentTimeout: 180,
  heartbeatTimeout: 450,
  onFailure: "continue",
};

const written = encodeInstructions(instructions);

/** The same metadata with some fields edited by hand; undefined leaves a field out. */
function edited(changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...(JSON.parse(written) as object), ...changes });
}

function problemIn(metadata: string): string | undefined {
  const reading = readInstructions(metadata);
  return reading.kind === "malformed" ? reading.problem : undefined;
}

describe("instructions in the metadata of a hook", () => {
  it("come back as they were written", () => {
    const drain = { maxConcurrent: 2, maxWait: 900 };
    const all = [
      instructions,
      { ...instructions, scriptLogGroup: "lifecycle-scripts-1234567" },
      { ...instructions, drain },
      { ...instructions, announce: { document: `${instructions.document}-announce`, execution: 30 } },
    ];
    for (const each of all) {
      assert.deepEqual(readInstructions(encodeInstructions(each)), {
        kind: "instructions",
        instructions: each,
      });
      assert.deepEqual(decodeInstructions(encodeInstructions(each)), each);
    }
  });

  it("are read from a hook of an older version, and by an older version, as each version leaves out fields that it does not know", () => {
    const before =
      '{"gracefulAsg":1,"handler":"web-handler-1234567","transport":"sns","document":"web-handler-1234567-web","delivery":30,"execution":120,"maxWait":0,"deregistrationDelay":300,"onFailure":"continue"}';
    const { heartbeatTimeout: _, ...read } = { ...instructions, document: "web-handler-1234567-web" };
    const after = encodeInstructions({ ...read, scriptLogGroup: "scripts" });

    assert.deepEqual(decodeInstructions(before), read);
    assert.deepEqual(
      { ...JSON.parse(before), agentTimeout: 180, scriptLogGroup: "scripts" },
      JSON.parse(after),
    );
    assert.deepEqual(decodeInstructions(before.replace("}", ',"later":[1]}')), decodeInstructions(before));
  });

  it("are printable ASCII, as Auto Scaling demands", () => {
    assert.match(written, /^[\x20-\x7e]{1,4000}$/);
  });

  it("begin with what an EventBridge pattern matches", () => {
    assert.ok(written.startsWith(metadataPrefix("web-handler-1234567", "sns")));
    assert.ok(!written.startsWith(metadataPrefix("web-handler-123456", "sns")));
  });

  it("are not looked for in foreign metadata", () => {
    const others = [
      undefined,
      "",
      "drain",
      "null",
      "[]",
      "{}",
      JSON.stringify({ ...instructions }),
      edited({ handler: undefined }),
      edited({ handler: 1 }),
    ];
    for (const metadata of others) {
      assert.deepEqual(readInstructions(metadata), { kind: "foreign" }, metadata);
      assert.equal(decodeInstructions(metadata), undefined, metadata);
    }
  });

  it("are refused where a value is not allowed, with the field, the value and the allowed values", () => {
    const seconds = "it must be a whole number of seconds from";
    const cases: readonly [Readonly<Record<string, unknown>>, string][] = [
      [{ gracefulAsg: 2 }, "gracefulAsg is 2; it must be 1"],
      [{ onFailure: "explode" }, 'onFailure is "explode"; it must be one of continue, abandon, retain'],
      [{ transport: "pigeon" }, 'transport is "pigeon"; it must be one of sns, eventbridge'],
      [{ delivery: "30" }, `delivery is "30"; ${seconds} 30 to 2592000`],
      [{ execution: 1e13 }, `execution is 10000000000000; ${seconds} 5 to 172800`],
      [{ execution: -1 }, `execution is -1; ${seconds} 5 to 172800`],
      [{ execution: 120.5 }, `execution is 120.5; ${seconds} 5 to 172800`],
      [{ execution: undefined }, `execution is not given; ${seconds} 5 to 172800`],
      [{ maxWait: 121 }, `maxWait is 121; ${seconds} 0 to 120`],
      [{ deregistrationDelay: 3601 }, `deregistrationDelay is 3601; ${seconds} 0 to 3600`],
      [{ agentTimeout: 29 }, `agentTimeout is 29; ${seconds} 30 to 172800`],
      [{ heartbeatTimeout: 7201 }, `heartbeatTimeout is 7201; ${seconds} 30 to 7200`],
      [{ scriptLogGroup: 1 }, "scriptLogGroup is 1; it must be the name of a log group"],
      [{ scriptLogGroup: "a b" }, 'scriptLogGroup is "a b"; it must be the name of a log group'],
    ];
    for (const [changes, problem] of cases) {
      assert.equal(problemIn(edited(changes)), problem);
      assert.equal(decodeInstructions(edited(changes)), undefined, problem);
    }
  });

  it("are refused where an announcement has no document of the handler, or no time that a script may take", () => {
    const own = `${instructions.document}-announce`;
    for (const announce of [
      "yes",
      {},
      { document: own },
      { document: own, execution: 4 },
      { document: own, execution: 3601 },
      { document: "AWS-RunShellScript", execution: 30 },
    ])
      assert.match(
        problemIn(edited({ announce })) ?? "",
        /^announce is .*; it must be an object of document, the name of a document that begins with web-handler-1234567-, and execution, a whole number of seconds from 5 to 3600$/,
      );
  });

  it("are refused where the document is not the handler's", () => {
    const allowed = "it must be the name of a document that begins with web-handler-1234567-";
    const long = "x".repeat(200);

    for (const document of [
      "AWS-RunShellScript",
      "web-handler-123456-7",
      "web-handler-1234567-",
      "a b",
      "",
    ]) {
      assert.equal(problemIn(edited({ document })), `document is ${JSON.stringify(document)}; ${allowed}`);
    }
    assert.equal(
      problemIn(edited({ document: `${instructions.handler}-${long}` })),
      `document is "web-handler-1234567-${long.slice(0, 56)}...; ${allowed}`,
    );
  });

  it("name the handler and everything that is wrong, if they are refused", () => {
    assert.deepEqual(readInstructions(edited({ delivery: 0, onFailure: 1 })), {
      kind: "malformed",
      handler: "web-handler-1234567",
      problem:
        "delivery is 0; it must be a whole number of seconds from 30 to 2592000; onFailure is 1; it must be one of continue, abandon, retain",
    });
  });

  it("take both ends of each range and nothing beyond", () => {
    for (const [name, { max, min }] of Object.entries(instructionRanges)) {
      const around = { execution: 172_800, [name]: min };
      const upper = { execution: 172_800, [name]: max };
      assert.equal(problemIn(edited(around)), undefined, name);
      assert.equal(problemIn(edited(upper)), undefined, name);
      assert.match(problemIn(edited({ ...around, [name]: min - 1 })) ?? "", new RegExp(`^${name} is`));
      assert.match(problemIn(edited({ ...upper, [name]: max + 1 })) ?? "", new RegExp(`^${name} is`));
    }
  });
});

describe("instructions for a schedule that components take", () => {
  const seconds = (max: number) => fc.integer({ min: 1, max });

  it("are in range, whatever the times", () => {
    const anyTimes = fc.record(
      {
        timeout: seconds(maxExecution),
        maxWait: seconds(maxExecution),
        agentTimeout: seconds(maxAgentTimeout),
        heartbeatTimeout: seconds(7200),
      },
      { requiredKeys: ["timeout"] },
    );
    const edges = fc.constantFrom(
      { timeout: maxExecution },
      { timeout: 5, maxWait: maxExecution - 5 },
      { timeout: 5, agentTimeout: maxAgentTimeout },
      { timeout: 5, heartbeatTimeout: 300 },
    );
    fc.assert(
      fc.property(fc.oneof(anyTimes, edges), (times) => {
        fc.pre(check({ terminate: times }).length === 0);
        const { agentTimeout, delivery, execution, heartbeatTimeout } = schedule(times);
        const { maxWait = 0 } = times;
        const given = { agentTimeout, delivery, execution, heartbeatTimeout, maxWait };
        assert.equal(readInstructions(edited(given)).kind, "instructions");
      }),
    );
  });
});

describe("any text in the metadata of a hook", () => {
  const fields = Object.keys(JSON.parse(written) as object);
  /** Values that have caused failures: too large, of another kind, nested, empty. */
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(1e13, 1e308, -0, Number.MAX_SAFE_INTEGER + 1, "__proto__", undefined),
    fc.integer({ min: -10, max: 200_000 }),
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...fields), value), { maxLength: 4, selector: ([name]) => name })
      .map((changes) => edited(Object.fromEntries(changes))),
    fc.nat({ max: written.length }).map((length) => written.slice(0, length)),
    // JSON of other writers: a number that overflows, a key twice.
    fc.constantFrom(
      written.replace("120", "1e999"),
      written.replace("{", '{"execution":0,'),
      written.replace("}", ',"__proto__":{"execution":1e13}}'),
    ),
  );

  it("is read without an exception, and is taken for instructions only in range", () => {
    fc.assert(
      fc.property(text, (metadata) => {
        const reading = readInstructions(metadata);
        if (reading.kind === "malformed") assert.match(reading.problem, /^\w+ is .+; it must be /s);
        if (reading.kind !== "instructions") return;
        const read = reading.instructions;
        for (const [name, { max, min }] of Object.entries(instructionRanges)) {
          const found = read[name as keyof typeof instructionRanges];
          if (found !== undefined) assert.ok(Number.isInteger(found) && found >= min && found <= max, name);
        }
        assert.ok(read.maxWait <= read.execution);
        assert.ok(read.document.startsWith(`${read.handler}-`));
        assert.deepEqual(decodeInstructions(encodeInstructions(read)), read);
      }),
      { numRuns: 2_000 },
    );
  });
});
