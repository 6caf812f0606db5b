import assert from "node:assert/strict";
import { changed, isHook, withDeliveries, type Code } from "../../simulator";
import { Stand, type Setting } from "../support/box";

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

describe("Lambda in the box", () => {
  let stand: Stand;
  afterEach(() => stand.close());

  const open = async (setting: Setting) => {
    stand = await Stand.open({ world: hooksOnly, ...setting, args: { ...quick, ...setting.args } });
    return stand;
  };
  const phases = () =>
    stand.of("invocation").map(({ cold, phase }) => (phase === "started" ? (cold ? "cold" : "warm") : phase));
  const logged = () => stand.of("log").map(({ entry }) => entry);

  it("gives each environment a module state of its own, and keeps it while it is warm", async () => {
    const text = "let count = 0; exports.handler = async () => { console.info({ count: (count += 1) }); };";
    await open({
      code: withCode(text),
      conduct: (usual) => withDeliveries(usual, isHook, () => [10, 10, 5_000]),
    });
    await stand.scaleIn(1);
    await stand.pass(30);

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

  it("runs code at virtual time: its clock, its timers and its luck are the box's", async () => {
    const text = `exports.handler = async () => {
      const before = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 30_000));
      console.info({ passed: Date.now() - before, year: new Date().getFullYear(), luck: Math.random() });
    };`;
    await open({ code: withCode(text) });
    await stand.scaleIn(1);
    await stand.pass(60);
    const [entry] = logged();
    await stand.close();
    await open({ code: withCode(text) });
    await stand.scaleIn(1);
    await stand.pass(60);

    assert.deepEqual(logged(), [entry]);
    assert.deepEqual(Object.keys(entry as object), ["passed", "year", "luck"]);
    assert.ok(JSON.stringify(entry).startsWith('{"passed":30000,"year":2026,'));
  });

  it("tries an event again after one and two minutes, then puts it aside", async () => {
    await open({ code: withCode('exports.handler = async () => { throw new Error("no"); };') });
    await stand.scaleIn(1);
    await stand.pass(300);

    const starts = stand
      .of("invocation")
      .filter(({ phase }) => phase === "started")
      .map(({ at }) => at);
    assert.deepEqual(
      starts.map((at, index) => Math.round((at - (starts[index - 1] ?? at)) / 1000)),
      [0, 60, 120],
    );
    assert.equal(stand.box.lambda.deadLetters.length, 1);
  });

  it("ends an invocation at the function's time-out, and its environment with it", async () => {
    await open({ code: withCode("exports.handler = () => new Promise(() => undefined);") });
    await stand.scaleIn(1);
    await stand.pass(90);

    const [start, end] = stand.of("invocation");
    assert.equal(end?.phase, "timedOut");
    assert.equal(end.at - (start?.at ?? 0), 60_000);
    await stand.pass(100);
    assert.deepEqual(phases(), ["cold", "timedOut", "cold", "timedOut"]);
  });

  it("keeps events waiting for a free environment, and loses none", async () => {
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
    await stand.scaleIn(3);
    await stand.pass(120);

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
    await stand.scaleIn(1);
    await stand.pass(60);

    assert.equal(phases().filter((phase) => phase === "ended").length, 16);
    assert.equal(phases().at(-1), "dropped");
    assert.equal(stand.box.lambda.deadLetters.length, 1);
  });

  it("invokes for nobody whom the function's policy does not name", async () => {
    await open({ world: (world) => ({ ...world, rules: [], permissions: [] }) });
    await stand.scaleIn(1);
    await stand.pass(30);

    assert.deepEqual(phases(), []);
    assert.ok(stand.of("message").some(({ fate }) => fate === "refused"));
    assert.equal(stand.box.lambda.deadLetters.length, 1);
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
    await stand.scaleIn(1);
    await stand.pass(30);

    assert.ok(stand.calls().includes("SendCommand: AccessDeniedException"));
    assert.deepEqual(stand.of("script"), []);
  });

  it("denies instances and groups without the handler's tag", async () => {
    await open({
      world: (world) => ({
        ...world,
        groups: world.groups.map((group) => ({ ...group, instanceTags: {}, tags: {} })),
      }),
    });
    await stand.scaleIn(1);
    await stand.pass(30);

    assert.ok(stand.calls().includes("SendCommand: AccessDeniedException"));
  });

  it("dies in the middle where the conduct says so, and tries again", async () => {
    await open({
      conduct: (usual) =>
        changed(usual, {
          invocation: (facts) => ({ coldStart: 100, crashesAfter: facts.id === 1 ? 1 : undefined }),
        }),
    });
    await stand.scaleIn(1);
    await stand.pass(200);

    assert.deepEqual(phases().slice(0, 3), ["cold", "failed", "cold"]);
    assert.ok(stand.of("script").some(({ phase }) => phase === "ended"));
  });
});
