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
var autoScaling_exports = {};
__export(autoScaling_exports, {
  createAutoScaling: () => createAutoScaling
});
module.exports = __toCommonJS(autoScaling_exports);
var import_client_auto_scaling = require("@aws-sdk/client-auto-scaling");
var import_contract = require("../../contract");
var import_errors = require("./errors");
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
const describedAtOnce = 50;
const activityPages = 50;
function createAutoScaling(client, make) {
  if (stryMutAct_9fa48("0")) {
    {
    }
  } else {
    stryCov_9fa48("0");
    return stryMutAct_9fa48("1") ? {} : (stryCov_9fa48("1"), {
      async groups(handler) {
        if (stryMutAct_9fa48("2")) {
          {
          }
        } else {
          stryCov_9fa48("2");
          const found = stryMutAct_9fa48("3") ? ["Stryker was here"] : (stryCov_9fa48("3"), []);
          const Filters = stryMutAct_9fa48("4") ? [] : (stryCov_9fa48("4"), [stryMutAct_9fa48("5") ? {} : (stryCov_9fa48("5"), {
            Name: stryMutAct_9fa48("6") ? "" : (stryCov_9fa48("6"), "tag-value"),
            Values: stryMutAct_9fa48("7") ? [] : (stryCov_9fa48("7"), [handler])
          })]);
          let NextToken;
          do {
            if (stryMutAct_9fa48("8")) {
              {
              }
            } else {
              stryCov_9fa48("8");
              const command = new import_client_auto_scaling.DescribeAutoScalingGroupsCommand(stryMutAct_9fa48("9") ? {} : (stryCov_9fa48("9"), {
                Filters,
                MaxRecords: 100,
                NextToken
              }));
              const page = await make(stryMutAct_9fa48("10") ? "" : (stryCov_9fa48("10"), "read"), stryMutAct_9fa48("11") ? () => void 0 : (stryCov_9fa48("11"), () => client.send(command)));
              found.push(...(stryMutAct_9fa48("12") ? page.AutoScalingGroups && [] : (stryCov_9fa48("12"), page.AutoScalingGroups ?? (stryMutAct_9fa48("13") ? ["Stryker was here"] : (stryCov_9fa48("13"), [])))).map(groupOf));
              ({
                NextToken
              } = page);
            }
          } while (stryMutAct_9fa48("14") ? false : (stryCov_9fa48("14"), NextToken));
          return found;
        }
      },
      async describe(instances) {
        if (stryMutAct_9fa48("15")) {
          {
          }
        } else {
          stryCov_9fa48("15");
          const found = /* @__PURE__ */ new Map();
          for (let from = 0; stryMutAct_9fa48("18") ? from >= instances.length : stryMutAct_9fa48("17") ? from <= instances.length : stryMutAct_9fa48("16") ? false : (stryCov_9fa48("16", "17", "18"), from < instances.length); stryMutAct_9fa48("19") ? from -= describedAtOnce : (stryCov_9fa48("19"), from += describedAtOnce)) {
            if (stryMutAct_9fa48("20")) {
              {
              }
            } else {
              stryCov_9fa48("20");
              const InstanceIds = stryMutAct_9fa48("21") ? instances : (stryCov_9fa48("21"), instances.slice(from, stryMutAct_9fa48("22") ? from - describedAtOnce : (stryCov_9fa48("22"), from + describedAtOnce)));
              const command = new import_client_auto_scaling.DescribeAutoScalingInstancesCommand(stryMutAct_9fa48("23") ? {} : (stryCov_9fa48("23"), {
                InstanceIds
              }));
              const page = await make(stryMutAct_9fa48("24") ? "" : (stryCov_9fa48("24"), "read"), stryMutAct_9fa48("25") ? () => void 0 : (stryCov_9fa48("25"), () => client.send(command)));
              for (const one of stryMutAct_9fa48("26") ? page.AutoScalingInstances && [] : (stryCov_9fa48("26"), page.AutoScalingInstances ?? (stryMutAct_9fa48("27") ? ["Stryker was here"] : (stryCov_9fa48("27"), [])))) {
                if (stryMutAct_9fa48("28")) {
                  {
                  }
                } else {
                  stryCov_9fa48("28");
                  const {
                    InstanceId: id,
                    AutoScalingGroupName: group,
                    LifecycleState: lifecycleState
                  } = one;
                  const isHealthy = isHealthyStatus(one.HealthStatus);
                  if (stryMutAct_9fa48("31") ? id !== void 0 && group !== void 0 || lifecycleState !== void 0 : stryMutAct_9fa48("30") ? false : stryMutAct_9fa48("29") ? true : (stryCov_9fa48("29", "30", "31"), (stryMutAct_9fa48("33") ? id !== void 0 || group !== void 0 : stryMutAct_9fa48("32") ? true : (stryCov_9fa48("32", "33"), (stryMutAct_9fa48("35") ? id === void 0 : stryMutAct_9fa48("34") ? true : (stryCov_9fa48("34", "35"), id !== void 0)) && (stryMutAct_9fa48("37") ? group === void 0 : stryMutAct_9fa48("36") ? true : (stryCov_9fa48("36", "37"), group !== void 0)))) && (stryMutAct_9fa48("39") ? lifecycleState === void 0 : stryMutAct_9fa48("38") ? true : (stryCov_9fa48("38", "39"), lifecycleState !== void 0)))) found.set(id, stryMutAct_9fa48("40") ? {} : (stryCov_9fa48("40"), {
                    group,
                    lifecycleState,
                    isHealthy
                  }));
                }
              }
            }
          }
          return found;
        }
      },
      async hooks(group) {
        if (stryMutAct_9fa48("41")) {
          {
          }
        } else {
          stryCov_9fa48("41");
          const command = new import_client_auto_scaling.DescribeLifecycleHooksCommand(stryMutAct_9fa48("42") ? {} : (stryCov_9fa48("42"), {
            AutoScalingGroupName: group
          }));
          const {
            LifecycleHooks = stryMutAct_9fa48("43") ? ["Stryker was here"] : (stryCov_9fa48("43"), [])
          } = await make(stryMutAct_9fa48("44") ? "" : (stryCov_9fa48("44"), "read"), stryMutAct_9fa48("45") ? () => void 0 : (stryCov_9fa48("45"), () => client.send(command)));
          return LifecycleHooks.map(stryMutAct_9fa48("46") ? () => void 0 : (stryCov_9fa48("46"), (hook) => stryMutAct_9fa48("47") ? {} : (stryCov_9fa48("47"), {
            name: stryMutAct_9fa48("48") ? hook.LifecycleHookName && "" : (stryCov_9fa48("48"), hook.LifecycleHookName ?? (stryMutAct_9fa48("49") ? "Stryker was here!" : (stryCov_9fa48("49"), ""))),
            lifecycleTransition: stryMutAct_9fa48("50") ? hook.LifecycleTransition && "" : (stryCov_9fa48("50"), hook.LifecycleTransition ?? (stryMutAct_9fa48("51") ? "Stryker was here!" : (stryCov_9fa48("51"), ""))),
            heartbeatTimeout: stryMutAct_9fa48("52") ? hook.HeartbeatTimeout && 0 : (stryCov_9fa48("52"), hook.HeartbeatTimeout ?? 0),
            metadata: hook.NotificationMetadata
          })));
        }
      },
      async activities(group, transition, instances, history) {
        if (stryMutAct_9fa48("53")) {
          {
          }
        } else {
          stryCov_9fa48("53");
          const running = /* @__PURE__ */ new Map();
          const retained = /* @__PURE__ */ new Set();
          const wanted = new Set(instances);
          let NextToken;
          for (let page = 1; stryMutAct_9fa48("56") ? page > activityPages : stryMutAct_9fa48("55") ? page < activityPages : stryMutAct_9fa48("54") ? false : (stryCov_9fa48("54", "55", "56"), page <= activityPages); stryMutAct_9fa48("57") ? page -= 1 : (stryCov_9fa48("57"), page += 1)) {
            if (stryMutAct_9fa48("58")) {
              {
              }
            } else {
              stryCov_9fa48("58");
              const command = new import_client_auto_scaling.DescribeScalingActivitiesCommand(stryMutAct_9fa48("59") ? {} : (stryCov_9fa48("59"), {
                AutoScalingGroupName: group,
                MaxRecords: 100,
                NextToken
              }));
              const answer = await make(stryMutAct_9fa48("60") ? "" : (stryCov_9fa48("60"), "read"), stryMutAct_9fa48("61") ? () => void 0 : (stryCov_9fa48("61"), () => client.send(command)));
              for (const activity of stryMutAct_9fa48("62") ? answer.Activities && [] : (stryCov_9fa48("62"), answer.Activities ?? (stryMutAct_9fa48("63") ? ["Stryker was here"] : (stryCov_9fa48("63"), [])))) {
                if (stryMutAct_9fa48("64")) {
                  {
                  }
                } else {
                  stryCov_9fa48("64");
                  const instance = instanceOf(activity, transition);
                  if (stryMutAct_9fa48("67") ? instance === void 0 && !wanted.has(instance) : stryMutAct_9fa48("66") ? false : stryMutAct_9fa48("65") ? true : (stryCov_9fa48("65", "66", "67"), (stryMutAct_9fa48("69") ? instance !== void 0 : stryMutAct_9fa48("68") ? false : (stryCov_9fa48("68", "69"), instance === void 0)) || (stryMutAct_9fa48("70") ? wanted.has(instance) : (stryCov_9fa48("70"), !wanted.has(instance))))) continue;
                  if (stryMutAct_9fa48("73") ? activity.EndTime !== void 0 : stryMutAct_9fa48("72") ? false : stryMutAct_9fa48("71") ? true : (stryCov_9fa48("71", "72", "73"), activity.EndTime === void 0)) running.set(instance, activity);
                  else if (stryMutAct_9fa48("75") ? false : stryMutAct_9fa48("74") ? true : (stryCov_9fa48("74", "75"), isCancelledTermination(activity))) retained.add(instance);
                }
              }
              ({
                NextToken
              } = answer);
              if (stryMutAct_9fa48("78") ? !NextToken && running.size === wanted.size && !history : stryMutAct_9fa48("77") ? false : stryMutAct_9fa48("76") ? true : (stryCov_9fa48("76", "77", "78"), (stryMutAct_9fa48("79") ? NextToken : (stryCov_9fa48("79"), !NextToken)) || (stryMutAct_9fa48("81") ? running.size === wanted.size || !history : stryMutAct_9fa48("80") ? false : (stryCov_9fa48("80", "81"), (stryMutAct_9fa48("83") ? running.size !== wanted.size : stryMutAct_9fa48("82") ? true : (stryCov_9fa48("82", "83"), running.size === wanted.size)) && (stryMutAct_9fa48("84") ? history : (stryCov_9fa48("84"), !history)))))) break;
            }
          }
          return new Map((stryMutAct_9fa48("85") ? [] : (stryCov_9fa48("85"), [...running])).map(stryMutAct_9fa48("86") ? () => void 0 : (stryCov_9fa48("86"), ([instance, {
            Cause = stryMutAct_9fa48("87") ? "Stryker was here!" : (stryCov_9fa48("87"), ""),
            StartTime
          }]) => stryMutAct_9fa48("88") ? [] : (stryCov_9fa48("88"), [instance, stryMutAct_9fa48("89") ? {} : (stryCov_9fa48("89"), {
            startedAt: stryMutAct_9fa48("90") ? StartTime?.getTime() && 0 : (stryCov_9fa48("90"), (stryMutAct_9fa48("91") ? StartTime.getTime() : (stryCov_9fa48("91"), StartTime?.getTime())) ?? 0),
            cause: Cause,
            retainedBefore: stryMutAct_9fa48("94") ? history || retained.has(instance) : stryMutAct_9fa48("93") ? false : stryMutAct_9fa48("92") ? true : (stryCov_9fa48("92", "93", "94"), history && retained.has(instance))
          })]))));
        }
      },
      async complete(action, result) {
        if (stryMutAct_9fa48("95")) {
          {
          }
        } else {
          stryCov_9fa48("95");
          const command = new import_client_auto_scaling.CompleteLifecycleActionCommand(stryMutAct_9fa48("96") ? {} : (stryCov_9fa48("96"), {
            ...inputOf(action),
            LifecycleActionResult: result
          }));
          return isActive(stryMutAct_9fa48("97") ? "" : (stryCov_9fa48("97"), "complete"), stryMutAct_9fa48("98") ? () => void 0 : (stryCov_9fa48("98"), () => client.send(command)));
        }
      },
      async heartbeat(action) {
        if (stryMutAct_9fa48("99")) {
          {
          }
        } else {
          stryCov_9fa48("99");
          const command = new import_client_auto_scaling.RecordLifecycleActionHeartbeatCommand(inputOf(action));
          return isActive(stryMutAct_9fa48("100") ? "" : (stryCov_9fa48("100"), "heartbeat"), stryMutAct_9fa48("101") ? () => void 0 : (stryCov_9fa48("101"), () => client.send(command)));
        }
      }
    });
    async function isActive(kind, send) {
      if (stryMutAct_9fa48("102")) {
        {
        }
      } else {
        stryCov_9fa48("102");
        let wasUnanswered = stryMutAct_9fa48("103") ? true : (stryCov_9fa48("103"), false);
        try {
          if (stryMutAct_9fa48("104")) {
            {
            }
          } else {
            stryCov_9fa48("104");
            await make(kind, async () => {
              if (stryMutAct_9fa48("105")) {
                {
                }
              } else {
                stryCov_9fa48("105");
                try {
                  if (stryMutAct_9fa48("106")) {
                    {
                    }
                  } else {
                    stryCov_9fa48("106");
                    await send();
                  }
                } catch (error) {
                  if (stryMutAct_9fa48("107")) {
                    {
                    }
                  } else {
                    stryCov_9fa48("107");
                    stryMutAct_9fa48("108") ? wasUnanswered &&= (0, import_errors.isUnanswered)(error) : (stryCov_9fa48("108"), wasUnanswered ||= (0, import_errors.isUnanswered)(error));
                    throw error;
                  }
                }
              }
            });
            return stryMutAct_9fa48("109") ? false : (stryCov_9fa48("109"), true);
          }
        } catch (error) {
          if (stryMutAct_9fa48("110")) {
            {
            }
          } else {
            stryCov_9fa48("110");
            if (stryMutAct_9fa48("113") ? (0, import_errors.nameOf)(error) !== "ValidationError" : stryMutAct_9fa48("112") ? false : stryMutAct_9fa48("111") ? true : (stryCov_9fa48("111", "112", "113"), (0, import_errors.nameOf)(error) === (stryMutAct_9fa48("114") ? "" : (stryCov_9fa48("114"), "ValidationError")))) return wasUnanswered;
            throw error;
          }
        }
      }
    }
  }
}
function groupOf(group) {
  if (stryMutAct_9fa48("115")) {
    {
    }
  } else {
    stryCov_9fa48("115");
    return stryMutAct_9fa48("116") ? {} : (stryCov_9fa48("116"), {
      name: stryMutAct_9fa48("117") ? group.AutoScalingGroupName && "" : (stryCov_9fa48("117"), group.AutoScalingGroupName ?? (stryMutAct_9fa48("118") ? "Stryker was here!" : (stryCov_9fa48("118"), ""))),
      instances: (stryMutAct_9fa48("119") ? group.Instances && [] : (stryCov_9fa48("119"), group.Instances ?? (stryMutAct_9fa48("120") ? ["Stryker was here"] : (stryCov_9fa48("120"), [])))).map(stryMutAct_9fa48("121") ? () => void 0 : (stryCov_9fa48("121"), ({
        HealthStatus,
        InstanceId = stryMutAct_9fa48("122") ? "Stryker was here!" : (stryCov_9fa48("122"), ""),
        LifecycleState = stryMutAct_9fa48("123") ? "Stryker was here!" : (stryCov_9fa48("123"), "")
      }) => stryMutAct_9fa48("124") ? {} : (stryCov_9fa48("124"), {
        id: InstanceId,
        lifecycleState: LifecycleState,
        isHealthy: isHealthyStatus(HealthStatus)
      }))),
      repeats: stryMutAct_9fa48("127") ? (group.WarmPoolConfiguration !== void 0 || isRetaining(group)) && mayRenew(group) : stryMutAct_9fa48("126") ? false : stryMutAct_9fa48("125") ? true : (stryCov_9fa48("125", "126", "127"), (stryMutAct_9fa48("129") ? group.WarmPoolConfiguration !== void 0 && isRetaining(group) : stryMutAct_9fa48("128") ? false : (stryCov_9fa48("128", "129"), (stryMutAct_9fa48("131") ? group.WarmPoolConfiguration === void 0 : stryMutAct_9fa48("130") ? false : (stryCov_9fa48("130", "131"), group.WarmPoolConfiguration !== void 0)) || isRetaining(group))) || mayRenew(group)),
      revisions: stryMutAct_9fa48("132") ? (group.Tags ?? []).flatMap(({
        Value = ""
      }) => Value.split(" ").filter(Boolean)) : (stryCov_9fa48("132"), (stryMutAct_9fa48("133") ? group.Tags && [] : (stryCov_9fa48("133"), group.Tags ?? (stryMutAct_9fa48("134") ? ["Stryker was here"] : (stryCov_9fa48("134"), [])))).filter(stryMutAct_9fa48("135") ? () => void 0 : (stryCov_9fa48("135"), ({
        Key = stryMutAct_9fa48("136") ? "Stryker was here!" : (stryCov_9fa48("136"), "")
      }) => stryMutAct_9fa48("139") ? Key === import_contract.hooksTag && Key.startsWith(`${import_contract.hooksTag}:`) : stryMutAct_9fa48("138") ? false : stryMutAct_9fa48("137") ? true : (stryCov_9fa48("137", "138", "139"), (stryMutAct_9fa48("141") ? Key !== import_contract.hooksTag : stryMutAct_9fa48("140") ? false : (stryCov_9fa48("140", "141"), Key === import_contract.hooksTag)) || (stryMutAct_9fa48("142") ? Key.endsWith(`${import_contract.hooksTag}:`) : (stryCov_9fa48("142"), Key.startsWith(stryMutAct_9fa48("143") ? `` : (stryCov_9fa48("143"), `${import_contract.hooksTag}:`))))))).flatMap(stryMutAct_9fa48("144") ? () => void 0 : (stryCov_9fa48("144"), ({
        Value = stryMutAct_9fa48("145") ? "Stryker was here!" : (stryCov_9fa48("145"), "")
      }) => stryMutAct_9fa48("146") ? Value.split(" ") : (stryCov_9fa48("146"), Value.split(stryMutAct_9fa48("147") ? "" : (stryCov_9fa48("147"), " ")).filter(Boolean)))))
    });
  }
}
function isHealthyStatus(status) {
  if (stryMutAct_9fa48("148")) {
    {
    }
  } else {
    stryCov_9fa48("148");
    return stryMutAct_9fa48("151") ? status?.toLowerCase() === "unhealthy" : stryMutAct_9fa48("150") ? false : stryMutAct_9fa48("149") ? true : (stryCov_9fa48("149", "150", "151"), (stryMutAct_9fa48("153") ? status.toLowerCase() : stryMutAct_9fa48("152") ? status?.toUpperCase() : (stryCov_9fa48("152", "153"), status?.toLowerCase())) !== (stryMutAct_9fa48("154") ? "" : (stryCov_9fa48("154"), "unhealthy")));
  }
}
function isRetaining({
  InstanceLifecyclePolicy: policy
}) {
  if (stryMutAct_9fa48("155")) {
    {
    }
  } else {
    stryCov_9fa48("155");
    return stryMutAct_9fa48("158") ? policy?.RetentionTriggers?.TerminateHookAbandon !== "retain" : stryMutAct_9fa48("157") ? false : stryMutAct_9fa48("156") ? true : (stryCov_9fa48("156", "157", "158"), (stryMutAct_9fa48("160") ? policy.RetentionTriggers?.TerminateHookAbandon : stryMutAct_9fa48("159") ? policy?.RetentionTriggers.TerminateHookAbandon : (stryCov_9fa48("159", "160"), policy?.RetentionTriggers?.TerminateHookAbandon)) === (stryMutAct_9fa48("161") ? "" : (stryCov_9fa48("161"), "retain")));
  }
}
function mayRenew({
  MixedInstancesPolicy: policy
}) {
  if (stryMutAct_9fa48("162")) {
    {
    }
  } else {
    stryCov_9fa48("162");
    const overrides = stryMutAct_9fa48("163") ? policy?.LaunchTemplate?.Overrides && [] : (stryCov_9fa48("163"), (stryMutAct_9fa48("165") ? policy.LaunchTemplate?.Overrides : stryMutAct_9fa48("164") ? policy?.LaunchTemplate.Overrides : (stryCov_9fa48("164", "165"), policy?.LaunchTemplate?.Overrides)) ?? (stryMutAct_9fa48("166") ? ["Stryker was here"] : (stryCov_9fa48("166"), [])));
    return stryMutAct_9fa48("167") ? overrides.every(({
      ImageId
    }) => ImageId !== void 0) : (stryCov_9fa48("167"), overrides.some(stryMutAct_9fa48("168") ? () => void 0 : (stryCov_9fa48("168"), ({
      ImageId
    }) => stryMutAct_9fa48("171") ? ImageId === void 0 : stryMutAct_9fa48("170") ? false : stryMutAct_9fa48("169") ? true : (stryCov_9fa48("169", "170", "171"), ImageId !== void 0))));
  }
}
function instanceOf({
  Description = stryMutAct_9fa48("172") ? "Stryker was here!" : (stryCov_9fa48("172"), "")
}, transition) {
  if (stryMutAct_9fa48("173")) {
    {
    }
  } else {
    stryCov_9fa48("173");
    const launches = stryMutAct_9fa48("174") ? Description.endsWith("Launching") : (stryCov_9fa48("174"), Description.startsWith(stryMutAct_9fa48("175") ? "" : (stryCov_9fa48("175"), "Launching")));
    return (stryMutAct_9fa48("178") ? launches !== (transition === "launch") : stryMutAct_9fa48("177") ? false : stryMutAct_9fa48("176") ? true : (stryCov_9fa48("176", "177", "178"), launches === (stryMutAct_9fa48("181") ? transition !== "launch" : stryMutAct_9fa48("180") ? false : stryMutAct_9fa48("179") ? true : (stryCov_9fa48("179", "180", "181"), transition === (stryMutAct_9fa48("182") ? "" : (stryCov_9fa48("182"), "launch")))))) ? stryMutAct_9fa48("183") ? /\bi-[0-9a-f]+\b/.exec(Description)[0] : (stryCov_9fa48("183"), (stryMutAct_9fa48("185") ? /\bi-[^0-9a-f]+\b/ : stryMutAct_9fa48("184") ? /\bi-[0-9a-f]\b/ : (stryCov_9fa48("184", "185"), /\bi-[0-9a-f]+\b/)).exec(Description)?.[0]) : void 0;
  }
}
function isCancelledTermination({
  Description = stryMutAct_9fa48("186") ? "Stryker was here!" : (stryCov_9fa48("186"), ""),
  StatusCode
}) {
  if (stryMutAct_9fa48("187")) {
    {
    }
  } else {
    stryCov_9fa48("187");
    return stryMutAct_9fa48("190") ? Description.startsWith("Terminating") || StatusCode === "Cancelled" : stryMutAct_9fa48("189") ? false : stryMutAct_9fa48("188") ? true : (stryCov_9fa48("188", "189", "190"), (stryMutAct_9fa48("191") ? Description.endsWith("Terminating") : (stryCov_9fa48("191"), Description.startsWith(stryMutAct_9fa48("192") ? "" : (stryCov_9fa48("192"), "Terminating")))) && (stryMutAct_9fa48("194") ? StatusCode !== "Cancelled" : stryMutAct_9fa48("193") ? true : (stryCov_9fa48("193", "194"), StatusCode === (stryMutAct_9fa48("195") ? "" : (stryCov_9fa48("195"), "Cancelled")))));
  }
}
function inputOf({
  group,
  hook,
  instance,
  token
}) {
  if (stryMutAct_9fa48("196")) {
    {
    }
  } else {
    stryCov_9fa48("196");
    return stryMutAct_9fa48("197") ? {} : (stryCov_9fa48("197"), {
      AutoScalingGroupName: group,
      LifecycleHookName: hook,
      InstanceId: instance,
      ...token ? stryMutAct_9fa48("198") ? {} : (stryCov_9fa48("198"), {
        LifecycleActionToken: token
      }) : {}
    });
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  createAutoScaling
});
