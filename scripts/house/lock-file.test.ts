import { describe, expect, it } from 'vitest';
import { completed, missingPlatformPackages } from './lock-file.ts';

const lock = {
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@tool/linux-x64': '2.0.0', '@tool/darwin-arm64': '2.0.0' },
    },
    'node_modules/@tool/linux-x64': { version: '2.0.0', optional: true, dev: true },
    'packages/a/node_modules/native': {
      version: '1.0.0',
      optionalDependencies: {
        '@native/linux-arm64-musl': '1.0.0',
        '@tool/linux-x64': '2.0.0',
        '@native/win32-x64-msvc': '1.0.0',
      },
    },
  },
};

describe('the platforms in the lock file', () => {
  it('are missed wherever a package wants one that nothing names', () => {
    expect(missingPlatformPackages(lock).map(({ name }) => name)).toEqual([
      '@tool/darwin-arm64',
      '@native/linux-arm64-musl',
      '@native/win32-x64-msvc',
    ]);
  });

  it('are named by version and platform, and nothing else changes', () => {
    const { packages } = completed(lock);
    expect(packages['node_modules/@tool/darwin-arm64']).toEqual({
      version: '2.0.0',
      os: ['darwin'],
      cpu: ['arm64'],
      dev: true,
      optional: true,
    });
    expect(packages['node_modules/@native/linux-arm64-musl']).toEqual({
      version: '1.0.0',
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
      optional: true,
    });
    expect(packages).toMatchObject(lock.packages);
    expect(missingPlatformPackages(completed(lock))).toEqual([]);
  });
});
