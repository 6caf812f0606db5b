"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
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
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var shells_exports = {};
__export(shells_exports, {
  Counter: () => Counter,
  Machine: () => Machine,
  action: () => action,
  describeIn: () => describeIn,
  isThere: () => isThere,
  pause: () => pause
});
module.exports = __toCommonJS(shells_exports);
var import_node_child_process = require("node:child_process");
var import_node_fs = require("node:fs");
var import_node_os = require("node:os");
var path = __toESM(require("node:path"));
var import_documents = require("../../components/documents");
function isThere({ interpreter, name }) {
  try {
    (0, import_node_fs.accessSync)(interpreter.split(" ")[0] ?? "", import_node_fs.constants.X_OK);
    return true;
  } catch (error) {
    if (process.env["REQUIRE_SHELLS"]) throw new Error(`${name} is missing`, { cause: error });
    return false;
  }
}
function describeIn(shell, title, tests) {
  (process.platform === "linux" && isThere(shell) ? describe : describe.skip)(
    `${title} in ${shell.name}`,
    () => {
      let machine;
      beforeEach(() => {
        machine = new Machine(shell);
      });
      afterEach(() => {
        machine.remove();
      });
      tests(() => machine);
    }
  );
}
class Counter {
  file;
  constructor({ folder }) {
    this.file = path.join(folder, "count");
  }
  /** A script that is counted. */
  script(rest = "") {
    return `echo run >> ${this.file}
${rest}`;
  }
  get runs() {
    return (0, import_node_fs.existsSync)(this.file) ? (0, import_node_fs.readFileSync)(this.file, "utf8").trim().split("\n").length : 0;
  }
}
const action = {
  hook: "graceful-terminate-sns",
  instance: "i-05629ab7d9287e205",
  action: "465e0162",
  sent: "1767268800"
};
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1e3));
const nobody = "http://127.0.0.1:1/latest";
class Machine {
  constructor(shell) {
    this.shell = shell;
  }
  shell;
  folder = (0, import_node_fs.mkdtempSync)(path.join((0, import_node_os.tmpdir)(), "graceful-asg-"));
  state = path.join(this.folder, "state");
  files = 0;
  mounts = [];
  ends = /* @__PURE__ */ new Set();
  /** Starts the step: `sh -c FILE`, an empty environment, nothing to read, a process group of its own. */
  start({ script, ...source }, parameters = {}, {
    connections = "/proc/net",
    environment = {},
    metadata = nobody,
    places = [this.state],
    tick,
    tools = (usual) => usual,
    edit = (text) => text,
    uptime = "/proc/uptime"
  } = {}) {
    const text = (0, import_documents.scriptFor)({
      transition: "terminate",
      times: { timeout: 30 },
      ...source,
      script: { platform: "Linux", text: script }
    });
    const file = path.join(this.folder, `_script-${this.files += 1}.sh`);
    const onMachine = substitute(text, parameters).replace(/^PLACES=.*$/m, `PLACES="${places.join(" ")}"`).replace(/METADATA=\S+/, `METADATA=${metadata}`).replaceAll("/proc/net", connections).replaceAll("/proc/uptime", uptime).replace(/^PATH=(.*)$/m, (_, usual) => `PATH=${tools(usual)}`);
    const sleep = tick === void 0 ? "" : `
sleep() { read -r up rest < ${uptime}; echo "$((\${up%.*} + ${tick})).00 0.00" > ${uptime}.$$; mv ${uptime}.$$ ${uptime}; }`;
    (0, import_node_fs.writeFileSync)(
      file,
      edit(onMachine).replace(/^#!.*/, () => `#!${this.shell.interpreter}${sleep}`)
    );
    (0, import_node_fs.chmodSync)(file, 448);
    const began = Date.now();
    const child = (0, import_node_child_process.spawn)("/bin/sh", ["-c", file], {
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      cwd: "/usr/bin"
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => output += chunk);
    child.stderr.setEncoding("utf8").on("data", (chunk) => output += chunk);
    const ended = new Promise((resolve) => {
      child.on("close", (code, signal) => {
        resolve({ code, signal, output, took: (Date.now() - began) / 1e3 });
      });
    });
    const said = (pattern) => new Promise((resolve) => {
      const look = () => {
        if (pattern.test(output)) resolve();
      };
      child.stdout.on("data", look);
      look();
    });
    const kill = () => process.kill(-(child.pid ?? 0), "SIGKILL");
    this.ends.add(kill);
    child.on("close", () => this.ends.delete(kill));
    return { ended, kill, said, soFar: () => output };
  }
  run(...given) {
    return this.start(...given).ended;
  }
  /** Makes a folder a file system of its own, in memory. */
  mount(folder, options) {
    (0, import_node_fs.mkdirSync)(folder);
    (0, import_node_child_process.execFileSync)("mount", ["-t", "tmpfs", "-o", options, "none", folder]);
    this.mounts.push(folder);
  }
  /** Ids of the processes whose command names a file of this machine: runners and scripts. */
  processes() {
    return (0, import_node_fs.readdirSync)("/proc").flatMap((name) => {
      try {
        return /^\d+$/.test(name) && (0, import_node_fs.readFileSync)(`/proc/${name}/cmdline`, "utf8").includes(this.folder) ? [Number(name)] : [];
      } catch {
        return [];
      }
    });
  }
  /** Ends what still runs, as a test that failed leaves it, and throws the machine away. */
  remove() {
    for (const end of this.ends) {
      try {
        end();
      } catch {
      }
    }
    for (const pid of this.processes()) {
      try {
        process.kill(-pid, "SIGKILL");
      } catch {
      }
    }
    for (const mount of this.mounts) (0, import_node_child_process.execFileSync)("umount", ["-l", mount]);
    (0, import_node_fs.rmSync)(this.folder, { recursive: true, force: true });
  }
}
function substitute(text, parameters) {
  return text.replaceAll(/\{\{ ?(\w+) ?\}\}/g, (_, name) => parameters[name] ?? "").replaceAll("$$", "$");
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  Counter,
  Machine,
  action,
  describeIn,
  isThere,
  pause
});
