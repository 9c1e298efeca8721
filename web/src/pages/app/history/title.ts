import { t } from "../../../ui/text/index.ts";
import type { Row } from "./store.ts";

/** What a handover is called in front of its organization. */
export const titleOf = ({ summary, details, personal }: Row): string => details?.title || personal?.recipient || t(summary.details === undefined ? "kept.title" : "history.unreadable");
