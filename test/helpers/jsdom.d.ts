/** The part of jsdom that the tests use. */
declare module "jsdom" {
  export class VirtualConsole {}
  export class JSDOM {
    constructor(
      html: string,
      options: { runScripts: "outside-only"; pretendToBeVisual: boolean; virtualConsole: VirtualConsole },
    );
    readonly window: { readonly URL: object; readonly Plotly?: unknown; eval(code: string): void };
  }
}
