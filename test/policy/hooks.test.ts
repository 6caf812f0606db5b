import assert from "node:assert/strict";
import { findings, hookProps, later, launchHookProps, resource } from "../support/policy";

describe("the policy lifecycle-hook-heartbeat-timeout", () => {
  const found = (props: Record<string, unknown>, config = {}) =>
    findings(
      "lifecycle-hook-heartbeat-timeout",
      [resource("LifecycleHook", "drain", hookProps(props))],
      config,
    );

  it("takes both ends of its range and nothing beyond", async () => {
    for (const heartbeatTimeout of [60, 7200, "300"]) assert.deepEqual(await found({ heartbeatTimeout }), []);
    for (const heartbeatTimeout of [59, 7201, "59"]) {
      assert.equal((await found({ heartbeatTimeout })).length, 1, String(heartbeatTimeout));
    }
  });

  it("takes the range that an importer chooses", async () => {
    assert.deepEqual(await found({ heartbeatTimeout: 30 }, { min: 30 }), []);
    assert.equal((await found({ heartbeatTimeout: 901 }, { max: 900 })).length, 1);
  });

  it("counts a timeout that is not given as Auto Scaling does", async () => {
    assert.deepEqual(await found({ heartbeatTimeout: undefined }), []);
    assert.deepEqual(await found({ heartbeatTimeout: undefined }, { max: 3599 }), [
      'LifecycleHook "drain": heartbeatTimeout is not given, which makes it 3600 s; it must be from 60 to 3599 s. Give the time that the handler may take, and some minutes for events that are lost.',
    ]);
  });

  it("looks at the hooks that a group is created with, unless resources replace them", async () => {
    const props = { initialLifecycleHooks: [hookProps(), launchHookProps({ heartbeatTimeout: 45 })] };
    const rule = "lifecycle-hook-heartbeat-timeout";

    assert.match(
      (await findings(rule, [resource("Group", "web", props)])).join(),
      /^initialLifecycleHooks "boot" of Group "web": heartbeatTimeout is 45 s; it must be from 60 to 7200 s\./,
    );
    const group = resource(
      "Group",
      "web",
      { ...props, name: "web-1" },
      {
        ignoreChanges: ["initialLifecycleHooks"],
      },
    );
    assert.match((await findings(rule, [group])).join(), /^initialLifecycleHooks "boot" [^\n]*$/);
    const boot = resource("LifecycleHook", "boot", launchHookProps({ autoscalingGroupName: "web-1" }));
    assert.deepEqual(await findings(rule, [group, boot]), []);
  });

  it("says nothing of values that are not yet known", async () => {
    assert.deepEqual(await found({ heartbeatTimeout: later }), []);
    const group = resource("Group", "web", { initialLifecycleHooks: later });
    assert.deepEqual(await findings("lifecycle-hook-heartbeat-timeout", [group]), []);
  });
});

describe("the policy lifecycle-hook-default-result", () => {
  const found = (props: Record<string, unknown>, config = {}) =>
    findings("lifecycle-hook-default-result", [resource("LifecycleHook", "drain", props)], config);

  it("takes either result, if a result is given", async () => {
    for (const defaultResult of ["ABANDON", "CONTINUE"]) {
      assert.deepEqual(await found(hookProps({ defaultResult })), []);
      assert.deepEqual(await found(launchHookProps({ defaultResult })), []);
    }
  });

  it("finds a result that is not given", async () => {
    assert.deepEqual(await found(hookProps({ defaultResult: undefined })), [
      'LifecycleHook "drain": defaultResult is not given; it must be ABANDON or CONTINUE. Give CONTINUE to let the instance end, or ABANDON to skip other hooks, and to keep the instance where the group retains.',
    ]);
    assert.match(
      (await found(launchHookProps({ defaultResult: undefined }))).join(),
      /not given.*replace the/,
    );
  });

  it("takes the results that an importer chooses, by transition", async () => {
    const config = { launch: ["ABANDON"] };

    assert.deepEqual(await found(hookProps({ defaultResult: "CONTINUE" }), config), []);
    assert.match(
      (await found(launchHookProps({ defaultResult: "CONTINUE" }), config)).join(),
      /defaultResult is CONTINUE; it must be ABANDON\./,
    );
  });

  it("says nothing of values that are not yet known", async () => {
    assert.deepEqual(await found(hookProps({ defaultResult: later })), []);
    assert.deepEqual(await found(hookProps({ defaultResult: undefined, lifecycleTransition: later })), []);
  });
});
