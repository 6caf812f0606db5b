import { serviceNames, unitNames } from "../../documents";
import { matching, wholeNumber } from "./kinds";
import type { ValueRule, ValueRules } from "./rule";

/** Other kinds of units. Source: systemd.unit(5). */
const otherUnit = /\.(socket|device|mount|automount|swap|target|path|timer|slice|scope|snapshot)\.service$/;

/** A service, also an instance or the template of instances. Source: systemd.unit(5), at most 255 characters. */
const unit = /^(?=.{1,255}$)[A-Za-z0-9:_.\\-]+(@[A-Za-z0-9:_.\\@-]*)?\.service$/;

/** Source: Windows, CreateService. Wildcards stand for other names, and commas separate names. */
const service = /^(?=.{1,256}$)[\w.$()@#&+=~{}:-]+( +[\w.$()@#&+=~{}:-]+)*$/;

/** Source: Docker, container names; Podman takes the same. */
const containerName = "[A-Za-z0-9][A-Za-z0-9_.-]*";

/** A list of at least one name. */
function names(
  namesOf: (list: string) => readonly string[],
  isName: (name: string) => boolean,
  words: Pick<ValueRule, "allowed" | "cure">,
): ValueRule {
  return {
    allows: (value) => {
      const found = typeof value === "string" ? namesOf(value) : [];
      return found.length > 0 && found.every(isName);
    },
    ...words,
  };
}

/** Rules for the words by which users say how an application is stopped or made ready. */
export const wordValues: ValueRules = {
  "terminate.systemdUnit": names(unitNames, (name) => unit.test(name) && !otherUnit.test(name), {
    allowed: "the name of a systemd service, as in application.service, or several with blanks between them",
    cure: "Give the name that systemctl status shows; units of other kinds, such as sockets, are stopped with their service.",
  }),
  "terminate.container.name": matching(
    new RegExp(`^ *${containerName}( +${containerName})* *$`),
    "the name of a container, or several with blanks between them",
    "Give the name that docker ps shows under NAMES.",
  ),
  "terminate.container.label": matching(
    /^[^\s=,]+(=[^\r\n]*)?$/,
    "a label, as in app or app=web",
    "Give the label that all containers to stop have.",
  ),
  "terminate.windowsService": names(serviceNames, (name) => service.test(name), {
    allowed: "the name of a Windows service, as in W3SVC, or several with commas between them",
    cure: "Give the name that Get-Service shows under Name, not the display name.",
  }),
  "launch.httpReady.port": wholeNumber(1, 65_535, { cure: "Give the port of the application." }),
  "launch.httpReady.path": matching(
    /^\/[!-~]{0,1023}$/,
    "a path of printable ASCII that begins with / and has no blanks, at most 1024 characters",
    "Give the path of the application's health check.",
  ),
  "launch.httpReady.status": matching(
    /^[1-5]\d\d(-[1-5]\d\d)?(,[1-5]\d\d(-[1-5]\d\d)?)*$/,
    "codes from 100 to 599, as in 200, 200,204 or 200-299",
    "Give the codes that mean that the application is ready.",
  ),
};
