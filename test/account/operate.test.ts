import assert from "node:assert/strict";
import { extend, release, retry, status } from "../../cli/account";
import { milliseconds } from "../../cli/commands/operate";
import { OnFailure } from "../../components";
import { changed, type Behaviour } from "../../simulator";
import { atSimulator, type Shown, type Surroundings } from "../support/account/atSimulator";
import { policyOf, without } from "../support/account/policyOf";
import { TestBed, type Setting } from "../support/testBed";

const policy = policyOf("Release, extend, retry");
const actions = policy.flatMap(({ Action }) => Action);
const operators = new Map([["ALL", policy], ...actions.map((one) => [one, without(policy, one)] as const)]);

/** The stop script fails after ten seconds, the first time. */
const failsOnce = (usual: Behaviour): Behaviour =>
  changed(usual, { script: ({ run }) => ({ takes: 10_000, exitCode: run > 1 ? 0 : 3, heedsTerm: true }) });

describe("an operator at the command line", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async (onFailure: OnFailure, { args, ...setting }: Setting = {}, seconds = 8) => {
    bed = await TestBed.open({
      operators,
      scriptSeconds: 100,
      args: {
        targetGroup: { port: 80, deregistrationDelay: 0 },
        terminate: { script: "stop", timeout: 300, onFailure },
        ...args,
      },
      ...setting,
    });
    await bed.scaleIn(2, 1);
    await bed.pass(seconds);
  };
  const instance = () =>
    [...bed.group.instances.values()].find(({ state }) => state !== "InService")?.id ?? "none";
  const short = ({ text }: { readonly text: string }) =>
    text
      .replaceAll(/\bi-[0-9a-f]+/g, "INSTANCE")
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "COMMAND")
      .split("\n");
  const run = {
    release: (abandon = false, how?: Surroundings) =>
      atSimulator(bed, (...to) => release({ instance: instance(), abandon, region: undefined }, ...to), how),
    extend: (time: string, how?: Surroundings) =>
      atSimulator(
        bed,
        (...to) => extend({ instance: instance(), for: milliseconds(time), region: undefined }, ...to),
        how,
      ),
    retry: (how?: Surroundings) =>
      atSimulator(bed, (...to) => retry({ instance: instance(), region: undefined }, ...to), how),
    status: () =>
      atSimulator(bed, (...to) => status({ group: [], region: undefined, watch: false, json: false }, ...to)),
  };
  /** How actions ended, with seconds. */
  const ends = () =>
    bed
      .of("action")
      .filter(({ phase }) => phase === "completed")
      .map(
        ({ by, caller, result }) =>
          `${by ?? ""} ${result ?? ""}${caller === "ALL" ? " by the operator" : ""}`,
      );

  it("releases an instance whose script hangs, and says that Auto Scaling terminates it", async () => {
    await open(OnFailure.Continue);

    assert.deepEqual(short(await run.release(false, { key: "ALL" })), [
      "INSTANCE: the action of graceful-terminate-sns is completed with CONTINUE. Auto Scaling terminates the instance, whatever its stop script is doing.",
    ]);
    assert.deepEqual(ends(), ["call CONTINUE by the operator"]);
    await bed.pass(120);

    assert.deepEqual(ends(), ["call CONTINUE by the operator"]);
    assert.deepEqual(
      bed.of("log").filter(({ level }) => level === "ERROR"),
      [],
    );
  });

  it("keeps an instance with --abandon where the group retains, and ends it with a second release", async () => {
    await open(OnFailure.Retain);

    const [said = ""] = short(await run.release(true, { key: "ALL" }));
    assert.match(
      said,
      /is completed with ABANDON\. The group retains instances .* until graceful-asg release ends it\.$/,
    );
    await bed.pass(30);

    assert.deepEqual(short(await run.release(false, { key: "ALL" })), [
      `INSTANCE of ${bed.group.settings.name} was Terminating:Retained: Auto Scaling terminates it.`,
      "Its hook fires once more; the handler completes it with CONTINUE, as the instance was retained before.",
    ]);
    await bed.pass(120);
    assert.deepEqual(ends(), ["call ABANDON by the operator", "call CONTINUE"]);
  });

  it("says of an instance of a launch what becomes of it", async () => {
    bed = await TestBed.open({ scriptSeconds: 100, args: { launch: { script: "ready", timeout: 300 } } });
    bed.simulator.autoScaling.setDesired(bed.group, 1);
    await bed.pass(60);

    const [said = ""] = short(await run.release());

    assert.match(
      said,
      /is completed with CONTINUE\. The instance goes into service, whatever its launch script has done\.$/,
    );
    await bed.pass(5);
    assert.deepEqual(
      [...bed.group.instances.values()].map(({ state }) => state),
      ["InService"],
    );
  });

  it("holds an instance whose script fails, until a retry succeeds", async () => {
    await open(OnFailure.Abandon, { behaviour: failsOnce });

    const held = short(await run.extend("30m", { key: "ALL" }));
    assert.match(
      held[0] ?? "",
      /^INSTANCE is held at graceful-terminate-sns until 2026-01-01T12:30:\d\dZ, for 30 min\.$/,
    );
    assert.equal(held.length, 3);
    await bed.pass(600);
    assert.deepEqual(ends(), []);
    assert.match(
      (await run.status()).text,
      /held {2,}17 h \d\d min {2}extends the hook: an operator holds the instance: until 2026-01-01T12:30:\d\dZ; the script failed/,
    );

    const again = short(await run.retry({ key: "ALL" }));
    assert.equal(
      again[0],
      "INSTANCE: the script of graceful-terminate-sns runs again as COMMAND; it failed as COMMAND.",
    );
    assert.match(
      again[1] ?? "",
      /^It may take 5 min 30 s, and the instance is held until 2026-01-01T12:30:\d\dZ\. If the script succeeds, /,
    );
    await bed.pass(30);

    assert.deepEqual(ends(), ["call CONTINUE"]);
    assert.deepEqual(
      bed
        .of("script")
        .filter(({ phase }) => phase === "ended")
        .map(({ code }) => code),
      [3, 0],
    );
  });

  it("applies the failure policy when the hold ends, or when a release ends it", async () => {
    await open(OnFailure.Abandon, { behaviour: failsOnce });
    await run.extend("2m", { key: "ALL" });
    await bed.pass(100);
    assert.deepEqual(ends(), []);

    await bed.pass(100);
    assert.deepEqual(ends(), ["call ABANDON"]);
  });

  it("ends the hold of an instance that it releases", async () => {
    await open(OnFailure.Abandon, { behaviour: failsOnce });
    await run.extend("30m", { key: "ALL" });
    await bed.pass(60);

    const [, second] = short(await run.release(false, { key: "ALL" }));

    assert.equal(second, "The hold of INSTANCE has ended.");
    assert.deepEqual(
      Object.keys(bed.simulator.ec2.tagsOf(instance())).filter((key) => key.endsWith(":hold")),
      [],
    );
  });

  it("runs the script of a retained instance again, which stays", async () => {
    await open(OnFailure.Retain, { behaviour: failsOnce }, 40);

    const [, second] = short(await run.retry({ key: "ALL" }));

    assert.match(
      second ?? "",
      /^It may take 5 min 30 s\. The instance stays Terminating:Retained whatever comes of it; /,
    );
    await bed.pass(60);
    const codes = bed
      .of("script")
      .filter(({ phase }) => phase === "ended")
      .map(({ code }) => code);
    assert.deepEqual(codes, [3, 0]);
    assert.equal(
      [...bed.group.instances.values()].filter(({ state }) => state === "Terminating:Retained").length,
      1,
    );
  });

  it("says that an action is over already, where the handler was faster", async () => {
    const other = { name: "theirs", lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING" } as const;
    await open(
      OnFailure.Continue,
      {
        scriptSeconds: 2,
        behaviour: (usual) => changed(usual, { otherHook: () => undefined }),
        world: (world) => ({
          ...world,
          groups: world.groups.map((group) => ({
            ...group,
            hooks: [...group.hooks, { ...other, heartbeatTimeout: 3600, defaultResult: "CONTINUE" }],
          })),
        }),
      },
      20,
    );

    assert.deepEqual(short(await run.release(false, { key: "ALL" })), [
      "INSTANCE: the action of graceful-terminate-sns is over already, by the handler or by somebody else.",
      "INSTANCE may still wait at theirs, which no handler of graceful-asg serves.",
    ]);
  });

  describe("is refused", () => {
    const refusal = async (step: () => Promise<unknown>) => {
      try {
        await step();
      } catch (error) {
        return error instanceof Error
          ? `${error.constructor.name}: ${error.message}`
              .replaceAll(/\bi-[0-9a-f]+/g, "INSTANCE")
              .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "COMMAND")
          : "";
      }
      return "nothing";
    };

    it("an instance that no group has", async () => {
      await open(OnFailure.Continue);

      assert.equal(
        await refusal(() =>
          atSimulator(bed, (...to) =>
            release({ instance: "i-00000000", abandon: false, region: undefined }, ...to),
          ),
        ),
        "AccountError: INSTANCE is INSTANCE, but no Auto Scaling group in us-east-1 has that instance. Check the id, --region and the account; graceful-asg explain tells of instances that are gone.",
      );
    });

    it("an instance that is in service", async () => {
      await open(OnFailure.Continue);
      const serving = [...bed.group.instances.values()].find(({ state }) => state === "InService");
      const options = { instance: serving?.id ?? "", region: undefined };

      for (const [verb, step] of [
        ["release", () => atSimulator(bed, (...to) => release({ ...options, abandon: false }, ...to))],
        ["extend", () => atSimulator(bed, (...to) => extend({ ...options, for: 60_000 }, ...to))],
        ["retry", () => atSimulator(bed, (...to) => retry(options, ...to))],
      ] as const)
        assert.match(
          await refusal(step),
          new RegExp(`which is InService in web-\\w+: there is nothing to ${verb}\\.`),
        );
    });

    it("a hold beyond the time that Auto Scaling lets an instance wait", async () => {
      await open(OnFailure.Continue);

      assert.match(
        await refusal(() => run.extend("48h")),
        /^AccountError: --for is 2 d, but graceful-terminate-sns of INSTANCE can last .* more at most: Auto Scaling ends a wait after .*\. Give less\.$/,
      );
      assert.deepEqual(bed.simulator.ec2.tagsOf(instance())["graceful-asg:hold"], undefined);
    });

    it("a retry beside a script that runs, and after a script that has succeeded", async () => {
      await open(OnFailure.Continue);

      assert.equal(
        await refusal(() => run.retry()),
        "AccountError: The script of graceful-terminate-sns did not fail on INSTANCE: command COMMAND is under way. Wait for its end; graceful-asg status shows it.",
      );
    });

    for (const time of ["30", "5s", "49h", "-1m", "1d", "m"])
      it(`a time like ${time}`, async () => {
        await open(OnFailure.Continue);

        assert.throws(() => milliseconds(time), {
          message: "It must be a time from 60s to 48h, as 90s, 30m or 2h.",
        });
      });
  });

  describe("with less than the policy of the page", () => {
    const needed = new Set<string>();
    const situations: Readonly<
      Record<string, readonly [() => Promise<void>, (how: Surroundings) => Promise<Shown>]>
    > = {
      extend: [() => open(OnFailure.Abandon), (how) => run.extend("10m", how)],
      release: [
        async () => {
          await open(OnFailure.Abandon);
          await run.extend("10m");
        },
        (how) => run.release(false, how),
      ],
      "release of a retained instance": [
        () => open(OnFailure.Retain, { behaviour: failsOnce }, 40),
        (how) => run.release(false, how),
      ],
      retry: [
        async () => {
          await open(OnFailure.Abandon, { behaviour: failsOnce });
          await run.extend("10m");
          await bed.pass(30);
        },
        (how) => run.retry(how),
      ],
    };

    for (const [name, [situation, step]] of Object.entries(situations))
      it(`${name} names the permission that is missing`, async () => {
        await situation();
        const { calls } = await step({ key: "ALL" });
        await bed.close();

        for (const action of actions.filter((one) => (one.split(":")[1] ?? "") in calls)) {
          needed.add(action);
          await situation();
          await assert.rejects(step({ key: action }), { message: new RegExp(`may not call ${action}[ .]`) });
          await bed.close();
        }
        await open(OnFailure.Abandon);
      });

    it("has no permission that nothing needs", async () => {
      await open(OnFailure.Abandon);

      assert.deepEqual([...needed].sort(), [...actions].sort());
    });
  });
});
