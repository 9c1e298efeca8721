// What is kept of recipients: for how long, about whom, and what is to go.
import type { JSX } from "preact";
import { t } from "../../../ui/text/index.ts";
import "../../../ui/styles/audit.css";
import { followSession } from "../access/access.ts";
import type { Vault } from "../keys/vault.ts";
import { Frame } from "../organization/Frame.tsx";
import { Holdings } from "./Holdings.tsx";
import { RetentionForm } from "./RetentionForm.tsx";

export function PersonalData({ vault }: { vault: Vault }): JSX.Element {
  followSession();
  return (
    <Frame vault={vault} title="organization.data" lead={t("data.lead")}>
      <RetentionForm key={vault.session.organization.personalDays} vault={vault} />
      <Holdings vault={vault} />
    </Frame>
  );
}
