import type { Dictionary } from "./index.ts";
import { account } from "./pl/account.ts";
import { audit } from "./pl/audit.ts";
import { compose } from "./pl/compose.ts";
import { evidence } from "./pl/evidence.ts";
import { exchange } from "./pl/exchange.ts";
import { handing } from "./pl/handing.ts";
import { history } from "./pl/history.ts";
import { kept } from "./pl/kept.ts";
import { own } from "./pl/own.ts";
import { people } from "./pl/people.ts";
import { rights } from "./pl/rights.ts";
import { vault } from "./pl/vault.ts";

const pl: Dictionary = { ...account, ...audit, ...compose, ...evidence, ...exchange, ...handing, ...history, ...kept, ...own, ...people, ...rights, ...vault };
export default pl;
