import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import type { Rules } from "./rules.ts";

/** Why something can't be chosen here: the organization said so. */
export function ByPolicy({ children }: { children: string }): JSX.Element {
  return (
    <p class="hint by-policy">
      <Icon name="scroll-text" size={14} /> {children}
    </p>
  );
}

/** Who can't hand over at all learns it before typing anything. */
export function Refused({ rules }: { rules: Rules }): JSX.Element | null {
  if (rules.refusal === null) return null;
  return (
    <Notice tone="warn">
      <p>{rules.refusal === "trial" ? t("rules.trial") : t(rules.handOver === "owner" ? "rules.role.owner" : "rules.role.admin")}</p>
    </Notice>
  );
}
