// What went wrong, what is safe, what to do: every refusal of the server and every distrust of the client in words.
import type { JSX } from "preact";
import { Problem } from "../../api/http.ts";
import { Notice } from "../../ui/Notice.tsx";
import { size, t, type TextKey } from "../../ui/text/index.ts";
import { en } from "../../ui/text/en.ts";
import { WeakParameters } from "./keys/membership.ts";
import { Untrusted, type Swapped } from "./keys/untrusted.ts";

export function problemText(problem: unknown): string {
  if (problem instanceof WeakParameters) return t("trust.kdf");
  if (problem instanceof Untrusted && problem.what === "log") return t("trust.log");
  if (problem instanceof Untrusted) return t("trust.keys", { what: t(`trust.keys.${problem.what as Exclude<Swapped, "log">}`) });
  if (!(problem instanceof Problem)) return t("problem.server", { status: problem instanceof Error ? problem.message : "?" });
  const key = `problem.${problem.type}`;
  if (!(key in en)) return t("problem.server", { status: problem.status });
  return t(key as TextKey, { status: problem.status, limit: size(problem.body?.limit ?? 0) });
}

export function ProblemNotice({ problem }: { problem: unknown }): JSX.Element | null {
  if (problem === null || problem === undefined) return null;
  const distrust = problem instanceof WeakParameters || problem instanceof Untrusted;
  return (
    <Notice tone="bad" {...(distrust && { icon: "shield-alert" as const })}>
      <p>{problemText(problem)}</p>
    </Notice>
  );
}
