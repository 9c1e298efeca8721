// Bitwarden's cards, identities and SSH keys as fields. The names are those of the product's English form.
import { kindOfValue, type EntryField } from "../importedVault.ts";

type Members = Record<string, string | null>;

const fieldsOf = (members: Members, names: readonly (readonly [member: string, name: string, hidden?: boolean])[]): EntryField[] =>
  names.flatMap(([member, name, hidden]) => {
    const value = members[member];
    return typeof value === "string" && value !== "" ? [{ name, value, kind: kindOfValue(value, hidden === true) }] : [];
  });

export function cardFields(card: Members): EntryField[] {
  const expires = [card["expMonth"]?.padStart(2, "0"), card["expYear"]].filter(Boolean).join("/");
  return [
    ...fieldsOf(card, [["number", "Number", true], ["cardholderName", "Holder"], ["brand", "Brand"]]),
    ...(expires ? [{ name: "Valid until", value: expires, kind: "text" as const }] : []),
    ...fieldsOf(card, [["code", "CVC", true]]),
  ];
}

export const identityFields = (identity: Members): EntryField[] =>
  fieldsOf(identity, [
    ["title", "Title"], ["firstName", "First name"], ["middleName", "Middle name"], ["lastName", "Last name"], ["company", "Company"], ["email", "E-mail"], ["phone", "Phone"],
    ["address1", "Address 1"], ["address2", "Address 2"], ["address3", "Address 3"], ["city", "City"], ["state", "State"], ["postalCode", "Postal code"], ["country", "Country"],
    ["ssn", "Social security number", true], ["passportNumber", "Passport number", true], ["licenseNumber", "License number", true],
  ]);

export const sshFields = (key: Members): EntryField[] => [
  ...(key["privateKey"] ? [{ name: "Private key", value: key["privateKey"], kind: "key" as const }] : []),
  ...fieldsOf(key, [["publicKey", "Public key"], ["keyFingerprint", "Fingerprint"]]),
];
