import assert from "node:assert/strict";
import { itFindsNothingIn, withPolicies } from "./support/policies";
import { Stack, findingsIn } from "./support/stack";

/** In the usual Region another test counts the resources that its own stack leaves behind. */
const region = "us-west-2";

/** The findings of the pack in programs/mistakes.ts: type and name of the resource, then the message, line by line. */
const mistakes = {
  "lifecycle-hook-heartbeat-timeout": [
    [
      "aws:autoscaling:LifecycleHook: short-hook",
      "A lifecycle hook waits long enough for its handler, and not for hours. If it is too short, Auto Scaling goes on before the instance is ready or has stopped; if it is too long, an instance whose handler is lost waits for all of it.",
      'LifecycleHook "short-hook": heartbeatTimeout is 45 s; it must be from 60 to 7200 s. Give the time that the handler may take, and some minutes for events that are lost.',
    ],
  ],
  "lifecycle-hook-default-result": [
    [
      "aws:autoscaling:Group: of-silent-hook",
      "A lifecycle hook says what happens to an instance whose handler does not answer. Without a default result Auto Scaling takes ABANDON: it replaces an instance that launches, and skips the other hooks of one that terminates. That is a choice to make, not to inherit.",
      'initialLifecycleHooks "silent-hook" of Group "of-silent-hook": defaultResult is not given; it must be ABANDON or CONTINUE. Give CONTINUE to let the instance end, or ABANDON to skip other hooks, and to keep the instance where the group retains.',
    ],
  ],
  "target-group-deregistration-delay": [
    [
      "aws:lb:TargetGroup: hasty-targets",
      "A target group gives open requests time to finish. When the deregistration delay is over, the target group cuts off open requests; the lifecycle hook fires only then.",
      'TargetGroup "hasty-targets": deregistrationDelay is 0 s; it must be from 1 to 3600 s. Give the time that the longest request takes.',
    ],
  ],
  "lambda-timeout-within-heartbeat": [
    [
      "aws:lambda:Function: slow-function",
      "The function behind a lifecycle hook ends before the hook does. When the heartbeat timeout is over, Auto Scaling goes on with the default result, whatever the function is still doing.",
      'Function "slow-function": timeout is 301 s; it must be at most 300 s, as heartbeatTimeout of LifecycleHook "of-slow-function" is 300 s. Shorten it, or raise that heartbeatTimeout to 301 s or more.',
    ],
  ],
  "group-has-terminate-hook": [
    [
      "aws:autoscaling:Group: without-hook",
      "An Auto Scaling group has a lifecycle hook on termination. Without one an instance is shut down as soon as the load balancer has deregistered it, whatever it is still doing.",
      'Group "without-hook": the number of hooks on termination is 0; it must be at least 1. Give it initialLifecycleHooks with one for autoscaling:EC2_INSTANCE_TERMINATING, or a LifecycleHook; GracefulAutoScalingGroup and GracefulLifecycle bring theirs.',
    ],
  ],
  "retain-needs-abandon": [
    [
      "aws:autoscaling:LifecycleHook: letting-go",
      "A group that retains instances has ABANDON as the default result of its hooks on termination. Auto Scaling retains an instance only when its termination is abandoned; with CONTINUE Auto Scaling terminates it when the handler is lost, which is when you would want to look at it.",
      'LifecycleHook "letting-go": defaultResult is CONTINUE; it must be ABANDON, as Group "retaining" retains instances whose hook was abandoned. Give ABANDON, or set terminateHookAbandon in the group\'s instanceLifecyclePolicy to terminate.',
    ],
  ],
  "group-delete-timeout-covers-drain": [
    [
      "aws:autoscaling:Group: impatient-delete",
      "Deleting an Auto Scaling group may take as long as its instances need to drain. The provider scales in and waits; when its delete timeout is over, pulumi destroy fails half-way and the rest stays.",
      'Group "impatient-delete": customTimeouts.delete is not given, which makes it 600 s; it must be at least 660 s: 300 s deregistrationDelay of TargetGroup "of-impatient-delete" + 300 s at LifecycleHook "of-impatient-delete" + 60 s to end the instance. Give the resource option customTimeouts: { delete: "11m" }, or shorten the drain.',
    ],
  ],
  "group-destroy-is-graceful": [
    [
      "aws:autoscaling:LifecycleHook: hook-alone",
      "A group is created with its lifecycle hooks on termination, so that they exist until its last instance is terminated. Pulumi deletes a hook that is a resource of its own before its group: at pulumi destroy, and where the group is replaced, all instances are terminated without notice.",
      'LifecycleHook "hook-alone": its place is a resource of its own alone; it must be in initialLifecycleHooks of Group "of-hook-alone" too, by the same name. Write the hook for autoscaling:EC2_INSTANCE_TERMINATING there; keep the resource with the option deletedWith if it has to change in place, or leave the group out by this policy\'s except.',
    ],
  ],
  "no-force-delete": [
    [
      "aws:autoscaling:Group: forced",
      "A group whose instances drain is not deleted by force. With forceDelete the provider does not scale in, and Auto Scaling ends all instances at once, without their lifecycle hooks; a group that retains instances it refuses to delete. forceDeleteWarmPool does so with the instances of the warm pool.",
      'Group "forced": forceDelete is true; it must be false, as the group has a hook on termination or a target group. Leave it out, and give the resource option customTimeouts the time that the instances need.',
    ],
  ],
  "simple-scaling-beside-hook": [
    [
      "aws:autoscaling:Policy: simple-scaling",
      "A group with lifecycle hooks is scaled by target tracking or by steps. Simple scaling pauses while an instance waits at a hook, and for its cooldown after that: the group neither grows nor shrinks meanwhile, whatever its load.",
      'Policy "simple-scaling": policyType is SimpleScaling; it must be TargetTrackingScaling or StepScaling, as Group "standing-still" has initialLifecycleHooks "of-standing-still" of Group "standing-still". Give one of these two; their scaling does not wait for a cooldown.',
    ],
  ],
  "instances-are-protected-from-termination": [
    [
      "aws:autoscaling:Group: unprotected",
      "EC2 does not terminate or stop an instance with a lifecycle hook on termination at anybody's request. TerminateInstances and StopInstances, from the console, a script or a tool that cleans up, end an instance at once and pass its lifecycle hooks by; Auto Scaling's own terminations need no such call.",
      'Group "unprotected": disableApiTermination of LaunchTemplate "open-to-all" is false; it must be true. Set it; TerminateInstanceInAutoScalingGroup ends an instance gracefully.',
    ],
  ],
  "capacity-wait-covers-launch-hook": [
    [
      "aws:autoscaling:Group: impatient-up",
      "The provider waits for capacity at least as long as an instance may wait at its launch hook. Only instances in service count; when waitForCapacityTimeout is over, pulumi up fails though nothing is wrong.",
      'Group "impatient-up": waitForCapacityTimeout is 300 s; it must be at least 360 s: 300 s at LifecycleHook "start-of-impatient-up" + 60 s to start the instance. Give "6m" or more, "0" to not wait at all, or shorten the hook.',
    ],
  ],
  "drain-fits-lifecycle-hook": [
    [
      "aws:autoscaling:LifecycleHook: outrun-hook",
      "The work at a lifecycle hook on termination fits into the hook's time. When the hook's time is over, Auto Scaling terminates the instance in the middle of it.",
      'LifecycleHook "outrun-hook": heartbeatTimeout is 300 s; it must be at least 930 s: 900 s timeout of Document "stop" + 30 s until the agent has the command. Raise it (the most is 7200 s), shorten the timeout, or set this policy\'s heartbeats if the handler sends them.',
    ],
  ],
  "systemd-stop-timeout": [
    [
      "aws:ssm:Document: plain-systemctl",
      "A unit that a script stops with systemctl has as much time to end as the script. systemd kills a unit when its own TimeoutStopSec is over, whatever time the hook and the document give, and systemctl stop returns 0 all the same.",
      'Document "plain-systemctl": the time in which systemd stops a unit is 90 s, unless the unit has a TimeoutStopSec; it must be at least 120 s, as its script may take that long. Set TimeoutStopSec of the unit and this policy\'s timeoutStop, or give graceful-asg systemdUnit in place of the script.',
    ],
  ],
  "total-drain-time": [
    [
      "aws:autoscaling:Group: endless-drain",
      "A scale-in does not take longer than the time that you allow. Deregistration comes first and the lifecycle hook second, so their times add up, for every instance that is replaced or scaled in.",
      'Group "endless-drain": the worst case of a scale-in is 3900 s: 1200 s deregistrationDelay of TargetGroup "of-endless-drain" + 2700 s at LifecycleHook "of-endless-drain"; it must be at most 3600 s. Shorten one of them, or raise this policy\'s max.',
    ],
  ],
  "spot-drain-fits-interruption-notice": [
    [
      "aws:autoscaling:Group: slow-spot",
      "Spot instances drain between EC2's interruption warning and their end. EC2 interrupts them two minutes after the warning, whatever a lifecycle hook says; work that takes longer is cut off.",
      'Group "slow-spot": the drain of a Spot instance is 180 s: 60 s deregistrationDelay of TargetGroup "of-slow-spot" + 120 s at LifecycleHook "of-slow-spot"; it must be at most 120 s. Shorten it, start the work at the warning (spot: true in graceful-asg), or keep what takes longer on On-Demand instances.',
    ],
  ],
};

describe("the policy pack on the dev stack", () => {
  let stack: Stack;
  before(async () => (stack = await Stack.create("policies", { region })));
  after(async () => {
    await stack.destroy();
    stack.remove();
  });

  itFindsNothingIn(() => stack);
});

describe("the policy pack on plain resources with a mistake for each policy", () => {
  let stack: Stack;
  before(async () => (stack = await Stack.create("mistakes", { program: "mistakes", region })));
  after(async () => {
    await stack.destroy();
    stack.remove();
  });

  it("names each mistake once in preview, and stops the preview where the policies are mandatory", async () => {
    const { code, output } = await withPolicies(stack, "preview", { all: "mandatory" });

    assert.notEqual(code, 0);
    assert.deepEqual(findingsIn(output), mistakes);
  });

  it("names each mistake once in up, and does not stop the update where the policies are advisory", async () => {
    const { code, output } = await withPolicies(stack, "up", { all: "advisory" });

    assert.equal(code, 0, output);
    assert.deepEqual(findingsIn(output), mistakes);
  });
});
