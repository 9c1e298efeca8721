import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import type { Score } from "./strength.ts";

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, useLevenshteinDistance: true });

/** Long texts are cut: estimating takes time that grows fast with the length, and the head already decides. */
export const estimate = (password: string, own: string[]): Score => zxcvbn.check(password.slice(0, 100), own.filter((word) => word.length > 2)).score as Score;
