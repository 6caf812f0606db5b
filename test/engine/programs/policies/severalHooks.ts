import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { group, handler, initialHook, launching, stopDocument, subscribe, to, type Kind } from "./make";

const naming = (document: aws.ssm.Document, more: object = {}) => ({
  notificationMetadata: pulumi.jsonStringify({ document: document.name, ...more }),
});

/** A group with a short and a long hook, and a function behind a topic of each. */
function twoTopics(part: string, shortTimeout: number, longTimeout: number) {
  const [short, long] = [new aws.sns.Topic(`${part}_short`), new aws.sns.Topic(`${part}_long`)];
  subscribe(`${part}_short`, short, handler(`${part}_short`, shortTimeout).arn);
  subscribe(`${part}_long`, long, handler(`${part}_long`, longTimeout).arn);
  group(part, {
    initialLifecycleHooks: [
      initialHook("short", to(short)),
      initialHook("long", { heartbeatTimeout: 900, ...to(long) }),
    ],
  });
}

/** A group whose launch hook and hook on termination have a function each. */
function bothWays(part: string, isShared: boolean) {
  const document = stopDocument(`${part}_boot`, 900);
  const environment = { variables: { BOOT_DOCUMENT: document.name } };
  const [boot, drain] = [new aws.sns.Topic(`${part}_boot`), new aws.sns.Topic(`${part}_drain`)];
  const booting = handler(`${part}_boot`, 60, { environment });
  subscribe(`${part}_boot`, boot, booting.arn);
  subscribe(`${part}_drain`, drain, isShared ? booting.arn : handler(`${part}_drain`).arn);
  group(part, {
    initialLifecycleHooks: [
      initialHook("boot", { lifecycleTransition: launching, heartbeatTimeout: 1200, ...to(boot) }),
      initialHook("drain", to(drain)),
    ],
  });
}

/** Groups with several hooks, and the functions and documents of each hook. */
export const severalHooks: Kind = {
  right: {
    "two-documents": (part) => {
      const [fast, slow] = [stopDocument(`${part}_fast`, 200), stopDocument(`${part}_slow`, 3000)];
      group(part, {
        initialLifecycleHooks: [
          initialHook("flush", naming(fast)),
          initialHook("stop", { heartbeatTimeout: 3300, ...naming(slow) }),
        ],
      });
    },
    "two-topics": (part) => {
      twoTopics(part, 60, 600);
    },
    "document-at-launch": (part) => {
      bothWays(part, false);
    },
    "one-function-for-both": (part) => {
      bothWays(part, true);
    },
    "longer-name": (part) => {
      stopDocument(`${part}_slow`, 900, { physicalName: "halt" });
      group(part, {
        initialLifecycleHooks: [
          initialHook("drain", naming(stopDocument(part, 200, { physicalName: "halt-fast" }))),
        ],
      });
    },
  },
  wrong: {
    "documents-confused": (part) => {
      const [fast, slow] = [stopDocument(`${part}_fast`, 200), stopDocument(`${part}_slow`, 900)];
      group(part, {
        initialLifecycleHooks: [
          initialHook("flush", { heartbeatTimeout: 1000, ...naming(fast) }),
          initialHook("stop", naming(slow)),
        ],
      });
    },
    "topics-confused": (part) => {
      twoTopics(part, 600, 60);
    },
    "one-topic-for-two": (part) => {
      const topic = new aws.sns.Topic(part);
      subscribe(part, topic, handler(`${part}_function`, 600).arn);
      group(part, {
        initialLifecycleHooks: [
          initialHook("short", to(topic)),
          initialHook("long", { heartbeatTimeout: 900, ...to(topic) }),
        ],
      });
    },
  },
};
