import * as aws from "@pulumi/aws";
import {
  group,
  handler,
  hook,
  hooked,
  image,
  inPreviewOnly,
  initialHook,
  subscribe,
  targetGroup,
  to,
  type Kind,
} from "./make";

const tenMinutes = { customTimeouts: { delete: "10m" } };
const keepsHooks = { ignoreChanges: ["initialLifecycleHooks"] };

/** A group that is created with a hook, which a resource of the same name has changed since. */
function tuned(part: string, born: number, since: number, opts = {}) {
  const web = hooked(part, { heartbeatTimeout: born }, {}, { ...keepsHooks, ...opts });
  hook(`${part}_drain`, web.name, { name: "drain", heartbeatTimeout: since }, { deletedWith: web });
}

/** A template that does not protect instances, and a group that launches from a version of the template. */
function unprotected(part: string, version: string, market?: string) {
  const { id } = new aws.ec2.LaunchTemplate(part, {
    ...image,
    ...(market === undefined ? {} : { instanceMarketOptions: { marketType: market } }),
  });
  hooked(part, { heartbeatTimeout: 60 }, { launchTemplate: { id, version } });
}

/** How groups, hooks and instances end. */
export const endings: Kind = {
  right: {
    "hook-tuned": (part) => {
      tuned(part, 45, 300);
    },
    "force-of-no-harm": (part) => {
      const tags = [{ key: "AmazonECSManaged", value: "true", propagateAtLaunch: true }];
      group(part, { forceDelete: true, tags });
    },
    "older-version": (part) => {
      unprotected(part, "1");
    },
    "spot-template": (part) => {
      unprotected(part, "$Latest", "spot");
    },
  },
  wrong: {
    "hook-alone": (part) => {
      hook(`${part}_drain`, group(part, {}, tenMinutes).name, { heartbeatTimeout: 1200 });
    },
    "hook-on-stranger": inPreviewOnly((part) => {
      const topic = new aws.sns.Topic(part);
      subscribe(part, topic, handler(`${part}_function`, 600).arn);
      hook(`${part}_drain`, "somebody-elses-group", to(topic));
    }),
    "impatient-delete": (part) => {
      hooked(part, { heartbeatTimeout: 900 }, {}, tenMinutes);
    },
    "impatient-since": (part) => {
      tuned(part, 300, 900, tenMinutes);
    },
    "ignored-not-replaced": (part) => {
      group(part, { initialLifecycleHooks: [initialHook("drain", { heartbeatTimeout: 45 })] }, keepsHooks);
    },
    "force-with-hook": (part) => {
      hooked(part, {}, { forceDelete: true });
    },
    "force-with-targets": (part) => {
      group(part, { forceDelete: true, targetGroupArns: [targetGroup(part, 60).arn] });
    },
    "not-protected": (part) => {
      unprotected(part, "$Latest");
    },
  },
};
