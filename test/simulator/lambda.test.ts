import assert from "node:assert/strict";
import { changed, isHook, withDeliveries, type Code } from "../../simulator";
import { TestBed, type Setting } from "../support/testBed";

const quick = { targetGroup: { port: 80, deregistrationDelay: 0 } };

/** Replaces the function's code by a few lines. */
const withCode =
  (text: string) =>
  (code: Code): Code =>
    new Map(
      [...code.keys()].map((arn) => [
        arn,
        { files: new Map([["__index.js", text]]), handler: "__index.handler" },
      ]),
    );

/** Only hook events reach the function: no sweeps. */
const hooksOnly: Setting["world"] = (world) => ({ ...world, rules: [] });

describe("Lambda in the simulator", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async (setting: Setting) => {
    bed = await TestBed.open({ world: hooksOnly, ...setting, args: { ...quick, ...setting.args } });
    return bed;
  };
  const phases = () =>
    bed.of("invocation").map(({ cold, phase }) => (phase === "started" ? (cold ? "cold" : "warm") : phase));
  const logged = () => bed.of("log").map(({ entry }) => entry);

  it("gives each environment a module state of its own, and keeps the state while the environment is warm", async () => {
    const text = "let count = 0; exports.handler = async () => { console.info({ count: (count += 1) }); };";
    await open({
      code: withCode(text),
      behaviour: (usual) => withDeliveries(usual, isHook, () => [10, 10, 5_000]),
    });
    await bed.scaleIn(1);
    await bed.pass(30);

    assert.deepEqual(
      phases()
        .filter((phase) => phase !== "ended")
        .sort(),
      ["cold", "cold", "warm"],
    );
    assert.deepEqual(
      logged()
        .map((entry) => JSON.stringify(entry))
        .sort(),
      ['{"count":1}', '{"count":1}', '{"count":2}'],
    );
  });

  it("runs code at virtual time: its clock, its timers and its random numbers are the simulator's", async () => {
    const text = `exports.handler = async () => {
      const before = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 30_000));
      console.info({ passed: Date.now() - before, year: new Date().getFullYear(), luck: Math.random() });
    };`;
    await open({ code: withCode(text) });
    await bed.scaleIn(1);
    await bed.pass(60);
    const [entry] = logged();
    await bed.close();
    await open({ code: withCode(text) });
    await bed.scaleIn(1);
    await bed.pass(60);

    assert.deepEqual(logged(), [entry]);
    assert.deepEqual(Object.keys(entry as object), ["passed", "year", "luck"]);
    assert.ok(JSON.stringify(entry).startsWith('{"passed":30000,"year":2026,'));
  });

  it("tries an event again after one and two minutes, then puts it aside", async () => {
    await open({ code: withCode('exports.handler = async () => { throw new Error("no"); };') });
    await bed.scaleIn(1);
    await bed.pass(300);

    const starts = bed
      .of("invocation")
      .filter(({ phase }) => phase === "started")
      .map(({ at }) => at);
    assert.deepEqual(
      starts.map((at, index) => Math.round((at - (starts[index - 1] ?? at)) / 1000)),
      [0, 60, 120],
    );
    assert.equal(bed.simulator.lambda.deadLetters.length, 1);
  });

  it("ends an invocation at the function's timeout, and its environment with it", async () => {
    await open({ code: withCode("exports.handler = () => new Promise(() => undefined);") });
    await bed.scaleIn(1);
    await bed.pass(90);

    const [start, end] = bed.of("invocation");
    assert.equal(end?.phase, "timedOut");
    assert.equal(end.at - (start?.at ?? 0), 60_000);
    await bed.pass(100);
    assert.deepEqual(phases(), ["cold", "timedOut", "cold", "timedOut"]);
  });

  it("keeps events waiting for a free environment, and loses no event", async () => {
    const text = "exports.handler = () => new Promise((resolve) => setTimeout(resolve, 5_000));";
    await open({
      code: withCode(text),
      args: { ...quick },
      world: (world) => ({
        ...world,
        rules: [],
        functions: world.functions.map((one) => ({ ...one, reservedConcurrency: 1 })),
      }),
    });
    await bed.scaleIn(3);
    await bed.pass(120);

    assert.equal(phases().filter((phase) => phase === "ended").length, 3);
    assert.ok(phases().includes("throttled"));
    assert.equal(phases().filter((phase) => phase === "cold").length, 1);
  });

  it("drops events of a loop after sixteen rounds", async () => {
    const text = `
      const http = require("node:http");
      const publish = () => new Promise((resolve) => {
        const url = new URL(process.env.AWS_ENDPOINT_URL);
        const authorization = "AWS4-HMAC-SHA256 Credential=" + process.env.AWS_ACCESS_KEY_ID + "/20260101/us-east-1/sns/aws4_request, ";
        const request = http.request({ host: url.hostname, port: url.port, method: "POST", headers: { authorization } }, (answer) => {
          answer.resume().on("end", resolve);
        });
        request.end(new URLSearchParams({ Action: "Publish", TopicArn: process.env.TOPIC, Message: "again" }).toString());
      });
      exports.handler = publish;`;
    await open({
      code: withCode(text),
      world: (world) => {
        const [topic = ""] = world.topics;
        const functions = world.functions.map((one) => ({
          ...one,
          environment: { ...one.environment, TOPIC: topic },
        }));
        const grant = { Effect: "Allow", Action: "sns:Publish", Resource: topic };
        const roles = new Map([...world.roles].map(([arn, statements]) => [arn, [...statements, grant]]));
        return { ...world, rules: [], functions, roles, topicPolicies: new Map() };
      },
    });
    await bed.scaleIn(1);
    await bed.pass(60);

    assert.equal(phases().filter((phase) => phase === "ended").length, 16);
    assert.equal(phases().at(-1), "dropped");
    assert.equal(bed.simulator.lambda.deadLetters.length, 1);
  });

  it("refuses an invocation by a principal that the function's policy does not name", async () => {
    await open({ world: (world) => ({ ...world, rules: [], permissions: [] }) });
    await bed.scaleIn(1);
    await bed.pass(30);

    assert.deepEqual(phases(), []);
    assert.ok(bed.of("message").some(({ fate }) => fate === "refused"));
    assert.equal(bed.simulator.lambda.deadLetters.length, 1);
  });

  it("denies calls that the function's role does not allow", async () => {
    await open({
      world: (world) => ({
        ...world,
        roles: new Map(
          [...world.roles].map(([arn, statements]) => [
            arn,
            statements.filter(({ Action }) => Action !== "ssm:SendCommand"),
          ]),
        ),
      }),
    });
    await bed.scaleIn(1);
    await bed.pass(30);

    assert.ok(bed.calls().includes("SendCommand: AccessDeniedException"));
    assert.deepEqual(bed.of("script"), []);
  });

  it("denies instances and groups without the handler's tag", async () => {
    await open({
      world: (world) => ({
        ...world,
        groups: world.groups.map((group) => ({ ...group, instanceTags: {}, tags: {} })),
      }),
    });
    await bed.scaleIn(1);
    await bed.pass(30);

    assert.ok(bed.calls().includes("SendCommand: AccessDeniedException"));
  });

  it("crashes in the middle of an invocation where the behaviour says so, and tries again", async () => {
    await open({
      behaviour: (usual) =>
        changed(usual, {
          invocation: (facts) => ({ coldStart: 100, crashesAfter: facts.id === 1 ? 1 : undefined }),
        }),
    });
    await bed.scaleIn(1);
    await bed.pass(200);

    assert.deepEqual(phases().slice(0, 3), ["cold", "failed", "cold"]);
    assert.ok(bed.of("script").some(({ phase }) => phase === "ended"));
  });
});
