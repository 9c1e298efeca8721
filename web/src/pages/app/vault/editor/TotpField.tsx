// The seed of one-time codes: typed, pasted, or out of a picture of its QR code that is pasted, dropped or chosen.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { normalizeTotp } from "../../../../import/totp.ts";
import { announce } from "../../../../ui/Announcer.tsx";
import { SecretField } from "../../../../ui/Field.tsx";
import { Icon } from "../../../../ui/Icon.tsx";
import { t } from "../../../../ui/text/index.ts";
import { TotpValue } from "../TotpValue.tsx";
import { readQr } from "./qr.ts";

export function TotpField({ value, onValue, title, error }: { value: string; onValue: (value: string) => void; title: string; error: string | undefined }): JSX.Element {
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = async (picture: Blob): Promise<void> => {
    setProblem(null);
    const text = await readQr(picture).catch(() => null);
    if (text === null) return setProblem(t("vault.qr.picture"));
    if (text === undefined) return setProblem(t("vault.qr.none"));
    const totp = normalizeTotp(text, title);
    if (!totp.ok || !/^otpauth:/i.test(text)) return setProblem(t("vault.qr.other"));
    onValue(totp.uri);
    announce(t("vault.qr.done"));
  };
  const pictureOf = (data: DataTransfer | null): File | undefined => [...(data?.files ?? [])].find((file) => file.type.startsWith("image/"));
  // A picture pasted anywhere in the editor can be meant for this field only.
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const picture = pictureOf(event.clipboardData);
      if (picture === undefined) return;
      event.preventDefault();
      void take(picture);
    };
    addEventListener("paste", paste);
    return () => removeEventListener("paste", paste);
  });
  const valid = value !== "" && normalizeTotp(value, title);
  return (
    <div
      class={`totp-field ${over ? "over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        const picture = pictureOf(event.dataTransfer);
        if (picture !== undefined) void take(picture);
      }}
    >
      <SecretField
        label={t("compose.totp")}
        optional
        hint={t("vault.totp.hint")}
        value={value}
        onValue={onValue}
        error={problem ?? error}
        aside={
          <button type="button" class="link" onClick={() => input.current?.click()}>
            <Icon name="qr-code" size={16} /> {t("vault.qr.choose")}
          </button>
        }
      />
      <input
        ref={input}
        class="unseen"
        type="file"
        accept="image/*"
        tabIndex={-1}
        aria-label={t("vault.qr.choose")}
        onChange={(event) => {
          const picture = event.currentTarget.files?.[0];
          if (picture !== undefined) void take(picture);
          event.currentTarget.value = "";
        }}
      />
      {valid && valid.ok && (
        <dl class="values">
          <TotpValue address={valid.uri} />
        </dl>
      )}
    </div>
  );
}
