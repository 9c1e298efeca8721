import type { Dictionary } from "./index.ts";
import { account } from "./de/account.ts";
import { compose } from "./de/compose.ts";
import { exchange } from "./de/exchange.ts";
import { history } from "./de/history.ts";

const de: Dictionary = { ...account, ...compose, ...exchange, ...history };
export default de;
