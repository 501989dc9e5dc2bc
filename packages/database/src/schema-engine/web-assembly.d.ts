declare global {
  /** The part of the global in use; TypeScript declares it only together with a browser's. */
  namespace WebAssembly {
    class RuntimeError extends Error {}
    function instantiate(
      bytes: Uint8Array,
      imports: object,
    ): Promise<{ instance: { exports: Readonly<Record<string, unknown>> } }>;
  }
}

export {};
