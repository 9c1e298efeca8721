// Six words on demand, to be compared by voice. Nobody has to: the cards already lead back to the founding one.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Bytes } from "../../../protocol/bytes.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { t } from "../../../ui/text/index.ts";
import { wordsOf } from "../keys/fingerprints.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Words } from "../Words.tsx";

export function Fingerprint({ keys, name, own }: { keys: { ecdh: Bytes; ecdsa: Bytes }; name: string; own?: boolean }): JSX.Element {
  const [words, setWords] = useState<string[] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  if (words === null)
    return (
      <div class="actions">
        <button type="button" onClick={() => void wordsOf(keys).then(setWords, setProblem)}>
          <Icon name="fingerprint" />
          {t("fingerprint.show")}
        </button>
        <ProblemNotice problem={problem} />
      </div>
    );
  return (
    <div class="field">
      <h3>{own ? t("fingerprint.own") : t("fingerprint.of", { name })}</h3>
      <Words words={words} />
      <p class="hint">{t(own ? "fingerprint.own.hint" : "fingerprint.hint", { name })}</p>
    </div>
  );
}
