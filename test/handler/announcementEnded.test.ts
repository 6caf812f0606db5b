import assert from "node:assert/strict";
import { onAnnouncementEnded } from "../../handler/announcementEnded";
import type { CommandStatus } from "../../handler/situation";
import { handlerContext } from "../support/handlerContext";
import { recordedLog } from "../support/recordedLog";

/** What the handler logs about instances on which a command stands so. */
async function logged(...statuses: readonly CommandStatus[]) {
  const { lines, log } = recordedLog();
  const asked: string[] = [];
  const context = handlerContext({
    log,
    runCommand: {
      results: (commandId) => {
        asked.push(commandId);
        return Promise.resolve(
          statuses.map((status, index) => ({
            instance: `i-${index}`,
            status,
            endedAt: undefined,
            output: "no such queue",
          })),
        );
      },
    },
  });
  await onAnnouncementEnded(context, "c1", "web", "stop");
  assert.deepEqual(asked, ["c1"]);
  return lines;
}

describe("the end of an announcement", () => {
  it("is logged for each instance whose script failed, with the output", async () => {
    const subject = { group: "web", hook: "stop", transition: "terminate" };
    const reason = "the announce script failed or ran too long";
    const line = { level: "warn", message: `announcement: ${reason}`, ...subject, code: "announceFailed" };

    assert.deepEqual(
      await logged("failed", "succeeded", "failed"),
      ["i-0", "i-2"].map((instance) => ({ ...line, instance, reason, output: "no such queue" })),
    );
  });

  it("is logged where the guard did not find the instance on its way", async () => {
    const lines = await logged("notMeant");

    assert.deepEqual(
      lines.map(({ code, message }) => [code, message]),
      [["announceNotMeant", "announcement: the guard did not find the instance on its way"]],
    );
  });

  for (const status of ["ended", "troubled", "undelivered", "expired", "cancelled"] as const)
    it(`counts as not delivered where the command is ${status}`, async () => {
      const lines = await logged(status);

      assert.deepEqual(
        lines.map(({ code, message }) => [code, message]),
        [
          [
            "announceNotDelivered",
            "announcement: the announce script was not run, or its end was not reported",
          ],
        ],
      );
    });

  it("is not logged for instances that learned of their choice, or may yet", async () => {
    assert.deepEqual(await logged("succeeded", "running", "pending"), []);
  });
});
