/**
 * Figures that sources print, with ours beside them: `optimal-execution/published`.
 *
 * @module
 */
export { almgren2003 } from "./almgren2003";
export { almgren2005 } from "./almgren2005";
export { almgrenChriss2001, almgrenChriss2001Case } from "./almgrenChriss2001";
export { almgrenChriss2001Errata } from "./almgrenChriss2001Errata";
export {
  type ComparedFigure,
  compareFigures,
  type Erratum,
  figuresAt,
  type PublishedFigure,
} from "./figures";
