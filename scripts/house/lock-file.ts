import { z } from 'zod';

const entry = z.looseObject({
  version: z.string().optional(),
  optional: z.boolean().optional(),
  dev: z.boolean().optional(),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});

const lockFile = z.looseObject({ packages: z.record(z.string(), entry) });

/** The part of `package-lock.json` that says what is installed where. */
export type LockFile = z.infer<typeof lockFile>;

/** Reads a lock file without changing the order that npm wrote it in. */
export function parseLockFile(text: string): LockFile {
  const lock: unknown = JSON.parse(text);
  if (isLockFile(lock)) return lock;
  throw new Error('This is no lock file of npm 7 or later.');
}

const isLockFile = (value: unknown): value is LockFile => lockFile.safeParse(value).success;

/** A platform's package that a lock file ought to name and does not. */
export interface MissingPackage {
  readonly name: string;
  readonly version: string;
  /** The package that wants it, as the lock file's key. */
  readonly parent: string;
}

/**
 * Packages for other platforms that npm left out because the registry did not have them at that
 * moment. `npm ci` refuses such a file everywhere, also where they are not needed.
 */
export const missingPlatformPackages = ({ packages }: LockFile): MissingPackage[] =>
  Object.entries(packages).flatMap(([parent, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isNamed(packages, parent, name))
      .map(([name, version]) => ({ name, version, parent })),
  );

/** As Node looks for it: below the parent, then below each folder above it. */
function isNamed(packages: LockFile['packages'], parent: string, name: string): boolean {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    if (packages[join(folder, `node_modules/${name}`)] !== undefined) return true;
    if (folder === '') return false;
  }
}

const join = (folder: string, path: string): string => (folder === '' ? path : `${folder}/${path}`);

/** The lock file with what is missing, to be fetched by name and version where it is needed. */
export function completed(lock: LockFile): LockFile {
  const packages = { ...lock.packages };
  for (const { name, version, parent } of missingPlatformPackages(lock)) {
    const dev = packages[parent]?.dev;
    packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(dev === undefined ? {} : { dev }),
      optional: true,
    };
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/** Packages of this kind are named after the one platform they are for. */
function platformOf(name: string): { os?: string[]; cpu?: string[]; libc?: string[] } {
  const words = name.split(/[/-]/);
  const os = words.some((word) => ['win32', 'windows'].includes(word))
    ? 'win32'
    : systems.find((system) => words.includes(system));
  const cpu = words.includes('64') ? 'x64' : processors.find((kind) => words.includes(kind));
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc';
  return {
    ...(os ? { os: [os] } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os === 'linux' && words.some((word) => /^(musl|gnu)/.test(word)) ? { libc: [libc] } : {}),
  };
}
