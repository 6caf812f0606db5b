// @ts-nocheck
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
import { CancelCommandCommand, GetCommandInvocationCommand, ListCommandsCommand, ListCommandInvocationsCommand, SendCommandCommand, DescribeInstanceInformationCommand, type CloudWatchOutputConfig, type CommandFilter, type CommandInvocation, type SSMClient } from "@aws-sdk/client-ssm";
import { stepNames, type DocumentParameters } from "../../contract";
import { parseParameters } from "../events";
import type { Command, Machine } from "../situation";
import type { CommandParameters } from "../trigger";
import type { MakeCall } from "./calls";
import { endOf, statusOf, type CommandEnd } from "./commandEnd";
import { commentOf, readComment } from "./comment";
import { nameOf } from "./errors";
import { sentOrNot, type Sent } from "./refusal";

/** A document to be run on some instances. */
export interface Job {
  readonly document: string;
  /** At most 50. */
  readonly instances: readonly string[];
  readonly parameters: DocumentParameters;
  /** How long the command may wait for the agent, seconds. */
  readonly delivery: number;
  /** How long it may take in all, seconds. */
  readonly budget: number;
  /** Whether it is sent ahead of the wait that it is for. */
  readonly early: boolean;
  /** Log group to which the agent brings the output of the script; undefined for none. */
  readonly logGroup: string | undefined;
}

/** A command on one of its instances. */
export interface Invocation extends Command {
  readonly instance: string;
}

/** Which invocations to list: those of a document, since an instant or on one instance. */
export interface InvocationQuery {
  readonly document: string;
  readonly after?: number;
  readonly instance?: string;
  /** Pages of 50 that are read at most. */
  readonly pages?: number;
}

/** A command as SSM keeps it. */
export interface SentCommand {
  readonly parameters: CommandParameters | undefined;
  readonly instances: readonly string[];
  /** Whether a handler has sent it, and nobody by hand. */
  readonly isOurs: boolean;
}

/** The calls of Run Command that the handler uses. */
export interface RunCommand {
  send(job: Job): Promise<Sent>;
  /** Takes a command back from an instance. */
  cancel(commandId: string, instance: string): Promise<void>;
  /** Oldest first; undefined if there are more pages than are to be read. */
  invocations(query: InvocationQuery): Promise<Invocation[] | undefined>;
  /** How a command ended on an instance; undefined if SSM does not show it (yet). */
  end(commandId: string, instance: string): Promise<CommandEnd | undefined>;
  /** A command; undefined if there is none of that id. */
  command(id: string): Promise<SentCommand | undefined>;
  /** What SSM knows of machines. */
  machines(instances: readonly string[]): Promise<ReadonlyMap<string, Machine>>;
}

/** Most instances that DescribeInstanceInformation is asked about, and shows, with a call. */
const machinesAtOnce = 50;

