import assert from "node:assert/strict";
import {
  EventBridgeClient,
  type PutEventsCommand,
  type PutEventsCommandInput,
} from "@aws-sdk/client-eventbridge";
import { LifecycleEventType, type LifecycleEvent } from "../../contract";
import { createEventBus } from "../../handler/aws/eventBus";
import { createOutbox } from "../../handler/outbox";
import { ids } from "../support/payloads";
import { recordedLog } from "../support/recordedLog";

const busArn = "arn:aws:events:us-east-1:123456789012:event-bus/deployments";
const at = Date.UTC(2026, 0, 1);
const event = (number: number): LifecycleEvent => ({
  type: LifecycleEventType.Started,
  at,
  detail: {
    version: 1,
    handler: ids.handler,
    group: ids.group,
    hook: `hook-${number}`,
    instance: ids.instance,
    transition: "terminate",
    commandId: undefined,
  },
});
const events = (count: number) => Array.from({ length: count }, (_, index) => event(index));

/** An event bus whose calls get an answer each. */
function world(answer: (call: number) => unknown = () => ({ Entries: [] })) {
  const inputs: PutEventsCommandInput[] = [];
  const client = new EventBridgeClient({ region: "us-east-1" });
  client.send = ((command: PutEventsCommand) => {
    inputs.push(command.input);
    const made = answer(inputs.length);
    return made instanceof Error ? Promise.reject(made) : Promise.resolve(made);
  }) as typeof client.send;
  const kinds: string[] = [];
  const bus = createEventBus(client, busArn, (kind, send) => {
    kinds.push(kind);
    return send();
  });
  const { lines, log } = recordedLog();
  const failures: number[] = [];
  const outbox = createOutbox(bus, log, (count) => failures.push(count));
  return { bus, inputs, kinds, lines, failures, outbox };
}

describe("the outbox", () => {
  it("puts its events when it is flushed, ten with a call, each once and in order", async () => {
    const { inputs, kinds, lines, outbox } = world();
    events(23).forEach(outbox.tell);
    assert.equal(inputs.length, 0);
    await outbox.flush();
    await outbox.flush();

    assert.deepEqual(
      inputs.map(({ Entries }) => Entries?.length),
      [10, 10, 3],
    );
    assert.deepEqual(kinds, ["tell", "tell", "tell"]);
    const [first, ...rest] = inputs.flatMap(({ Entries = [] }) => Entries);
    assert.deepEqual(first, {
      EventBusName: busArn,
      Source: "graceful-asg",
      DetailType: "Graceful Lifecycle Action Started",
      Time: new Date(at),
      Detail: JSON.stringify(event(0).detail),
    });
    assert.deepEqual(
      rest.map(({ Detail = "" }) => (JSON.parse(Detail) as { readonly hook: string }).hook),
      Array.from({ length: 22 }, (_, index) => `hook-${index + 1}`),
    );
    assert.deepEqual(lines, []);
  });

  it("makes no call where there is nothing to tell", async () => {
    const { inputs, outbox } = world();
    await outbox.flush();

    assert.deepEqual(inputs, []);
  });

  it("logs and counts events that were not put, each of them, and throws nothing", async () => {
    const denied = Object.assign(new Error("no"), { name: "AccessDeniedException" });
    const refused = {
      Entries: [{ EventId: "1" }, { ErrorCode: "InternalFailure", ErrorMessage: "try again" }],
    };
    const { failures, lines, outbox } = world((call) => (call === 1 ? denied : refused));
    events(12).forEach(outbox.tell);
    await outbox.flush();

    assert.deepEqual(failures, [11]);
    assert.deepEqual(lines, [
      {
        level: "error",
        message: "could not put 11 of 12 events on the event bus",
        error: "AccessDeniedException: no",
      },
    ]);
  });

  it("knows why each event was not put", async () => {
    const answers = [
      {},
      {
        Entries: [
          { ErrorCode: "InternalFailure", ErrorMessage: "try again" },
          { EventId: "1" },
          { ErrorCode: "ThrottlingException" },
        ],
      },
    ];
    const { bus } = world((call) => answers[call - 1]);

    assert.deepEqual(await bus.put(events(3)), []);
    assert.deepEqual(await bus.put(events(3)), ["InternalFailure: try again", "ThrottlingException: "]);
  });

  it("keeps nothing without an event bus", async () => {
    const { lines, log } = recordedLog();
    const outbox = createOutbox(undefined, log, () => assert.fail());
    outbox.tell(event(0));
    await outbox.flush();

    assert.deepEqual(lines, []);
  });
});
