// English: the text every other language translates.
import { account } from "./en/account.ts";
import { audit } from "./en/audit.ts";
import { compose } from "./en/compose.ts";
import { evidence } from "./en/evidence.ts";
import { exchange } from "./en/exchange.ts";
import { handing } from "./en/handing.ts";
import { history } from "./en/history.ts";
import { kept } from "./en/kept.ts";
import { own } from "./en/own.ts";
import { people } from "./en/people.ts";
import { rights } from "./en/rights.ts";
import { vault } from "./en/vault.ts";

export const en = { ...account, ...audit, ...compose, ...evidence, ...exchange, ...handing, ...history, ...kept, ...own, ...people, ...rights, ...vault } as const;
export default en;
