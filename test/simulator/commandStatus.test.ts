import assert from "node:assert/strict";
import { statusOf, type Invocation } from "../../simulator/ssm/command";

const statuses = {
  Pending: "Pending",
  InProgress: "InProgress",
  Success: "Success",
  Failed: "Failed",
  ExecutionTimedOut: "TimedOut",
  DeliveryTimedOut: "TimedOut",
  Undeliverable: "Failed",
  AccessDenied: "Failed",
  InvalidPlatform: "Failed",
  Cancelled: "Cancelled",
} as const;

/** The status of a command whose invocations have these details. */
function command(maxErrors: string, ...details: readonly (keyof typeof statuses)[]): string {
  const invocation = (one: keyof typeof statuses, index: number): [string, Invocation] => [
    `i-${index}`,
    {
      instance: `i-${index}`,
      earlier: 0,
      status: statuses[one],
      details: one,
      responseCode: 0,
      output: "",
      startedAt: undefined,
      endedAt: undefined,
    },
  ];
  return statusOf({ maxErrors, invocations: new Map(details.map(invocation)) });
}

describe("the status of a command", () => {
  it("is the status on its one instance where no errors are allowed", () => {
    assert.equal(command("0", "Success"), "Success");
    assert.equal(command("0", "Failed"), "Failed");
    assert.equal(command("0", "ExecutionTimedOut"), "Failed");
    assert.equal(command("0", "DeliveryTimedOut"), "TimedOut");
    assert.equal(command("0", "Cancelled"), "Cancelled");
  });

  it("is a failure where no agent got the command", () => {
    assert.equal(command("0", "Undeliverable"), "Failed");
    assert.equal(command("100%", "AccessDenied", "InvalidPlatform"), "Failed");
    assert.equal(command("0", "Undeliverable", "Success"), "Success");
  });

  it("is a success as long as there are no more errors than allowed, whatever the status on single instances", () => {
    assert.equal(command("1", "Failed", "Success"), "Success");
    assert.equal(command("1", "Failed", "Failed", "Success"), "Failed");
    assert.equal(command("50%", "Failed", "ExecutionTimedOut", "Success", "Success"), "Success");
    assert.equal(command("100%", "Failed"), "Success");
  });

  it("is open until the command has ended on all instances", () => {
    assert.equal(command("0", "Pending", "Pending"), "Pending");
    assert.equal(command("0", "Failed", "Pending"), "InProgress");
  });
});
