// A one-time code that runs: RFC 6238, with a ring for the time it has left.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import { parseTotp } from "../../../protocol/totp.ts";
import { plural, t } from "../../../ui/text/index.ts";
import { CopyIcon, Row, SecretValue } from "./Values.tsx";

/** The code of this moment, for a copy by shortcut. */
export async function codeNow(address: string): Promise<string | undefined> {
  const totp = parseTotp(address);
  return totp?.code(Math.floor(Date.now() / 1000 / totp.period));
}

const around = 2 * Math.PI * 9;

export function TotpValue({ address }: { address: string }): JSX.Element {
  const [seconds, setSeconds] = useState(() => Date.now() / 1000);
  const [code, setCode] = useState<{ step: number; text: string } | null>(null);
  const totp = parseTotp(address);
  const step = totp === undefined ? 0 : Math.floor(seconds / totp.period);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Date.now() / 1000), 1_000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    let current = true;
    void totp?.code(step).then((text) => current && setCode({ step, text }));
    return () => {
      current = false;
    };
  }, [address, step]);

  const label = t("vault.code");
  if (totp === undefined) return <SecretValue label={t("compose.totp")} text={address} />;
  const left = totp.period - (seconds % totp.period);
  const text = code?.text ?? "";
  return (
    <Row label={label} actions={<CopyIcon label={label} text={() => text} />}>
      <span class="code-line">
        <span class="code mono">{text.replace(/^(\d{3,4})(\d{3,4})$/, "$1 $2")}</span>
        <svg class={`ring ${left <= 5 ? "ending" : ""}`} width="24" height="24" viewBox="0 0 24 24" role="img" aria-label={plural("vault.code.left", Math.ceil(left))}>
          <circle cx="12" cy="12" r="9" />
          <circle class="left" cx="12" cy="12" r="9" stroke-dasharray={around} stroke-dashoffset={around * (1 - left / totp.period)} transform="rotate(-90 12 12)" />
        </svg>
        <span class="hint" aria-hidden="true">
          {Math.ceil(left)}
        </span>
      </span>
    </Row>
  );
}
