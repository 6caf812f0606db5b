import assert from "node:assert/strict";
import { checks } from "../../cli/account/check/findings";
import { changed, type World } from "../../simulator";
import { findingsIn, openSound } from "../support/account/checking";
import type { Setting, TestBed } from "../support/testBed";

describe("graceful-asg check", () => {
  let bed: TestBed;
  /** A world, changed; and what is found in it. */
  const cases: Readonly<
    Record<
      string,
      {
        readonly world?: (world: World) => Partial<World>;
        readonly setting?: Setting;
        readonly then?: () => void;
        readonly found: readonly string[];
      }
    >
  > = {
    "a function that is gone": {
      world: () => ({ functions: [] }),
      found: [
        'high function-exists: Function "handler": its state is missing; it must be active, as a hook or a tag of the group calls for it. Deploy the stack of the handler again, or serve the group by another handler.',
      ],
    },
    "a function that crashes": {
      setting: {
        behaviour: (behaviour) =>
          changed(behaviour, {
            invocation: (facts) => ({ ...behaviour.invocation(facts), crashesAfter: 1 }),
          }),
      },
      found: [
        'medium function-does-not-fail: Function "handler": the number of its errors in the last day is 11; it must be 0. Read its log; npx graceful-asg explain INSTANCE shows what became of an instance.',
        'medium dead-letters-are-empty: Function "handler": the number of messages in sqs:dead-letters is about 2; it must be 0. Read the messages and the log of the function; purge the queue when the cause is gone.',
      ],
    },
    "a role that may not complete": {
      world: withoutAction("autoscaling:CompleteLifecycleAction"),
      found: [
        'high handler-has-permission: Group "web": the role of the handler handler is denied autoscaling:CompleteLifecycleAction on autoscaling:autoScalingGroup:ID:autoScalingGroupName/web, autoscaling:RecordLifecycleActionHeartbeat on autoscaling:autoScalingGroup:ID:autoScalingGroupName/web; it must be allowed every call of a drain. Deploy the stack of the handler again, and look for a permissions boundary or a service control policy that denies the call.',
      ],
    },
    "a role that may not send its document": {
      world: withoutAction("ssm:SendCommand"),
      found: [
        'high handler-has-permission: Group "web": the role of the handler handler is denied ssm:SendCommand on ssm:document/DOCUMENT, ssm:SendCommand on ec2:instance/i-1; it must be allowed every call of a drain. Deploy the stack of the handler again, and look for a permissions boundary or a service control policy that denies the call.',
      ],
    },
    "a topic that is gone": {
      world: () => ({ topics: new Set() }),
      found: [
        'high hook-may-notify: LifecycleHook "graceful-terminate-sns": what Auto Scaling sends to sns:hooks is lost: there is no such topic; it must be taken, as Auto Scaling otherwise applies the default result at once and no script runs. Deploy the stack of the handler again.',
      ],
    },
    "a topic that denies the hook's role": {
      world: ({ topicPolicies }) => ({
        topicPolicies: new Map(
          [...topicPolicies].map(([arn]) => [
            arn,
            [{ Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: arn }],
          ]),
        ),
      }),
      found: [
        'high hook-may-notify: LifecycleHook "graceful-terminate-sns": what Auto Scaling sends to sns:hooks is refused: the policy of the topic denies iam::123456789012:role/hooks sns:Publish; it must be taken, as Auto Scaling otherwise applies the default result at once and no script runs. Let the policy of the topic take this role, or give the hook the role that the topic takes.',
      ],
    },
    "a role of the hook that may not publish": {
      world: withoutAction("sns:Publish"),
      found: [
        'high hook-may-notify: LifecycleHook "graceful-terminate-sns": what Auto Scaling sends to sns:hooks is refused: no policy of iam::123456789012:role/hooks allows sns:Publish; it must be taken, as Auto Scaling otherwise applies the default result at once and no script runs. Allow the role sns:Publish on it; the component brings such a policy.',
      ],
    },
    "a topic without a subscription": {
      world: () => ({ subscriptions: [] }),
      found: [
        'high topic-has-subscriber: LifecycleHook "graceful-terminate-sns": the number of confirmed subscriptions to sns:hooks is 0; it must be at least 1, as nobody else hears of the hook\'s events. Deploy the stack of the handler again.',
      ],
    },
    "a function that does not take messages of the topic": {
      world: ({ permissions }) => ({
        permissions: permissions.filter(({ principal }) => principal !== "sns.amazonaws.com"),
      }),
      found: [
        'high function-takes-events: Function "handler": lambda:InvokeFunction by sns.amazonaws.com for sns:hooks is denied; it must be allowed by a statement of its policy. Give it a permission (aws.lambda.Permission) for this source; the component brings its own.',
      ],
    },
    "a sweep that nothing starts": {
      world: ({ rules }) => ({
        rules: rules.filter(({ scheduleExpression }) => scheduleExpression === undefined),
      }),
      found: [
        'high handler-sweeps: Function "handler": the rule that invokes it once a minute is missing; it must be enabled, as the handler extends hooks and makes up for lost events then. Deploy the stack of the handler again.',
      ],
    },
    "instances without the tag": {
      world: ({ groups }) => ({ groups: groups.map((group) => ({ ...group, instanceTags: {} })) }),
      found: [
        'high instance-has-handler-tag: Group "web": the number of instances in service with the tag graceful-asg:handler=handler is 0 of 3 (not i-1, i-2, i-3); it must be all, as the handler\'s role reaches instances by this tag. Put the tag on these instances, and let the group propagate the tag at launch.',
      ],
    },
    "a document that is gone": {
      world: () => ({ documents: new Map() }),
      found: [
        'high document-exists: LifecycleHook "graceful-terminate-sns": its document DOCUMENT is missing; it must be in this account and Region, as the hook waits for it. Deploy the stack of the hook again.',
      ],
    },
    "metadata that somebody has edited": {
      world: ({ groups }) => ({
        groups: groups.map((group) => ({
          ...group,
          hooks: group.hooks.map((hook) => ({
            ...hook,
            notificationMetadata:
              hook.notificationMetadata?.replace('"execution":60', '"execution":"60"') ?? "",
          })),
        })),
      }),
      found: [
        'high metadata-is-readable: LifecycleHook "graceful-terminate-sns": its notificationMetadata is for the handler handler, and malformed; it must be what the component writes, as the handler ignores a hook that it cannot read. Deploy the stack of the hook again (execution is "60"; it must be a whole number of seconds from 5 to 172800).',
      ],
    },
    "hooks that are gone": {
      world: ({ groups }) => ({ groups: groups.map((group) => ({ ...group, hooks: [] })) }),
      found: [
        'high group-has-terminate-hook: Group "web": the number of hooks on termination is 0; it must be at least 1. Give it initialLifecycleHooks with one for autoscaling:EC2_INSTANCE_TERMINATING, or a LifecycleHook; GracefulAutoScalingGroup and GracefulLifecycle bring theirs.',
        'high handler-has-hook: Group "web": the number of hooks that the handler handler serves is 0; it must be at least 1, as a tag of the group names the handler. Deploy the stack of the group again, or remove the tag.',
      ],
    },
    "a process that is suspended": {
      then: () => {
        bed.group.suspended.add("Terminate");
      },
      found: [
        'medium processes-run: Group "web": the process Terminate is suspended; it must be running, as no instance is scaled in or replaced, whatever its health. Resume it: aws autoscaling resume-processes --auto-scaling-group-name web --scaling-processes Terminate.',
      ],
    },
    "a function that runs once at a time": {
      setting: {
        behaviour: (behaviour) => behaviour,
      },
      world: ({ functions }) => ({ functions: functions.map((one) => ({ ...one, reservedConcurrency: 0 })) }),
      found: [
        'medium function-is-not-throttled: Function "handler": the number of its throttled invocations in the last day is 38; it must be 0. Raise the concurrency of the account, or reserve concurrency for the function.',
      ],
    },
  };

  it("has a case for each thing that only an account tells", () => {
    const found = Object.values(cases).flatMap((one) => one.found);
    const missing = Object.keys(checks).filter((name) => !found.some((text) => text.includes(` ${name}: `)));
    // The simulator has no rule that is disabled, and the case of the agent is shown above.
    assert.deepEqual(missing, ["handler-hears-events", "agent-is-online"]);
  });

  describe("of an account", () => {
    afterEach(() => bed.close());

    for (const [name, { found, setting, then, world }] of Object.entries(cases))
      it(`finds ${name}`, async () => {
        bed = await openSound({
          ...setting,
          ...(world === undefined ? {} : { world: (before) => ({ ...before, ...world(before) }) }),
        });
        then?.();

        assert.deepEqual(await findingsIn(bed), found);
      });
  });
});

/** The world without an action among what its roles may do. */
function withoutAction(action: string): (world: World) => Partial<World> {
  return ({ roles }) => ({
    roles: new Map(
      [...roles].map(([arn, statements]) => [
        arn,
        statements.filter(({ Action = [] }) => ![Action].flat().includes(action)),
      ]),
    ),
  });
}
