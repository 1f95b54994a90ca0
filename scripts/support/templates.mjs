import { inRoot } from "./paths.mjs";

const folder = inRoot("scripts", "python", "templates");

/** Options that let nbconvert find the project's templates: by their own names, and by the names of their files. */
export const exportTemplates = ["basedirs", "paths"].map(
  (kind) => `--TemplateExporter.extra_template_${kind}=${folder}`,
);
