import assert from "node:assert/strict";
import { Agent, get } from "node:http";
import { setTimeout } from "node:timers/promises";
import { openServer } from "../../simulator/wire";

/** Longer than a server of Node.js keeps an idle connection by default, ms. */
const longerThanByDefault = 6_500;

describe("a server on the loopback", () => {
  it("keeps a connection open, however long it is idle", async () => {
    const server = await openServer((_, response) => response.end());
    const agent = new Agent({ keepAlive: true });
    const portOf = () =>
      new Promise((resolve, reject) => {
        get(server.url, { agent }, (response) => {
          const { localPort } = response.socket;
          response.resume().once("end", () => {
            resolve(localPort);
          });
        }).once("error", reject);
      });
    const before = await portOf();
    await setTimeout(longerThanByDefault);

    assert.equal(await portOf(), before);
    agent.destroy();
    await server.close();
  });
});
