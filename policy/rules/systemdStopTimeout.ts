import { stackPolicy } from "../rule";
import { seconds } from "../schema";
import { documentAt, shellStepsOf } from "../stack/document";
import { hooksOf } from "../stack/group";

/**
 * A stop by systemctl in a line of shell that is not a comment. A script that speaks of TimeoutStopSec, as the script of
 * `systemdUnit` does, knows of systemd's time.
 */
const stops = /^[^#\n]*\bsystemctl +(?:-\S+ +)*stop\b/m;
const knowsOfIt = /TimeoutStop/;

/**
 * `systemctl stop` returns 0 also when systemd has killed the unit at the unit's TimeoutStopSec. Sources: systemctl(1),
 * systemd.service(5), systemd-system.conf(5).
 */
export const systemdStopTimeout = stackPolicy({
  name: "systemd-stop-timeout",
  what: "A unit that a script stops with systemctl has as much time to end as the script.",
  why: "systemd kills a unit when its own TimeoutStopSec is over, whatever time the hook and the document give, and systemctl stop returns 0 all the same.",
  severity: "medium",
  enforcementLevel: "advisory",
  onAccount: true,
  limits: { timeoutStop: 90 },
  schema: {
    timeoutStop: seconds("TimeoutStopSec of the units, or DefaultTimeoutStopSec of the instances.", {
      minimum: 1,
    }),
  },
  check: (resources, { timeoutStop }) => {
    const found = hooksOf(resources)
      .filter(({ transition }) => transition === "terminate")
      .flatMap((hook) => documentAt(resources, hook) ?? []);
    const byUrn = new Map(found.map((one) => [one.document.urn, one]));
    return [...byUrn.values()].flatMap((one) => {
      const step = shellStepsOf(one).find(({ script }) => stops.test(script) && !knowsOfIt.test(script));
      if (step === undefined || !(step.timeout > timeoutStop)) return [];
      const { name, urn } = one.document;
      return [
        {
          urn,
          subject: `Document "${name}"`,
          what: "the time in which systemd stops a unit",
          actual: `${timeoutStop} s, unless the unit has a TimeoutStopSec`,
          allowed: `at least ${step.timeout} s, as its script may take that long`,
          cure: "Set TimeoutStopSec of the unit and this policy's timeoutStop, or give graceful-asg systemdUnit in place of the script.",
        },
      ];
    });
  },
});
