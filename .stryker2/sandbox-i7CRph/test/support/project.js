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
var project_exports = {};
__export(project_exports, {
  UserProject: () => UserProject
});
module.exports = __toCommonJS(project_exports);
var import_node_fs = require("node:fs");
var import_node_module = require("node:module");
var import_node_os = require("node:os");
var path = __toESM(require("node:path"));
class UserProject {
  folder = (0, import_node_fs.realpathSync)((0, import_node_fs.mkdtempSync)(path.join((0, import_node_os.tmpdir)(), "graceful-asg-")));
  /** Writes a file. */
  write(name, content) {
    const file = path.join(this.folder, name);
    (0, import_node_fs.mkdirSync)(path.dirname(file), { recursive: true });
    (0, import_node_fs.writeFileSync)(file, content);
    return this;
  }
  /** Puts a package into a folder, as in `node_modules/queue`. */
  install(place, { files, manifest = {} }) {
    const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
    this.write(`${place}/package.json`, JSON.stringify({ name, version: "1.0.0", ...manifest }));
    for (const [file, content] of Object.entries(typeof files === "string" ? { "index.js": files } : files))
      this.write(`${place}/${file}`, content);
    return this;
  }
  /** Links a folder to another, as workspaces and pnpm do. */
  link(place, target) {
    const link = path.join(this.folder, place);
    (0, import_node_fs.mkdirSync)(path.dirname(link), { recursive: true });
    (0, import_node_fs.symlinkSync)(path.join(this.folder, target), link, "junction");
    return this;
  }
  /** The callback of a program in JavaScript; `program` is its folder, and the text exports `isBusy`. */
  isBusy(text, program = ".") {
    this.write(`${program}/index.js`, text);
    const load = (0, import_node_module.createRequire)(path.join(this.folder, program, "package.json"));
    return load("./index.js").isBusy;
  }
  /** Runs code in the folder of the program, as Pulumi does. */
  async run(run, program = ".") {
    const usual = process.cwd();
    process.chdir(path.join(this.folder, program));
    try {
      return await run();
    } finally {
      process.chdir(usual);
    }
  }
  remove() {
    (0, import_node_fs.rmSync)(this.folder, { recursive: true, force: true });
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  UserProject
});
