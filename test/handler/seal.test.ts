import assert from "node:assert/strict";
import fc from "fast-check";
import { parameterPatterns } from "../../contract";
import { createSeal } from "../../handler/seal";
import { ids } from "../support/payloads";

const place = { group: ids.group, hook: "graceful-terminate-sns", instance: ids.instance };

describe("a seal", () => {
  const seal = createSeal("a secret");

  it("opens to its token, whatever the token, and consists of letters that a parameter takes", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), (token, group) => {
        const sealed = seal.close(token, { ...place, group });

        assert.match(sealed, new RegExp(parameterPatterns.action));
        assert.ok(!sealed.includes(token));
        assert.equal(seal.open(sealed, { ...place, group }), token);
      }),
    );
  });

  it("is the same for the same token, so that the guard knows the action, and differs for another token", () => {
    assert.equal(seal.close(ids.token, place), seal.close(ids.token, place));
    assert.notEqual(seal.close(ids.token, place), seal.close(ids.token.replace("4", "5"), place));
  });

  it("stays the same when the handler is deployed again", () => {
    const sealed = "zsisiULtAuz09DyX-EMq4I24ld5z7bQW1ZGFAOYqlfpjXolig3WZrdG6pH5i_mf0S_xDBNeMNlaKontI-Ot1Vg";

    assert.equal(seal.close(ids.token, place), sealed);
  });

  it("opens for no other group, hook or instance, and with no other secret", () => {
    const sealed = seal.close(ids.token, place);

    for (const changes of [{ group: "other" }, { hook: "other" }, { instance: "i-1" }])
      assert.equal(seal.open(sealed, { ...place, ...changes }), undefined);
    assert.equal(createSeal("another secret").open(sealed, place), undefined);
  });

  it("opens no text that it has not sealed", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(seal.open(text, place), undefined);
      }),
    );
    const sealed = seal.close(ids.token, place);
    assert.equal(seal.open(sealed.slice(0, -2), place), undefined);
    assert.equal(seal.open(seal.close("", place), place), undefined);
  });
});
