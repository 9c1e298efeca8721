// The policy in the units people think in, and back. spec/keys.md §9.
import { policyBounds, type Policy } from "../../../protocol/policy.ts";
import { t } from "../../../ui/text/index.ts";

export type Rules = Omit<Policy, "number">;

export interface PolicyForm {
  lifeHours: string;
  password: boolean;
  passwordBits: string;
  handOver: Rules["handOver"];
  files: boolean;
  fileMiB: string;
  idleMinutes: string;
  sessionHours: string;
  breachCheck: boolean;
}

type Numbers = "lifeHours" | "passwordBits" | "fileMiB" | "idleMinutes" | "sessionHours";

export type PolicyErrors = Partial<Record<"life" | "bits" | "files" | "idle" | "session", string>>;

/** What stands in the form while there is no policy: what holds without one. */
export const usual: Rules = {
  lifeMax: 2_592_000, password: false, passwordBits: 40, handOver: "member", files: true, fileBytes: 33_554_432, idle: 1_800, session: 43_200, breachCheck: false,
};

const hour = 3_600;
const mebibyte = 1_048_576;

/** A number as it may be typed: without a needless fraction. */
const typed = (value: number): string => String(Number(value.toFixed(2)));

export const formOf = (rules: Rules): PolicyForm => ({
  lifeHours: typed(rules.lifeMax / hour),
  password: rules.password,
  passwordBits: String(rules.passwordBits),
  handOver: rules.handOver,
  files: rules.files,
  fileMiB: typed(rules.fileBytes / mebibyte),
  idleMinutes: typed(rules.idle / 60),
  sessionHours: typed(rules.session / hour),
  breachCheck: rules.breachCheck,
});

/** The bounds are those of the spec. A size that is switched off stays as it was. */
export function readForm(form: PolicyForm, before: Rules): { rules: Rules } | { errors: PolicyErrors } {
  const errors: PolicyErrors = {};
  const shown = formOf(before);
  const read = (name: keyof PolicyErrors, field: Numbers, rule: keyof typeof policyBounds, unit: number): number => {
    // The form rounds: what wasn't touched stays what it is.
    if (form[field] === shown[field]) return before[rule];
    const [least, most] = policyBounds[rule];
    const value = form[field].trim() === "" ? NaN : Math.round(Number(form[field]) * unit);
    if (!(value >= least && value <= most)) errors[name] = t("policy.range", { min: typed(least / unit), max: typed(most / unit) });
    return value;
  };
  const { password, handOver, files, breachCheck } = form;
  const rules: Rules = {
    lifeMax: read("life", "lifeHours", "lifeMax", hour),
    password,
    passwordBits: read("bits", "passwordBits", "passwordBits", 1),
    handOver,
    files,
    fileBytes: files ? read("files", "fileMiB", "fileBytes", mebibyte) : before.fileBytes,
    idle: read("idle", "idleMinutes", "idle", 60),
    session: read("session", "sessionHours", "session", hour),
    breachCheck,
  };
  return Object.keys(errors).length > 0 ? { errors } : { rules };
}
