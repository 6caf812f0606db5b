import type { Context } from "./context";
import { because, type ReasonCode } from "./decide";
import type { CommandStatus } from "./situation";

/**
 * A command that told instances that they were chosen has ended. Nothing depends on it: a failure is logged and has no
 * other effect. The command of several instances succeeds though some of them failed.
 */
export async function onAnnouncementEnded(
  context: Context,
  commandId: string,
  group: string,
  hook: string,
): Promise<void> {
  for (const { instance, output, status } of await context.runCommand.results(commandId)) {
    const code = failures[status];
    if (code === undefined) continue;
    const subject = { group, hook, instance, transition: "terminate" };
    const { text } = because(code);
    context.log.warn({ message: `announcement: ${text}`, ...subject, code, reason: text, output });
  }
}

/** Why an instance did not learn that it was chosen; undefined where it did, or may yet. */
const failures: Readonly<Record<CommandStatus, ReasonCode | undefined>> = {
  pending: undefined,
  running: undefined,
  succeeded: undefined,
  failed: "announceFailed",
  notMeant: "announceNotMeant",
  ended: "announceNotDelivered",
  troubled: "announceNotDelivered",
  undelivered: "announceNotDelivered",
  expired: "announceNotDelivered",
  cancelled: "announceNotDelivered",
};
