import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  InvalidArguments,
  type TerminateArgs,
} from "../../components";
import { knownScript } from "../../components/checks/script";
import { transitionSettings } from "../../components/lifecycle/transitions";
import { existingArgs, groupArgs, only, registered, registeredUrns } from "../support/deployment";

/** Each component that takes scripts, with a stop script. */
const components: Readonly<
  Record<string, (script: Pick<TerminateArgs, "script" | "powershell">) => unknown>
> = {
  GracefulAutoScalingGroup: (script) =>
    new GracefulAutoScalingGroup("web", groupArgs({ terminate: { ...script, timeout: 120 } })),
  GracefulLifecycle: (script) =>
    new GracefulLifecycle("legacy", existingArgs({ terminate: { ...script, timeout: 120 } })),
};

/** The script in the text of a document. */
function scriptIn(content: unknown): string {
  const [, encoded = ""] = /SCRIPT64='([^']*)'/.exec(JSON.stringify(content)) ?? [];
  return Buffer.from(encoded.replaceAll(/\\+n|[",]/g, ""), "base64").toString();
}

async function errorOf(run: () => unknown): Promise<InvalidArguments> {
  const error: unknown = await registered(run).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidArguments, String(error));
  return error;
}

for (const [component, make] of Object.entries(components)) {
  describe(`a script of ${component} that is an output`, () => {
    it("is in the document as soon as it is known, with the URL of a queue in it", async () => {
      const made = await registered(() => {
        const queue = new aws.sqs.Queue("jobs");
        make({ script: pulumi.interpolate`stop-worker --queue ${queue.url}` });
      });

      const url = only(made, "aws:sqs/queue:Queue", "jobs").state["url"];
      const { content } = only(made, "aws:ssm/document:Document").inputs;
      assert.equal(scriptIn(content), `stop-worker --queue ${String(url)}`);
    });

    it("makes the very document that the text makes", async () => {
      const contents = [];
      for (const script of ["stop", pulumi.output("stop"), Promise.resolve("stop")]) {
        const made = await registered(() => make({ script }));
        contents.push(only(made, "aws:ssm/document:Document").inputs["content"]);
      }

      assert.equal(new Set(contents).size, 1);
    });

    it("leaves the document unknown in the preview of a new stack, where nothing refuses it", async () => {
      const made = await registered(
        () => {
          const queue = new aws.sqs.Queue("jobs");
          make({ script: pulumi.interpolate`${queue.url}` });
        },
        { preview: true },
      );

      const { content } = only(made, "aws:ssm/document:Document").inputs;
      assert.notEqual(typeof content, "string");
    });

    const wrong: Readonly<Record<string, string>> = { empty: " ", "too large": "x".repeat(60_000) };
    for (const [title, text] of Object.entries(wrong)) {
      it(`is refused with the same words as a text if it is ${title}, and neither document nor group is made`, async () => {
        const plain = await errorOf(() => make({ script: text }));

        for (const script of [pulumi.output(text), pulumi.secret(text)]) {
          const later = await errorOf(() => make({ script }));
          assert.deepEqual(later.violations, plain.violations);
          // Pulumi says in front of it which property it belongs to.
          assert.ok(later.message.endsWith(plain.message), later.message);
          assert.equal(later.stack, undefined);
          assert.deepEqual(
            registeredUrns().filter((urn) => /document:Document|group:Group|lifecycleHook/.test(urn)),
            [],
          );
        }
      });
    }

    it("is refused if it is no text, and its value is not shown", async () => {
      const untyped = (value: unknown) => pulumi.output(value) as pulumi.Output<string>;

      for (const [value, shown] of [
        [271828, "of type number"],
        [["hunter2"], "of type list"],
        [undefined, "not given"],
      ] as const) {
        const { message } = await errorOf(() => make({ powershell: untyped(value) }));
        assert.match(message, new RegExp(`\n  terminate\\.powershell is ${shown}; it must be a text\\.`));
      }
    });
  });
}

describe("a script that is secret", () => {
  it("makes a secret document, and no other script does", async () => {
    const [terminate] = transitionSettings({ terminate: { script: "stop", timeout: 120 } });
    assert.ok(terminate);
    const isSecret = (text: pulumi.Input<string>) => {
      const source = { ...terminate, script: { ...terminate.script, text } };
      return pulumi.isSecret(pulumi.output(knownScript("web", source, documentOf)));
    };
    const documentOf = ({ text }: { text: string }) => `document of ${text}`;

    assert.deepEqual(
      await Promise.all(["stop", pulumi.output("stop"), pulumi.secret("stop")].map(isSecret)),
      [false, false, true],
    );
  });
});

describe("a launch script that is an output", () => {
  it("is checked as soon as it is known, like a stop script", async () => {
    const launch = { script: pulumi.output(""), timeout: 60 };

    const { message } = await errorOf(() => new GracefulAutoScalingGroup("web", groupArgs({ launch })));

    assert.match(message, /\n {2}launch\.script is ""; it must be a script that is not empty\./);
  });

  it("counts as given", async () => {
    const launch = { script: pulumi.output("ready"), powershell: pulumi.output("ready"), timeout: 60 };

    const { message } = await errorOf(() => new GracefulAutoScalingGroup("web", groupArgs({ launch })));

    assert.match(
      message,
      /\n {2}launch\.script, launch\.powershell is "both given"; it must be exactly one\./,
    );
  });
});

describe("a busyCheck that is an output", () => {
  const make = (busyCheck: pulumi.Input<string>) =>
    new GracefulAutoScalingGroup("web", groupArgs({ prefer: "idle", busyCheck }));

  it("makes the very document that the text makes", async () => {
    const contents = [];
    for (const busyCheck of ["pgrep worker", pulumi.output("pgrep worker")]) {
      const made = await registered(() => make(busyCheck));
      contents.push(only(made, "aws:ssm/document:Document", "web-busy").inputs["content"]);
    }

    assert.equal(new Set(contents).size, 1);
  });

  it("fails the update with the sentence that the preview has for a text", async () => {
    const sentences = [];
    for (const busyCheck of [" ", pulumi.output(" ")])
      sentences.push((await errorOf(() => make(busyCheck))).message);

    assert.match(sentences[0] ?? "", /busyCheck is " "; it must be a script that is not empty/);
    assert.equal(sentences[1], `error serializing property "content": ${sentences[0]}`);
  });
});