/** Run Command through the client of the AWS SDK. */
export function createRunCommand(client: SSMClient, make: MakeCall): RunCommand {
  if (stryMutAct_9fa48("476")) {
    {}
  } else {
    stryCov_9fa48("476");
    return stryMutAct_9fa48("477") ? {} : (stryCov_9fa48("477"), {
      send({
        budget,
        delivery,
        document,
        early,
        instances,
        logGroup,
        parameters
      }) {
        if (stryMutAct_9fa48("478")) {
          {}
        } else {
          stryCov_9fa48("478");
          const command = new SendCommandCommand(stryMutAct_9fa48("479") ? {} : (stryCov_9fa48("479"), {
            DocumentName: document,
            InstanceIds: stryMutAct_9fa48("480") ? [] : (stryCov_9fa48("480"), [...instances]),
            Parameters: Object.fromEntries(Object.entries(parameters).map(stryMutAct_9fa48("481") ? () => undefined : (stryCov_9fa48("481"), ([name, value]) => stryMutAct_9fa48("482") ? [] : (stryCov_9fa48("482"), [name, stryMutAct_9fa48("483") ? [] : (stryCov_9fa48("483"), [value])])))),
            TimeoutSeconds: delivery,
            // Whether one failure of one instance reaches 100 % AWS's pages do not agree on; of 0, the default, they do.
            ...((stryMutAct_9fa48("487") ? instances.length <= 1 : stryMutAct_9fa48("486") ? instances.length >= 1 : stryMutAct_9fa48("485") ? false : stryMutAct_9fa48("484") ? true : (stryCov_9fa48("484", "485", "486", "487"), instances.length > 1)) ? stryMutAct_9fa48("488") ? {} : (stryCov_9fa48("488"), {
              MaxErrors: stryMutAct_9fa48("489") ? "" : (stryCov_9fa48("489"), "100%")
            }) : {}),
            Comment: commentOf(stryMutAct_9fa48("490") ? {} : (stryCov_9fa48("490"), {
              transition: parameters.transition,
              budget,
              early
            })),
            // With it the agent asks CloudWatch Logs before it starts the script, for minutes if there is no answer.
            ...((stryMutAct_9fa48("493") ? logGroup !== undefined : stryMutAct_9fa48("492") ? false : stryMutAct_9fa48("491") ? true : (stryCov_9fa48("491", "492", "493"), logGroup === undefined)) ? {} : stryMutAct_9fa48("494") ? {} : (stryCov_9fa48("494"), {
              CloudWatchOutputConfig: outputTo(logGroup)
            }))
          }));
          return sentOrNot(instances, async () => {
            if (stryMutAct_9fa48("495")) {
              {}
            } else {
              stryCov_9fa48("495");
              const {
                Command
              } = await make(stryMutAct_9fa48("496") ? "" : (stryCov_9fa48("496"), "send"), stryMutAct_9fa48("497") ? () => undefined : (stryCov_9fa48("497"), () => client.send(command)));
              return stryMutAct_9fa48("498") ? Command?.CommandId && "" : (stryCov_9fa48("498"), (stryMutAct_9fa48("499") ? Command.CommandId : (stryCov_9fa48("499"), Command?.CommandId)) ?? (stryMutAct_9fa48("500") ? "Stryker was here!" : (stryCov_9fa48("500"), "")));
            }
          });
        }
      },
      async cancel(commandId, instance) {
        if (stryMutAct_9fa48("501")) {
          {}
        } else {
          stryCov_9fa48("501");
          const command = new CancelCommandCommand(stryMutAct_9fa48("502") ? {} : (stryCov_9fa48("502"), {
            CommandId: commandId,
            InstanceIds: stryMutAct_9fa48("503") ? [] : (stryCov_9fa48("503"), [instance])
          }));
          await make(stryMutAct_9fa48("504") ? "" : (stryCov_9fa48("504"), "cancel"), stryMutAct_9fa48("505") ? () => undefined : (stryCov_9fa48("505"), () => client.send(command)));
        }
      },
      async invocations({
        after,
        document,
        instance,
        pages = Infinity
      }) {
        if (stryMutAct_9fa48("506")) {
          {}
        } else {
          stryCov_9fa48("506");
          const found: Invocation[] = stryMutAct_9fa48("507") ? ["Stryker was here"] : (stryCov_9fa48("507"), []);
          const Filters: CommandFilter[] = stryMutAct_9fa48("508") ? [] : (stryCov_9fa48("508"), [stryMutAct_9fa48("509") ? {} : (stryCov_9fa48("509"), {
            key: stryMutAct_9fa48("510") ? "" : (stryCov_9fa48("510"), "DocumentName"),
            value: document
          }), ...((stryMutAct_9fa48("513") ? after !== undefined : stryMutAct_9fa48("512") ? false : stryMutAct_9fa48("511") ? true : (stryCov_9fa48("511", "512", "513"), after === undefined)) ? stryMutAct_9fa48("514") ? ["Stryker was here"] : (stryCov_9fa48("514"), []) : stryMutAct_9fa48("515") ? [] : (stryCov_9fa48("515"), [stryMutAct_9fa48("516") ? {} : (stryCov_9fa48("516"), {
            key: "InvokedAfter" as const,
            value: toSecond(after)
          })]))]);
          let token: string | undefined;
          if (stryMutAct_9fa48("517")) {
            for (let page = 1; false; page += 1) {
              const command = new ListCommandInvocationsCommand({
                Filters,
                MaxResults: 50,
                ...(instance === undefined ? {} : {
                  InstanceId: instance
                }),
                ...(token === undefined ? {} : {
                  NextToken: token
                })
              });
              const {
                CommandInvocations = [],
                NextToken
              } = await make("read", () => client.send(command));
              found.push(...CommandInvocations.flatMap(invocationOf));
              if (!NextToken) break;
              if (page >= pages) return undefined;
              token = NextToken;
            }
          } else {
            stryCov_9fa48("517");
            for (let page = 1;; stryMutAct_9fa48("518") ? page -= 1 : (stryCov_9fa48("518"), page += 1)) {
              if (stryMutAct_9fa48("519")) {
                {}
              } else {
                stryCov_9fa48("519");
                const command = new ListCommandInvocationsCommand(stryMutAct_9fa48("520") ? {} : (stryCov_9fa48("520"), {
                  Filters,
                  MaxResults: 50,
                  ...((stryMutAct_9fa48("523") ? instance !== undefined : stryMutAct_9fa48("522") ? false : stryMutAct_9fa48("521") ? true : (stryCov_9fa48("521", "522", "523"), instance === undefined)) ? {} : stryMutAct_9fa48("524") ? {} : (stryCov_9fa48("524"), {
                    InstanceId: instance
                  })),
                  ...((stryMutAct_9fa48("527") ? token !== undefined : stryMutAct_9fa48("526") ? false : stryMutAct_9fa48("525") ? true : (stryCov_9fa48("525", "526", "527"), token === undefined)) ? {} : stryMutAct_9fa48("528") ? {} : (stryCov_9fa48("528"), {
                    NextToken: token
                  }))
                }));
                const {
                  CommandInvocations = stryMutAct_9fa48("529") ? ["Stryker was here"] : (stryCov_9fa48("529"), []),
                  NextToken
                } = await make(stryMutAct_9fa48("530") ? "" : (stryCov_9fa48("530"), "read"), stryMutAct_9fa48("531") ? () => undefined : (stryCov_9fa48("531"), () => client.send(command)));
                found.push(...CommandInvocations.flatMap(invocationOf));
                if (stryMutAct_9fa48("534") ? false : stryMutAct_9fa48("533") ? true : stryMutAct_9fa48("532") ? NextToken : (stryCov_9fa48("532", "533", "534"), !NextToken)) break;
                if (stryMutAct_9fa48("538") ? page < pages : stryMutAct_9fa48("537") ? page > pages : stryMutAct_9fa48("536") ? false : stryMutAct_9fa48("535") ? true : (stryCov_9fa48("535", "536", "537", "538"), page >= pages)) return undefined;
                token = NextToken;
              }
            }
          }
          return stryMutAct_9fa48("539") ? found : (stryCov_9fa48("539"), found.sort(stryMutAct_9fa48("540") ? () => undefined : (stryCov_9fa48("540"), (one, other) => stryMutAct_9fa48("541") ? one.requestedAt + other.requestedAt : (stryCov_9fa48("541"), one.requestedAt - other.requestedAt))));
        }
      },
      async end(commandId, instance) {
        if (stryMutAct_9fa48("542")) {
          {}
        } else {
          stryCov_9fa48("542");
          for (const step of Object.values(stepNames)) {
            if (stryMutAct_9fa48("543")) {
              {}
            } else {
              stryCov_9fa48("543");
              const command = new GetCommandInvocationCommand(stryMutAct_9fa48("544") ? {} : (stryCov_9fa48("544"), {
                CommandId: commandId,
                InstanceId: instance,
                PluginName: step
              }));
              const found = await unless(stryMutAct_9fa48("545") ? "" : (stryCov_9fa48("545"), "InvocationDoesNotExist"), stryMutAct_9fa48("546") ? () => undefined : (stryCov_9fa48("546"), () => make(stryMutAct_9fa48("547") ? "" : (stryCov_9fa48("547"), "read"), stryMutAct_9fa48("548") ? () => undefined : (stryCov_9fa48("548"), () => client.send(command)))));
              // Steps for other platforms were skipped, which is a success to SSM.
              if (stryMutAct_9fa48("551") ? found?.Status !== "Success" : stryMutAct_9fa48("550") ? false : stryMutAct_9fa48("549") ? true : (stryCov_9fa48("549", "550", "551"), (stryMutAct_9fa48("552") ? found.Status : (stryCov_9fa48("552"), found?.Status)) === (stryMutAct_9fa48("553") ? "" : (stryCov_9fa48("553"), "Success")))) continue;
              return stryMutAct_9fa48("556") ? found || endOf(found) : stryMutAct_9fa48("555") ? false : stryMutAct_9fa48("554") ? true : (stryCov_9fa48("554", "555", "556"), found && endOf(found));
            }
          }
          // A command that did not succeed though all of its steps did has said nothing about the script.
          return stryMutAct_9fa48("557") ? {} : (stryCov_9fa48("557"), {
            status: stryMutAct_9fa48("558") ? "" : (stryCov_9fa48("558"), "troubled"),
            endedAt: undefined,
            output: stryMutAct_9fa48("559") ? "Stryker was here!" : (stryCov_9fa48("559"), "")
          });
        }
      },
      async command(id) {
        if (stryMutAct_9fa48("560")) {
          {}
        } else {
          stryCov_9fa48("560");
          const found = await unless(stryMutAct_9fa48("561") ? "" : (stryCov_9fa48("561"), "InvalidCommandId"), stryMutAct_9fa48("562") ? () => undefined : (stryCov_9fa48("562"), () => make(stryMutAct_9fa48("563") ? "" : (stryCov_9fa48("563"), "read"), stryMutAct_9fa48("564") ? () => undefined : (stryCov_9fa48("564"), () => client.send(new ListCommandsCommand(stryMutAct_9fa48("565") ? {} : (stryCov_9fa48("565"), {
            CommandId: id
          })))))));
          const command = stryMutAct_9fa48("567") ? found.Commands?.[0] : stryMutAct_9fa48("566") ? found?.Commands[0] : (stryCov_9fa48("566", "567"), found?.Commands?.[0]);
          if (stryMutAct_9fa48("570") ? command !== undefined : stryMutAct_9fa48("569") ? false : stryMutAct_9fa48("568") ? true : (stryCov_9fa48("568", "569", "570"), command === undefined)) return undefined;
          return stryMutAct_9fa48("571") ? {} : (stryCov_9fa48("571"), {
            parameters: parseParameters(command.Parameters),
            instances: stryMutAct_9fa48("572") ? command.InstanceIds && [] : (stryCov_9fa48("572"), command.InstanceIds ?? (stryMutAct_9fa48("573") ? ["Stryker was here"] : (stryCov_9fa48("573"), []))),
            isOurs: stryMutAct_9fa48("576") ? readComment(command.Comment) === undefined : stryMutAct_9fa48("575") ? false : stryMutAct_9fa48("574") ? true : (stryCov_9fa48("574", "575", "576"), readComment(command.Comment) !== undefined)
          });
        }
      },
      async machines(instances) {
        if (stryMutAct_9fa48("577")) {
          {}
        } else {
          stryCov_9fa48("577");
          const found = new Map<string, Machine>(instances.map(stryMutAct_9fa48("578") ? () => undefined : (stryCov_9fa48("578"), id => stryMutAct_9fa48("579") ? [] : (stryCov_9fa48("579"), [id, stryMutAct_9fa48("580") ? "" : (stryCov_9fa48("580"), "gone")]))));
          for (let from = 0; stryMutAct_9fa48("583") ? from >= instances.length : stryMutAct_9fa48("582") ? from <= instances.length : stryMutAct_9fa48("581") ? false : (stryCov_9fa48("581", "582", "583"), from < instances.length); stryMutAct_9fa48("584") ? from -= machinesAtOnce : (stryCov_9fa48("584"), from += machinesAtOnce)) {
            if (stryMutAct_9fa48("585")) {
              {}
            } else {
              stryCov_9fa48("585");
              const Values = stryMutAct_9fa48("586") ? instances : (stryCov_9fa48("586"), instances.slice(from, stryMutAct_9fa48("587") ? from - machinesAtOnce : (stryCov_9fa48("587"), from + machinesAtOnce)));
              const command = new DescribeInstanceInformationCommand(stryMutAct_9fa48("588") ? {} : (stryCov_9fa48("588"), {
                Filters: stryMutAct_9fa48("589") ? [] : (stryCov_9fa48("589"), [stryMutAct_9fa48("590") ? {} : (stryCov_9fa48("590"), {
                  Key: stryMutAct_9fa48("591") ? "" : (stryCov_9fa48("591"), "InstanceIds"),
                  Values
                })]),
                MaxResults: machinesAtOnce
              }));
              const answer = await allowed(stryMutAct_9fa48("592") ? () => undefined : (stryCov_9fa48("592"), () => make(stryMutAct_9fa48("593") ? "" : (stryCov_9fa48("593"), "read"), stryMutAct_9fa48("594") ? () => undefined : (stryCov_9fa48("594"), () => client.send(command)))));
              // Who may not ask takes every machine for one that runs.
              const known = stryMutAct_9fa48("595") ? answer?.InstanceInformationList && Values.map(id => ({
                InstanceId: id,
                PingStatus: "Online"
              })) : (stryCov_9fa48("595"), (stryMutAct_9fa48("596") ? answer.InstanceInformationList : (stryCov_9fa48("596"), answer?.InstanceInformationList)) ?? Values.map(stryMutAct_9fa48("597") ? () => undefined : (stryCov_9fa48("597"), id => stryMutAct_9fa48("598") ? {} : (stryCov_9fa48("598"), {
                InstanceId: id,
                PingStatus: stryMutAct_9fa48("599") ? "" : (stryCov_9fa48("599"), "Online")
              }))));
              for (const {
                InstanceId,
                PingStatus
              } of known) if (stryMutAct_9fa48("602") ? InstanceId === undefined : stryMutAct_9fa48("601") ? false : stryMutAct_9fa48("600") ? true : (stryCov_9fa48("600", "601", "602"), InstanceId !== undefined)) found.set(InstanceId, (stryMutAct_9fa48("605") ? PingStatus !== "Online" : stryMutAct_9fa48("604") ? false : stryMutAct_9fa48("603") ? true : (stryCov_9fa48("603", "604", "605"), PingStatus === (stryMutAct_9fa48("606") ? "" : (stryCov_9fa48("606"), "Online")))) ? stryMutAct_9fa48("607") ? "" : (stryCov_9fa48("607"), "there") : stryMutAct_9fa48("608") ? "" : (stryCov_9fa48("608"), "silent"));
            }
          }
          return found;
        }
      }
    });
  }
}

