// What is wrong with a form, by the place where it is said.
import { normalizeTotp } from "../../../../import/totp.ts";
import { t } from "../../../../ui/text/index.ts";
import type { Form } from "./form.ts";

/** Keys: "title", "totp", "group", "date:KEY", "name:KEY". */
export type Wrongs = Readonly<Record<string, string>>;

const longestName = 500;

export function check(form: Form, writable: boolean): Wrongs {
  const wrongs: Record<string, string> = {};
  if (form.title.trim() === "") wrongs["title"] = t("need.title");
  else if (form.title.length > longestName) wrongs["title"] = t("vault.tooLong", { n: longestName });
  if (!writable) wrongs["group"] = t("vault.group.readOnly");
  if (form.totp !== "") {
    const totp = normalizeTotp(form.totp, form.title);
    if (!totp.ok) wrongs["totp"] = t(`compose.totp.${totp.problem}`);
  }
  for (const field of form.fields) {
    if (field.value !== "" && field.name.trim() === "") wrongs[`name:${field.key}`] = t("vault.field.unnamed");
    if (field.kind === "date" && field.value !== "" && !/^\d{4}-\d\d-\d\d$/.test(field.value)) wrongs[`date:${field.key}`] = t("vault.field.date");
  }
  return wrongs;
}
