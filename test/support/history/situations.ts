import fc from "fast-check";
import { OnFailure } from "../../../contract";
import type { Command, CommandStatus, FoundAction } from "../../../handler/situation";
import { instructionsFor } from "../payloads";
import { causes } from "./history";

const start = Date.UTC(2026, 0, 1);
const instants = (min: number, max: number) =>
  fc.integer({ min, max }).map((seconds) => start + seconds * 1000);

/** Objects like the handler's objects, which have a prototype. */
const plain = { noNullPrototype: true } as const;

const commands: fc.Arbitrary<Command[]> = fc
  .array(
    fc.record(
      {
        id: fc.uuid(),
        requestedAt: instants(-2000, 0),
        status: fc.constantFrom<CommandStatus>(
          "pending",
          "running",
          "ended",
          "succeeded",
          "failed",
          "notMeant",
          "troubled",
          "expired",
          "undelivered",
          "cancelled",
        ),
      },
      plain,
    ),
    { maxLength: 3 },
  )
  .map((some) => some.sort((one, other) => one.requestedAt - other.requestedAt));

const rarely = fc.integer({ min: 0, max: 4 }).map((one) => one === 0);

/** Any situation, whether or not it could occur. */
export const situations: fc.Arbitrary<FoundAction> = fc
  .record(
    {
      transition: fc.constantFrom("launch", "terminate"),
      onFailure: fc.constantFrom(...Object.values(OnFailure)),
      execution: fc.integer({ min: 5, max: 20_000 }),
      maxWait: fc.integer({ min: 0, max: 3600 }),
      heartbeatTimeout: fc.integer({ min: 300, max: 7200 }),
      commands,
      repeats: fc.boolean(),
      isPoolOnly: rarely,
      isHealthy: fc.boolean(),
      machine: fc.constantFrom(undefined, "there", "silent", "gone"),
      refusal: fc.option(
        fc.record(
          { cause: fc.constant("no agent"), since: fc.option(instants(-2000, 0), { nil: undefined }) },
          plain,
        ),
        { nil: undefined },
      ),
      hasProbe: fc.boolean(),
      isBusy: fc.constantFrom(undefined, true, false),
      since: fc.option(instants(-2000, 0), { nil: undefined }),
      activity: fc.option(
        fc.record(
          {
            startedAt: instants(-2000, 0),
            cause: fc.constantFrom(...Object.values(causes)),
            retainedBefore: fc.boolean(),
          },
          plain,
        ),
        { nil: undefined },
      ),
      hold: fc.oneof(
        { weight: 3, arbitrary: fc.record({ kind: fc.constant("none") }, plain) },
        { weight: 1, arbitrary: fc.constantFrom(undefined, { kind: "unread" } as const) },
        {
          weight: 1,
          arbitrary: fc.record({ kind: fc.constant("until"), until: instants(-2000, 200_000) }, plain),
        },
      ),
      now: instants(0, 30_000),
      extendedAt: fc.option(instants(-2000, 30_000), { nil: undefined }),
      previousLook: instants(-2000, 30_000),
    },
    plain,
  )
  .map(({ execution, maxWait, onFailure, ...rest }) => ({
    ...rest,
    kind: "found",
    instructions: instructionsFor(rest.transition, { execution: execution + maxWait, maxWait, onFailure }),
    listedSince: start - 2_000_000,
  }));