/** An invocation of a command that a handler has sent; what somebody ran by hand counts for nothing. */
function invocationOf(one: CommandInvocation): Invocation[] {
  if (stryMutAct_9fa48("609")) {
    {}
  } else {
    stryCov_9fa48("609");
    const facts = readComment(one.Comment);
    if (stryMutAct_9fa48("612") ? facts !== undefined : stryMutAct_9fa48("611") ? false : stryMutAct_9fa48("610") ? true : (stryCov_9fa48("610", "611", "612"), facts === undefined)) return stryMutAct_9fa48("613") ? ["Stryker was here"] : (stryCov_9fa48("613"), []);
    return stryMutAct_9fa48("614") ? [] : (stryCov_9fa48("614"), [stryMutAct_9fa48("615") ? {} : (stryCov_9fa48("615"), {
      id: stryMutAct_9fa48("616") ? one.CommandId && "" : (stryCov_9fa48("616"), one.CommandId ?? (stryMutAct_9fa48("617") ? "Stryker was here!" : (stryCov_9fa48("617"), ""))),
      instance: stryMutAct_9fa48("618") ? one.InstanceId && "" : (stryCov_9fa48("618"), one.InstanceId ?? (stryMutAct_9fa48("619") ? "Stryker was here!" : (stryCov_9fa48("619"), ""))),
      requestedAt: stryMutAct_9fa48("620") ? one.RequestedDateTime?.getTime() && 0 : (stryCov_9fa48("620"), (stryMutAct_9fa48("621") ? one.RequestedDateTime.getTime() : (stryCov_9fa48("621"), one.RequestedDateTime?.getTime())) ?? 0),
      status: statusOf(one),
      ...facts
    })]);
  }
}
function outputTo(logGroup: string): CloudWatchOutputConfig {
  if (stryMutAct_9fa48("622")) {
    {}
  } else {
    stryCov_9fa48("622");
    return stryMutAct_9fa48("623") ? {} : (stryCov_9fa48("623"), {
      CloudWatchLogGroupName: logGroup,
      CloudWatchOutputEnabled: stryMutAct_9fa48("624") ? false : (stryCov_9fa48("624"), true)
    });
  }
}

