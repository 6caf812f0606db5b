import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { GracefulAutoScalingGroup } from "../../components";
import { groupArgs, only, registered } from "../support/deployment";
import { drain, refusal, sessions } from "./callback";

describe("a callback that needs a secret", () => {
  it("is refused with the cure when it captures the secret", async () => {
    const password = pulumi.secret("hunter2");

    const { lines } = await refusal(() => Promise.resolve(password.get() === "hunter2"));
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.match(
      lines[0] ?? "",
      /isBusy is "a callback that captures a secret output"; it must be without secrets, .* Pass the secret through environment, and read process\.env\.NAME inside the callback\.$/,
    );
  });

  it("finds the secret in its environment", async () => {
    const made = await registered(
      () =>
        new GracefulAutoScalingGroup(
          "web",
          groupArgs({
            terminate: { script: "stop", timeout: 120, sessions },
            environment: { SESSION_STORE_PASSWORD: pulumi.secret("hunter2") },
            isBusy: () => Promise.resolve(process.env["SESSION_STORE_PASSWORD"] === "hunter2"),
          }),
        ),
    );
    const { environment } = only(made, "aws:lambda/function:Function").inputs;
    const { variables } = environment as { variables: Record<string, string> };

    assert.equal(variables["SESSION_STORE_PASSWORD"], "hunter2");
    assert.deepEqual(await drain(made, variables), []);
    assert.deepEqual(await drain(made), ["SendCommand"]);
  });
});
