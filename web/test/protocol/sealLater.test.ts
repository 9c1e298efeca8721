import { expect, test } from "vitest";
import { random, utf8 } from "../../src/protocol/bytes.ts";
import { sealLater, unseal } from "../../src/protocol/seal.ts";

test("what is sealed later opens like any seal, under this key, purpose and place only", async () => {
  const [key, member] = [random(32), random(16)];
  const sealed = await (await sealLater(key, "draft", member))(utf8("twelve logins"));
  expect(await unseal(key, "draft", member, sealed)).toEqual(utf8("twelve logins"));
  expect(await unseal(random(32), "draft", member, sealed)).toBeUndefined();
  expect(await unseal(key, "draft", random(16), sealed)).toBeUndefined();
  expect(await unseal(key, "details", member, sealed)).toBeUndefined();
});

test("the one-time key seals one message: a second under the same nonce is refused", async () => {
  const seal = await sealLater(random(32), "draft", random(16));
  const first = seal(utf8("one"));
  await expect(seal(utf8("two"))).rejects.toThrow("One key seals one message.");
  await first;
});

test("it keeps nothing of the key: that may be wiped before the message is there", async () => {
  const [key, member] = [random(32), random(16)];
  const kept = key.slice();
  const seal = await sealLater(key, "draft", member);
  key.fill(0);
  expect(await unseal(kept, "draft", member, await seal(utf8("m")))).toEqual(utf8("m"));
});