/** What a call answers; undefined if the role may not make it. */
async function allowed<T>(call: () => Promise<T>): Promise<T | undefined> {
  if (stryMutAct_9fa48("625")) {
    {}
  } else {
    stryCov_9fa48("625");
    try {
      if (stryMutAct_9fa48("626")) {
        {}
      } else {
        stryCov_9fa48("626");
        return await call();
      }
    } catch (error) {
      if (stryMutAct_9fa48("627")) {
        {}
      } else {
        stryCov_9fa48("627");
        if (stryMutAct_9fa48("630") ? nameOf(error).endsWith("AccessDenied") : stryMutAct_9fa48("629") ? false : stryMutAct_9fa48("628") ? true : (stryCov_9fa48("628", "629", "630"), nameOf(error).startsWith(stryMutAct_9fa48("631") ? "" : (stryCov_9fa48("631"), "AccessDenied")))) return undefined;
        throw error;
      }
    }
  }
}

/** What a call answers; undefined if its error has this name. */
async function unless<T>(name: string, call: () => Promise<T>): Promise<T | undefined> {
  if (stryMutAct_9fa48("632")) {
    {}
  } else {
    stryCov_9fa48("632");
    try {
      if (stryMutAct_9fa48("633")) {
        {}
      } else {
        stryCov_9fa48("633");
        return await call();
      }
    } catch (error) {
      if (stryMutAct_9fa48("634")) {
        {}
      } else {
        stryCov_9fa48("634");
        if (stryMutAct_9fa48("637") ? nameOf(error) !== name : stryMutAct_9fa48("636") ? false : stryMutAct_9fa48("635") ? true : (stryCov_9fa48("635", "636", "637"), nameOf(error) === name)) return undefined;
        throw error;
      }
    }
  }
}

/** SSM's filters take instants without a fraction. */
function toSecond(at: number): string {
  if (stryMutAct_9fa48("638")) {
    {}
  } else {
    stryCov_9fa48("638");
    return new Date(at).toISOString().replace(stryMutAct_9fa48("641") ? /\.\D+Z$/ : stryMutAct_9fa48("640") ? /\.\dZ$/ : stryMutAct_9fa48("639") ? /\.\d+Z/ : (stryCov_9fa48("639", "640", "641"), /\.\d+Z$/), stryMutAct_9fa48("642") ? "" : (stryCov_9fa48("642"), "Z"));
  }
}