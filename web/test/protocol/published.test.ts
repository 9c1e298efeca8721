// What others published: RFC 5869 (HKDF), RFC 9106 (Argon2id), the GCM specification's cases that NIST reprints, RFC 2104/4231 (HMAC).
import { argon2id } from "@noble/hashes/argon2.js";
import { expect, test } from "vitest";
import { decrypt, encrypt } from "../../src/protocol/aesGcm.ts";
import { hkdf, hmac, sha256 } from "../../src/protocol/derive.ts";
import { hex, toHex } from "../hex.ts";

test.each([
  {
    name: "RFC 5869 A.1", ikm: "0b".repeat(22), salt: "000102030405060708090a0b0c", info: "f0f1f2f3f4f5f6f7f8f9", length: 42,
    okm: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
  },
  {
    name: "RFC 5869 A.3", ikm: "0b".repeat(22), salt: "", info: "", length: 42,
    okm: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
  },
])("HKDF $name", async ({ ikm, salt, info, length, okm }) => {
  expect(toHex(await hkdf(hex(ikm), hex(salt), hex(info), length))).toBe(okm);
});

test("HMAC RFC 4231 case 2", async () => {
  const key = new TextEncoder().encode("Jefe");
  const data = new TextEncoder().encode("what do ya want for nothing?");
  expect(toHex(await hmac(key, data))).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
});

test("SHA-256 of abc", async () => {
  expect(toHex(await sha256(new TextEncoder().encode("abc")))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("Argon2id RFC 9106 section 5.3", () => {
  const options = { t: 3, m: 32, p: 4, dkLen: 32, key: hex("03".repeat(8)), personalization: hex("04".repeat(12)) };
  expect(toHex(argon2id(hex("01".repeat(32)), hex("02".repeat(16)), options))).toBe("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
});

test.each([
  { name: "case 13", key: "00".repeat(32), iv: "00".repeat(12), ad: "", plain: "", sealed: "530f8afbc74536b9a963b4f1c4cb738b" },
  {
    name: "case 14", key: "00".repeat(32), iv: "00".repeat(12), ad: "", plain: "00".repeat(16),
    sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
  },
  {
    name: "case 16", key: "feffe9928665731c6d6a8f9467308308".repeat(2), iv: "cafebabefacedbaddecaf888", ad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    plain: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    sealed:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b",
  },
])("AES-256-GCM $name", async ({ key, iv, ad, plain, sealed }) => {
  expect(toHex(await encrypt(hex(key), hex(iv), hex(plain), hex(ad)))).toBe(sealed);
  expect(toHex((await decrypt(hex(key), hex(iv), hex(sealed), hex(ad)))!)).toBe(plain);
});
