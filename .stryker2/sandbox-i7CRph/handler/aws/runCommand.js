"use strict";
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var runCommand_exports = {};
__export(runCommand_exports, {
  createRunCommand: () => createRunCommand
});
module.exports = __toCommonJS(runCommand_exports);
var import_client_ssm = require("@aws-sdk/client-ssm");
var import_contract = require("../../contract");
var import_events = require("../events");
var import_commandEnd = require("./commandEnd");
var import_comment = require("./comment");
var import_errors = require("./errors");
var import_refusal = require("./refusal");
function stryNS_9fa48() {
  var g = typeof globalThis === "object" && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === void 0 && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
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
  function isActive(id2) {
    if (ns.activeMutant === id2) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error("Stryker: Hit count limit reached (" + ns.hitCount + ")");
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
const machinesAtOnce = 50;
function createRunCommand(client, make) {
  if (stryMutAct_9fa48("476")) {
    {
    }
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
          {
          }
        } else {
          stryCov_9fa48("478");
          const command = new import_client_ssm.SendCommandCommand(stryMutAct_9fa48("479") ? {} : (stryCov_9fa48("479"), {
            DocumentName: document,
            InstanceIds: stryMutAct_9fa48("480") ? [] : (stryCov_9fa48("480"), [...instances]),
            Parameters: Object.fromEntries(Object.entries(parameters).map(stryMutAct_9fa48("481") ? () => void 0 : (stryCov_9fa48("481"), ([name, value]) => stryMutAct_9fa48("482") ? [] : (stryCov_9fa48("482"), [name, stryMutAct_9fa48("483") ? [] : (stryCov_9fa48("483"), [value])])))),
            TimeoutSeconds: delivery,
            // Whether one failure of one instance reaches 100 % AWS's pages do not agree on; of 0, the default, they do.
            ...(stryMutAct_9fa48("487") ? instances.length <= 1 : stryMutAct_9fa48("486") ? instances.length >= 1 : stryMutAct_9fa48("485") ? false : stryMutAct_9fa48("484") ? true : (stryCov_9fa48("484", "485", "486", "487"), instances.length > 1)) ? stryMutAct_9fa48("488") ? {} : (stryCov_9fa48("488"), {
              MaxErrors: stryMutAct_9fa48("489") ? "" : (stryCov_9fa48("489"), "100%")
            }) : {},
            Comment: (0, import_comment.commentOf)(stryMutAct_9fa48("490") ? {} : (stryCov_9fa48("490"), {
              transition: parameters.transition,
              budget,
              early
            })),
            // With it the agent asks CloudWatch Logs before it starts the script, for minutes if there is no answer.
            ...(stryMutAct_9fa48("493") ? logGroup !== void 0 : stryMutAct_9fa48("492") ? false : stryMutAct_9fa48("491") ? true : (stryCov_9fa48("491", "492", "493"), logGroup === void 0)) ? {} : stryMutAct_9fa48("494") ? {} : (stryCov_9fa48("494"), {
              CloudWatchOutputConfig: outputTo(logGroup)
            })
          }));
          return (0, import_refusal.sentOrNot)(instances, async () => {
            if (stryMutAct_9fa48("495")) {
              {
              }
            } else {
              stryCov_9fa48("495");
              const {
                Command
              } = await make(stryMutAct_9fa48("496") ? "" : (stryCov_9fa48("496"), "send"), stryMutAct_9fa48("497") ? () => void 0 : (stryCov_9fa48("497"), () => client.send(command)));
              return stryMutAct_9fa48("498") ? Command?.CommandId && "" : (stryCov_9fa48("498"), (stryMutAct_9fa48("499") ? Command.CommandId : (stryCov_9fa48("499"), Command?.CommandId)) ?? (stryMutAct_9fa48("500") ? "Stryker was here!" : (stryCov_9fa48("500"), "")));
            }
          });
        }
      },
      async cancel(commandId, instance) {
        if (stryMutAct_9fa48("501")) {
          {
          }
        } else {
          stryCov_9fa48("501");
          const command = new import_client_ssm.CancelCommandCommand(stryMutAct_9fa48("502") ? {} : (stryCov_9fa48("502"), {
            CommandId: commandId,
            InstanceIds: stryMutAct_9fa48("503") ? [] : (stryCov_9fa48("503"), [instance])
          }));
          await make(stryMutAct_9fa48("504") ? "" : (stryCov_9fa48("504"), "cancel"), stryMutAct_9fa48("505") ? () => void 0 : (stryCov_9fa48("505"), () => client.send(command)));
        }
      },
      async invocations({
        after,
        document,
        instance,
        pages = Infinity
      }) {
        if (stryMutAct_9fa48("506")) {
          {
          }
        } else {
          stryCov_9fa48("506");
          const found = stryMutAct_9fa48("507") ? ["Stryker was here"] : (stryCov_9fa48("507"), []);
          const Filters = stryMutAct_9fa48("508") ? [] : (stryCov_9fa48("508"), [stryMutAct_9fa48("509") ? {} : (stryCov_9fa48("509"), {
            key: stryMutAct_9fa48("510") ? "" : (stryCov_9fa48("510"), "DocumentName"),
            value: document
          }), ...(stryMutAct_9fa48("513") ? after !== void 0 : stryMutAct_9fa48("512") ? false : stryMutAct_9fa48("511") ? true : (stryCov_9fa48("511", "512", "513"), after === void 0)) ? stryMutAct_9fa48("514") ? ["Stryker was here"] : (stryCov_9fa48("514"), []) : stryMutAct_9fa48("515") ? [] : (stryCov_9fa48("515"), [stryMutAct_9fa48("516") ? {} : (stryCov_9fa48("516"), {
            key: "InvokedAfter",
            value: toSecond(after)
          })])]);
          let token;
          if (stryMutAct_9fa48("517")) {
            for (let page = 1; false; page += 1) {
              const command = new import_client_ssm.ListCommandInvocationsCommand({
                Filters,
                MaxResults: 50,
                ...instance === void 0 ? {} : {
                  InstanceId: instance
                },
                ...token === void 0 ? {} : {
                  NextToken: token
                }
              });
              const {
                CommandInvocations = [],
                NextToken
              } = await make("read", () => client.send(command));
              found.push(...CommandInvocations.flatMap(invocationOf));
              if (!NextToken) break;
              if (page >= pages) return void 0;
              token = NextToken;
            }
          } else {
            stryCov_9fa48("517");
            for (let page = 1; ; stryMutAct_9fa48("518") ? page -= 1 : (stryCov_9fa48("518"), page += 1)) {
              if (stryMutAct_9fa48("519")) {
                {
                }
              } else {
                stryCov_9fa48("519");
                const command = new import_client_ssm.ListCommandInvocationsCommand(stryMutAct_9fa48("520") ? {} : (stryCov_9fa48("520"), {
                  Filters,
                  MaxResults: 50,
                  ...(stryMutAct_9fa48("523") ? instance !== void 0 : stryMutAct_9fa48("522") ? false : stryMutAct_9fa48("521") ? true : (stryCov_9fa48("521", "522", "523"), instance === void 0)) ? {} : stryMutAct_9fa48("524") ? {} : (stryCov_9fa48("524"), {
                    InstanceId: instance
                  }),
                  ...(stryMutAct_9fa48("527") ? token !== void 0 : stryMutAct_9fa48("526") ? false : stryMutAct_9fa48("525") ? true : (stryCov_9fa48("525", "526", "527"), token === void 0)) ? {} : stryMutAct_9fa48("528") ? {} : (stryCov_9fa48("528"), {
                    NextToken: token
                  })
                }));
                const {
                  CommandInvocations = stryMutAct_9fa48("529") ? ["Stryker was here"] : (stryCov_9fa48("529"), []),
                  NextToken
                } = await make(stryMutAct_9fa48("530") ? "" : (stryCov_9fa48("530"), "read"), stryMutAct_9fa48("531") ? () => void 0 : (stryCov_9fa48("531"), () => client.send(command)));
                found.push(...CommandInvocations.flatMap(invocationOf));
                if (stryMutAct_9fa48("534") ? false : stryMutAct_9fa48("533") ? true : stryMutAct_9fa48("532") ? NextToken : (stryCov_9fa48("532", "533", "534"), !NextToken)) break;
                if (stryMutAct_9fa48("538") ? page < pages : stryMutAct_9fa48("537") ? page > pages : stryMutAct_9fa48("536") ? false : stryMutAct_9fa48("535") ? true : (stryCov_9fa48("535", "536", "537", "538"), page >= pages)) return void 0;
                token = NextToken;
              }
            }
          }
          return stryMutAct_9fa48("539") ? found : (stryCov_9fa48("539"), found.sort(stryMutAct_9fa48("540") ? () => void 0 : (stryCov_9fa48("540"), (one, other) => stryMutAct_9fa48("541") ? one.requestedAt + other.requestedAt : (stryCov_9fa48("541"), one.requestedAt - other.requestedAt))));
        }
      },
      async end(commandId, instance) {
        if (stryMutAct_9fa48("542")) {
          {
          }
        } else {
          stryCov_9fa48("542");
          for (const step of Object.values(import_contract.stepNames)) {
            if (stryMutAct_9fa48("543")) {
              {
              }
            } else {
              stryCov_9fa48("543");
              const command = new import_client_ssm.GetCommandInvocationCommand(stryMutAct_9fa48("544") ? {} : (stryCov_9fa48("544"), {
                CommandId: commandId,
                InstanceId: instance,
                PluginName: step
              }));
              const found = await unless(stryMutAct_9fa48("545") ? "" : (stryCov_9fa48("545"), "InvocationDoesNotExist"), stryMutAct_9fa48("546") ? () => void 0 : (stryCov_9fa48("546"), () => make(stryMutAct_9fa48("547") ? "" : (stryCov_9fa48("547"), "read"), stryMutAct_9fa48("548") ? () => void 0 : (stryCov_9fa48("548"), () => client.send(command)))));
              if (stryMutAct_9fa48("551") ? found?.Status !== "Success" : stryMutAct_9fa48("550") ? false : stryMutAct_9fa48("549") ? true : (stryCov_9fa48("549", "550", "551"), (stryMutAct_9fa48("552") ? found.Status : (stryCov_9fa48("552"), found?.Status)) === (stryMutAct_9fa48("553") ? "" : (stryCov_9fa48("553"), "Success")))) continue;
              return stryMutAct_9fa48("556") ? found || (0, import_commandEnd.endOf)(found) : stryMutAct_9fa48("555") ? false : stryMutAct_9fa48("554") ? true : (stryCov_9fa48("554", "555", "556"), found && (0, import_commandEnd.endOf)(found));
            }
          }
          return stryMutAct_9fa48("557") ? {} : (stryCov_9fa48("557"), {
            status: stryMutAct_9fa48("558") ? "" : (stryCov_9fa48("558"), "troubled"),
            endedAt: void 0,
            output: stryMutAct_9fa48("559") ? "Stryker was here!" : (stryCov_9fa48("559"), "")
          });
        }
      },
      async command(id) {
        if (stryMutAct_9fa48("560")) {
          {
          }
        } else {
          stryCov_9fa48("560");
          const found = await unless(stryMutAct_9fa48("561") ? "" : (stryCov_9fa48("561"), "InvalidCommandId"), stryMutAct_9fa48("562") ? () => void 0 : (stryCov_9fa48("562"), () => make(stryMutAct_9fa48("563") ? "" : (stryCov_9fa48("563"), "read"), stryMutAct_9fa48("564") ? () => void 0 : (stryCov_9fa48("564"), () => client.send(new import_client_ssm.ListCommandsCommand(stryMutAct_9fa48("565") ? {} : (stryCov_9fa48("565"), {
            CommandId: id
          })))))));
          const command = stryMutAct_9fa48("567") ? found.Commands?.[0] : stryMutAct_9fa48("566") ? found?.Commands[0] : (stryCov_9fa48("566", "567"), found?.Commands?.[0]);
          if (stryMutAct_9fa48("570") ? command !== void 0 : stryMutAct_9fa48("569") ? false : stryMutAct_9fa48("568") ? true : (stryCov_9fa48("568", "569", "570"), command === void 0)) return void 0;
          return stryMutAct_9fa48("571") ? {} : (stryCov_9fa48("571"), {
            parameters: (0, import_events.parseParameters)(command.Parameters),
            instances: stryMutAct_9fa48("572") ? command.InstanceIds && [] : (stryCov_9fa48("572"), command.InstanceIds ?? (stryMutAct_9fa48("573") ? ["Stryker was here"] : (stryCov_9fa48("573"), []))),
            isOurs: stryMutAct_9fa48("576") ? (0, import_comment.readComment)(command.Comment) === void 0 : stryMutAct_9fa48("575") ? false : stryMutAct_9fa48("574") ? true : (stryCov_9fa48("574", "575", "576"), (0, import_comment.readComment)(command.Comment) !== void 0)
          });
        }
      },
      async machines(instances) {
        if (stryMutAct_9fa48("577")) {
          {
          }
        } else {
          stryCov_9fa48("577");
          const found = new Map(instances.map(stryMutAct_9fa48("578") ? () => void 0 : (stryCov_9fa48("578"), (id) => stryMutAct_9fa48("579") ? [] : (stryCov_9fa48("579"), [id, stryMutAct_9fa48("580") ? "" : (stryCov_9fa48("580"), "gone")]))));
          for (let from = 0; stryMutAct_9fa48("583") ? from >= instances.length : stryMutAct_9fa48("582") ? from <= instances.length : stryMutAct_9fa48("581") ? false : (stryCov_9fa48("581", "582", "583"), from < instances.length); stryMutAct_9fa48("584") ? from -= machinesAtOnce : (stryCov_9fa48("584"), from += machinesAtOnce)) {
            if (stryMutAct_9fa48("585")) {
              {
              }
            } else {
              stryCov_9fa48("585");
              const Values = stryMutAct_9fa48("586") ? instances : (stryCov_9fa48("586"), instances.slice(from, stryMutAct_9fa48("587") ? from - machinesAtOnce : (stryCov_9fa48("587"), from + machinesAtOnce)));
              const command = new import_client_ssm.DescribeInstanceInformationCommand(stryMutAct_9fa48("588") ? {} : (stryCov_9fa48("588"), {
                Filters: stryMutAct_9fa48("589") ? [] : (stryCov_9fa48("589"), [stryMutAct_9fa48("590") ? {} : (stryCov_9fa48("590"), {
                  Key: stryMutAct_9fa48("591") ? "" : (stryCov_9fa48("591"), "InstanceIds"),
                  Values
                })]),
                MaxResults: machinesAtOnce
              }));
              const answer = await allowed(stryMutAct_9fa48("592") ? () => void 0 : (stryCov_9fa48("592"), () => make(stryMutAct_9fa48("593") ? "" : (stryCov_9fa48("593"), "read"), stryMutAct_9fa48("594") ? () => void 0 : (stryCov_9fa48("594"), () => client.send(command)))));
              const known = stryMutAct_9fa48("595") ? answer?.InstanceInformationList && Values.map((id) => ({
                InstanceId: id,
                PingStatus: "Online"
              })) : (stryCov_9fa48("595"), (stryMutAct_9fa48("596") ? answer.InstanceInformationList : (stryCov_9fa48("596"), answer?.InstanceInformationList)) ?? Values.map(stryMutAct_9fa48("597") ? () => void 0 : (stryCov_9fa48("597"), (id) => stryMutAct_9fa48("598") ? {} : (stryCov_9fa48("598"), {
                InstanceId: id,
                PingStatus: stryMutAct_9fa48("599") ? "" : (stryCov_9fa48("599"), "Online")
              }))));
              for (const {
                InstanceId,
                PingStatus
              } of known) if (stryMutAct_9fa48("602") ? InstanceId === void 0 : stryMutAct_9fa48("601") ? false : stryMutAct_9fa48("600") ? true : (stryCov_9fa48("600", "601", "602"), InstanceId !== void 0)) found.set(InstanceId, (stryMutAct_9fa48("605") ? PingStatus !== "Online" : stryMutAct_9fa48("604") ? false : stryMutAct_9fa48("603") ? true : (stryCov_9fa48("603", "604", "605"), PingStatus === (stryMutAct_9fa48("606") ? "" : (stryCov_9fa48("606"), "Online")))) ? stryMutAct_9fa48("607") ? "" : (stryCov_9fa48("607"), "there") : stryMutAct_9fa48("608") ? "" : (stryCov_9fa48("608"), "silent"));
            }
          }
          return found;
        }
      }
    });
  }
}
function invocationOf(one) {
  if (stryMutAct_9fa48("609")) {
    {
    }
  } else {
    stryCov_9fa48("609");
    const facts = (0, import_comment.readComment)(one.Comment);
    if (stryMutAct_9fa48("612") ? facts !== void 0 : stryMutAct_9fa48("611") ? false : stryMutAct_9fa48("610") ? true : (stryCov_9fa48("610", "611", "612"), facts === void 0)) return stryMutAct_9fa48("613") ? ["Stryker was here"] : (stryCov_9fa48("613"), []);
    return stryMutAct_9fa48("614") ? [] : (stryCov_9fa48("614"), [stryMutAct_9fa48("615") ? {} : (stryCov_9fa48("615"), {
      id: stryMutAct_9fa48("616") ? one.CommandId && "" : (stryCov_9fa48("616"), one.CommandId ?? (stryMutAct_9fa48("617") ? "Stryker was here!" : (stryCov_9fa48("617"), ""))),
      instance: stryMutAct_9fa48("618") ? one.InstanceId && "" : (stryCov_9fa48("618"), one.InstanceId ?? (stryMutAct_9fa48("619") ? "Stryker was here!" : (stryCov_9fa48("619"), ""))),
      requestedAt: stryMutAct_9fa48("620") ? one.RequestedDateTime?.getTime() && 0 : (stryCov_9fa48("620"), (stryMutAct_9fa48("621") ? one.RequestedDateTime.getTime() : (stryCov_9fa48("621"), one.RequestedDateTime?.getTime())) ?? 0),
      status: (0, import_commandEnd.statusOf)(one),
      ...facts
    })]);
  }
}
function outputTo(logGroup) {
  if (stryMutAct_9fa48("622")) {
    {
    }
  } else {
    stryCov_9fa48("622");
    return stryMutAct_9fa48("623") ? {} : (stryCov_9fa48("623"), {
      CloudWatchLogGroupName: logGroup,
      CloudWatchOutputEnabled: stryMutAct_9fa48("624") ? false : (stryCov_9fa48("624"), true)
    });
  }
}
async function allowed(call) {
  if (stryMutAct_9fa48("625")) {
    {
    }
  } else {
    stryCov_9fa48("625");
    try {
      if (stryMutAct_9fa48("626")) {
        {
        }
      } else {
        stryCov_9fa48("626");
        return await call();
      }
    } catch (error) {
      if (stryMutAct_9fa48("627")) {
        {
        }
      } else {
        stryCov_9fa48("627");
        if (stryMutAct_9fa48("630") ? (0, import_errors.nameOf)(error).endsWith("AccessDenied") : stryMutAct_9fa48("629") ? false : stryMutAct_9fa48("628") ? true : (stryCov_9fa48("628", "629", "630"), (0, import_errors.nameOf)(error).startsWith(stryMutAct_9fa48("631") ? "" : (stryCov_9fa48("631"), "AccessDenied")))) return void 0;
        throw error;
      }
    }
  }
}
async function unless(name, call) {
  if (stryMutAct_9fa48("632")) {
    {
    }
  } else {
    stryCov_9fa48("632");
    try {
      if (stryMutAct_9fa48("633")) {
        {
        }
      } else {
        stryCov_9fa48("633");
        return await call();
      }
    } catch (error) {
      if (stryMutAct_9fa48("634")) {
        {
        }
      } else {
        stryCov_9fa48("634");
        if (stryMutAct_9fa48("637") ? (0, import_errors.nameOf)(error) !== name : stryMutAct_9fa48("636") ? false : stryMutAct_9fa48("635") ? true : (stryCov_9fa48("635", "636", "637"), (0, import_errors.nameOf)(error) === name)) return void 0;
        throw error;
      }
    }
  }
}
function toSecond(at) {
  if (stryMutAct_9fa48("638")) {
    {
    }
  } else {
    stryCov_9fa48("638");
    return new Date(at).toISOString().replace(stryMutAct_9fa48("641") ? /\.\D+Z$/ : stryMutAct_9fa48("640") ? /\.\dZ$/ : stryMutAct_9fa48("639") ? /\.\d+Z/ : (stryCov_9fa48("639", "640", "641"), /\.\d+Z$/), stryMutAct_9fa48("642") ? "" : (stryCov_9fa48("642"), "Z"));
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  createRunCommand
});
