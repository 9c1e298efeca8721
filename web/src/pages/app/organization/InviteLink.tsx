// The link of a new invitation, shown once. It stands in no attribute and in no address.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CopyButton } from "../../../ui/CopyButton.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { QrCode } from "../../../ui/QrCode.tsx";
import { t, time } from "../../../ui/text/index.ts";
import type { Vault } from "../keys/vault.ts";
import { roleName } from "../words.ts";

export function InviteLink({ vault, role, made: { link, expiresAt }, onClose }: { vault: Vault; role: string; made: { link: string; expiresAt: number }; onClose: () => void }): JSX.Element {
  const [modules, setModules] = useState<boolean[][] | null>(null);
  const showQr = async (): Promise<void> => {
    const { encode } = await import("uqr");
    // The code after # in upper case is the same link in a smaller picture (spec/keys.md §8).
    const [address, code] = link.split("#") as [string, string];
    setModules(encode(`${address}#${code.toUpperCase()}`, { ecc: "M", border: 4 }).data);
  };
  const draftMail = (): void => {
    const { organization, member } = vault.session;
    const subject = t("invite.mail.subject", { organization: organization.name });
    const body = t("invite.mail.body", { organization: organization.name, role: roleName(role), link, until: time(expiresAt), sender: member.name });
    location.href = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
  };
  return (
    <Dialog title={t("invite.made")} onClose={onClose}>
      <p>{t("invite.made.lead", { until: time(expiresAt) })}</p>
      <p class="link-text mono" aria-label={t("invite.link")}>
        {link}
      </p>
      <div class="actions">
        <CopyButton text={link} label={t("invite.copy")} primary />
        <button type="button" onClick={draftMail}>
          <Icon name="mail" />
          {t("result.mail")}
        </button>
        <button type="button" aria-expanded={modules !== null} onClick={() => (modules === null ? void showQr() : setModules(null))}>
          <Icon name="qr-code" />
          {t("result.qr")}
        </button>
      </div>
      {modules !== null && <QrCode modules={modules} label={t("invite.qr")} />}
      <Notice tone="warn">
        <p>{t("invite.once")}</p>
      </Notice>
      <div class="actions end">
        <button type="button" onClick={onClose}>
          {t("app.done")}
        </button>
      </div>
    </Dialog>
  );
}
