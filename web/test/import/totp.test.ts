import { expect, test } from "vitest";
import { normalizeTotp } from "../../src/import/totp.ts";

const uriOf = (text: string, label = "ewa"): string => {
  const result = normalizeTotp(text, label);
  if (!result.ok) throw new Error(result.problem);
  return result.uri;
};

test("a bare seed becomes an address, spaces, hyphens, padding and case gone", () => {
  expect(uriOf(" jbsw y3dp-ehpk 3pxp== ")).toBe("otpauth://totp/ewa?secret=JBSWY3DPEHPK3PXP");
});

test("defaults, issuer and anything else are left out of an address", () => {
  expect(uriOf("otpauth://totp/CMS:ewa?secret=JBSWY3DPEHPK3PXP&issuer=CMS&period=30&digits=6&algorithm=SHA1")).toBe("otpauth://totp/CMS%3Aewa?secret=JBSWY3DPEHPK3PXP");
});

test("what differs from the defaults is kept", () => {
  expect(uriOf("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=60&digits=8&algorithm=sha256")).toBe("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&algorithm=SHA256&digits=8&period=60");
  expect(uriOf("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&algorithm=HMAC-SHA-512")).toContain("algorithm=SHA512");
});

test("KeePass's own form", () => {
  expect(uriOf("key=JBSWY3DPEHPK3PXP&step=60&size=8")).toBe("otpauth://totp/ewa?secret=JBSWY3DPEHPK3PXP&digits=8&period=60");
});

test("a label that is no valid escape is taken as it stands", () => {
  expect(uriOf("otpauth://totp/100%25%zz?secret=JBSWY3DPEHPK3PXP")).toBe("otpauth://totp/100%2525%25zz?secret=JBSWY3DPEHPK3PXP");
});

test.each([
  ["otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=1", "counter"],
  ["steam://JBSWY3DPEHPK3PXP", "steam"],
  ["otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&encoder=steam", "steam"],
  ["otpauth://totp/a", "secret"],
  ["JBSWY3DPEHPK3PX1", "secret"],
  ["ABC", "secret"],
  ["otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=4", "digits"],
  ["otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=six", "digits"],
  ["otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=0", "period"],
  ["otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&algorithm=MD5", "algorithm"],
])("%s is refused", (text, problem) => {
  expect(normalizeTotp(text, "a")).toEqual({ ok: false, problem });
});
