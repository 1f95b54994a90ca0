/** Names under which JupyterLab accepts the options that the start has to know. */
export const names = {
  port: ["--port", "--ServerApp.port"],
  ip: ["--ip", "--ServerApp.ip"],
  root: ["--notebook-dir", "--ServerApp.root_dir", "--ServerApp.notebook_dir"],
  page: ["--LabApp.default_url", "--ServerApp.default_url"],
  base: ["--ServerApp.base_url"],
  kernel: ["--MultiKernelManager.default_kernel_name", "--MappingKernelManager.default_kernel_name"],
  kernels: [
    "--KernelSpecManager.allowed_kernelspecs",
    "--KernelSpecManager.whitelist",
    "--KernelSpecManager.ensure_native_kernel",
  ],
  template: ["HTML", "Slides", "WebPDF", "Template"].map((kind) => `--${kind}Exporter.template_name`),
  token: ["--IdentityProvider.token", "--ServerApp.token"],
  certificate: ["--certfile", "--ServerApp.certfile"],
  allowRoot: ["--allow-root", "--ServerApp.allow_root"],
};

/**
 * The value that the user's options give to one of the names, be it as `--port=9000` or as `--port 9000`.
 *
 * @param {readonly string[]} options
 * @param {readonly string[]} aliases
 * @returns {string | undefined}
 */
export function given(options, aliases) {
  const values = options.flatMap((option, index) => {
    const [name = "", ...value] = option.split("=");
    if (!aliases.includes(name)) return [];
    return [value.length > 0 ? value.join("=") : (options[index + 1] ?? "")];
  });
  return values.at(-1);
}
