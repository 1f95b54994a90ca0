/**
 * What the results that charts and tables of volatility show must hold to be shown.
 *
 * @module
 */

import { type Fields, hasFields, isMissing } from "../../support/checks";

const isText = (value: unknown): boolean => typeof value === "string";
/** NaN, and null, which JSON makes of it, are written as "none". */
const isNumberOrNone = (value: unknown): boolean => typeof value === "number" || value === null;
const isFiniteNumber = (value: unknown): boolean => Number.isFinite(value);
const isInterval = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every(isNumberOrNone);
const isTexts = (value: unknown): boolean => Array.isArray(value) && Array.from(value).every(isText);
const orMissing =
  (holds: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    isMissing(value) || holds(value);

/** Of an estimate of a variance. */
export const estimateFields: Fields = {
  method: isText,
  variance: isNumberOrNone,
  standardError: isNumberOrNone,
  interval: isInterval,
  level: isFiniteNumber,
  annualVolatility: isNumberOrNone,
  annualInterval: isInterval,
  period: isText,
  warnings: orMissing(isTexts),
};

/** Of a point of `varianceSignature`. */
export const pointFields: Fields = {
  step: isFiniteNumber,
  estimate: (value) => hasFields(value, estimateFields),
};

/** Of a result of `estimatorStudy`. */
export const studyFields: Fields = {
  method: isText,
  ...{ bias: isNumberOrNone, biasStandardError: isNumberOrNone, efficiency: isNumberOrNone },
  ...{ rootMeanSquareError: isNumberOrNone, coverage: isNumberOrNone },
};

const isScore = (value: unknown): boolean =>
  hasFields(value, { value: isNumberOrNone, standardError: isNumberOrNone });

/** Of a score of `compareForecasts`. */
export const scoreFields: Fields = { method: isText, difference: isScore, note: orMissing(isText) };

const isParameter = (value: unknown): boolean =>
  hasFields(value, { value: isNumberOrNone, standardError: orMissing(isNumberOrNone) });

/** Of a result of `fitGarch`. */
export const fitFields: Fields = {
  ...{ status: isText, message: isText },
  ...{ omega: isParameter, alpha: isParameter, beta: isParameter, persistence: isParameter },
};
