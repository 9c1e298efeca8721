// The organization's rules: who may see them, who may change them, and which of them only an honest client can hold.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { putPolicy } from "../../../api/members.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { CheckField, SelectField, TextField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { t, type TextKey } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { settle } from "../access/settle.ts";
import { followSession, server } from "../access/access.ts";
import { signedPolicy } from "../keys/policies.ts";
import type { Vault } from "../keys/vault.ts";
import { Frame } from "../organization/Frame.tsx";
import { mayManage } from "../organization/people.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { formOf, readForm, usual, type PolicyForm, type PolicyErrors } from "./form.ts";

export function Policy({ vault }: { vault: Vault }): JSX.Element {
  followSession();
  const number = vault.policy?.number ?? 0;
  const editable = mayManage(vault.session.member.role) && !vault.session.organization.readOnly;
  return (
    <Frame vault={vault} title="organization.policy" lead={t(editable ? "policy.lead" : "policy.lead.see")}>
      <Form key={number} vault={vault} editable={editable} />
    </Frame>
  );
}

function Form({ vault, editable }: { vault: Vault; editable: boolean }): JSX.Element {
  const before = vault.policy ?? usual;
  const [form, setForm] = useState<PolicyForm>(() => formOf(before));
  const [errors, setErrors] = useState<PolicyErrors>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const set = (part: Partial<PolicyForm>): void => setForm({ ...form, ...part });

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const read = readForm(form, before);
    setErrors("errors" in read ? read.errors : {});
    setProblem(null);
    if ("errors" in read) return focusFirstError();
    setBusy(true);
    try {
      await settle(async () => putPolicy(await signedPolicy(vault, read.rules)));
      announce(t("policy.saved"));
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  };

  return (
    <form class="sheet policy" noValidate onSubmit={(event) => void submit(event)}>
      <fieldset disabled={!editable || busy}>
        <Section title="policy.handovers">
          <div class="pair">
            <TextField label={t("policy.life")} hint={t("policy.life.hint")} error={errors.life} type="number" inputMode="numeric" min={1} max={720} value={form.lifeHours} onValue={(lifeHours) => set({ lifeHours })} />
            <SelectField
              label={t("policy.handOver")}
              hint={t("policy.handOver.hint")}
              value={form.handOver}
              onValue={(handOver) => set({ handOver })}
              options={(["member", "admin", "owner"] as const).map((value) => ({ value, label: t(`policy.handOver.${value}`) }))}
            />
          </div>
          <Held by="server" />
        </Section>
        <Section title="policy.password">
          <CheckField label={t("policy.password.required")} checked={form.password} onChecked={(password) => set({ password })} />
          <Held by="server" />
          <TextField label={t("policy.bits")} hint={t("policy.bits.hint")} error={errors.bits} type="number" inputMode="numeric" min={0} max={128} value={form.passwordBits} onValue={(passwordBits) => set({ passwordBits })} />
          <Held by="client" />
        </Section>
        <Section title="policy.files">
          <CheckField label={t("policy.files.allowed")} checked={form.files} onChecked={(files) => set({ files })} />
          {form.files && (
            <TextField label={t("policy.files.size")} error={errors.files} type="number" inputMode="numeric" min={1} max={256} value={form.fileMiB} onValue={(fileMiB) => set({ fileMiB })} />
          )}
          <Held by="server" />
        </Section>
        <Section title="policy.sessions">
          <div class="pair">
            <TextField label={t("policy.idle")} hint={t("policy.idle.hint")} error={errors.idle} type="number" inputMode="numeric" min={1} max={1440} value={form.idleMinutes} onValue={(idleMinutes) => set({ idleMinutes })} />
            <TextField label={t("policy.session")} hint={t("policy.session.hint")} error={errors.session} type="number" inputMode="numeric" min={1} max={720} value={form.sessionHours} onValue={(sessionHours) => set({ sessionHours })} />
          </div>
          <Held by="both" />
        </Section>
        <Section title="policy.breach">
          <CheckField label={t("policy.breach.offer")} hint={t(server.value!.breachCheck ? "policy.breach.hint" : "policy.breach.off")} checked={form.breachCheck} onChecked={(breachCheck) => set({ breachCheck })} />
          <Held by="client" />
        </Section>
      </fieldset>
      <ProblemNotice problem={problem} />
      {editable && (
        <>
          <Notice>
            <p>{t("policy.signed")}</p>
          </Notice>
          {busy ? (
            <Working label={t("settle.working")} done={null} />
          ) : (
            <div class="actions">
              <button type="submit" class="primary">
                {t("policy.save")}
              </button>
            </div>
          )}
        </>
      )}
    </form>
  );
}

function Section({ title, children }: { title: TextKey; children: JSX.Element | (JSX.Element | false)[] }): JSX.Element {
  return (
    <section>
      <h2>{t(title)}</h2>
      {children}
    </section>
  );
}

/** Who can hold the rule: no server sees a password, so it can't measure one. */
function Held({ by }: { by: "server" | "client" | "both" }): JSX.Element {
  return (
    <p class="held hint">
      <Icon name={by === "client" ? "monitor-check" : "server"} size={16} />
      {t(`policy.held.${by}`)}
    </p>
  );
}
