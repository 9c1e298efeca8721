import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { AuditQuery } from "../../../api/ledger.ts";
import { members } from "../../../api/members.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { SelectField, TextField } from "../../../ui/Field.tsx";
import { t } from "../../../ui/text/index.ts";
import { families, type Family } from "./entries.ts";

export interface AuditFilter {
  family: Family | "all";
  member: string;
  handover: string;
  /** Days, as the browser's field writes them. */
  from: string;
  to: string;
  search: string;
}

const day = 86_400_000;

/** Days of the viewer's zone. */
const startOf = (text: string): number | undefined => (/^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00`).getTime() : undefined);

export const queryOf = ({ family, member, handover, from, to }: AuditFilter): AuditQuery => {
  const [since, last] = [startOf(from), startOf(to)];
  return {
    ...(family !== "all" && { kinds: families[family] }),
    ...(member !== "" && { member }),
    ...(handover !== "" && { handover }),
    ...(since !== undefined && { since }),
    // A day that changes the clock is an hour longer or shorter: the next midnight, whenever that is.
    ...(last !== undefined && { until: startOf(new Date(last + 1.5 * day).toLocaleDateString("sv")) ?? last + day }),
  };
};

interface Props {
  filter: AuditFilter;
  onFilter: (part: Partial<AuditFilter>) => void;
  handoverTitle: string;
}

export function Filters({ filter, onFilter, handoverTitle }: Props): JSX.Element {
  const people = useSignal<{ value: string; label: string }[]>([]);
  useEffect(() => {
    members().then(
      (answer) => (people.value = answer.members.map(({ member, name }) => ({ value: member, label: name })).sort((a, b) => a.label.localeCompare(b.label))),
      // Then one filters by everything else.
      () => {},
    );
  }, []);
  return (
    <div class="audit-filters">
      <div class="search">
        <Icon name="search" />
        <input
          type="search"
          aria-label={t("audit.search")}
          placeholder={t("audit.search")}
          autocomplete="off"
          spellcheck={false}
          value={filter.search}
          onInput={(event) => onFilter({ search: event.currentTarget.value })}
        />
      </div>
      <SelectField<Family | "all">
        label={t("audit.family")}
        value={filter.family}
        onValue={(family) => onFilter({ family })}
        options={[{ value: "all", label: t("audit.family.all") }, ...(Object.keys(families) as Family[]).map((value) => ({ value, label: t(`audit.family.${value}`) }))]}
      />
      <SelectField label={t("audit.member")} value={filter.member} onValue={(member) => onFilter({ member })} options={[{ value: "", label: t("audit.member.all") }, ...people.value]} />
      <TextField label={t("audit.from")} type="date" value={filter.from} onValue={(from) => onFilter({ from })} />
      <TextField label={t("audit.to")} type="date" value={filter.to} onValue={(to) => onFilter({ to })} />
      {filter.handover !== "" && (
        <p class="audit-handover">
          <button type="button" class="pill" aria-pressed="true" onClick={() => onFilter({ handover: "" })}>
            {handoverTitle}
            <Icon name="x" size={16} />
            <span class="unseen">{t("audit.handover.all")}</span>
          </button>
        </p>
      )}
    </div>
  );
}
