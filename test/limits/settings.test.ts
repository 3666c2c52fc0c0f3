import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/config/limits.js';
import { ConfigurationError, readConfig } from '../../src/config/read-config.js';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return (error as ConfigurationError).faults;
  }
}

describe('LIMITS', () => {
  it('changes what it names and nothing else', () => {
    const { limits } = readConfig({ LIMITS: 'public.cost:10000, operator.depth:30' });
    expect(limits.public).toEqual({ ...defaultLimits.public, cost: 10_000 });
    expect(limits.listener).toEqual(defaultLimits.listener);
    expect(limits.operator).toEqual({ ...defaultLimits.operator, depth: 30 });
    expect(Object.isFrozen(limits.public)).toBe(true);
  });

  it.each([
    ['public.costs:1', /expected entries such as public\.cost:10000 .* got "public\.costs:1"/],
    ['nobody.cost:1', /got "nobody\.cost:1"/],
    ['public.cost', /got "public\.cost"/],
    ['public.cost:-1', /got "public\.cost:-1"/],
    ['public.toString:5', /got "public\.toString:5"/],
    ['public.depth:0', /expected public\.depth from 1 to 100, got 0/],
    ['public.page:101', /expected public\.page from 1 to 100, got 101/],
    ['public.burst:100', /expected public\.burst to be at least public\.cost, 25000, got 100/],
  ])('%s is refused at the start', (entry, fault) => {
    expect(faultsOf({ LIMITS: entry })).toEqual([expect.stringMatching(fault)]);
  });
});

describe('Other settings of what the public may do', () => {
  it('hide the schema in production unless told otherwise', () => {
    const describes = (environment: Record<string, string>) => readConfig(environment).describesSchema;
    expect(describes({})).toBe(true);
    expect(describes({ NODE_ENV: 'production' })).toBe(false);
    expect(describes({ NODE_ENV: 'production', PUBLIC_INTROSPECTION: 'on' })).toBe(true);
    expect(describes({ PUBLIC_INTROSPECTION: 'off' })).toBe(false);
  });

  it('are refused when they are something else', () => {
    for (const [name, value] of [
      ['RATE_LIMIT', '100'],
      ['TRUSTED_DOCUMENTS', 'on'],
      ['TRUSTED_DOCUMENTS_FILE', '/nowhere.json'],
      ['PUBLIC_INTROSPECTION', 'yes'],
    ] as const)
      expect(faultsOf({ [name]: value })).toEqual([expect.stringContaining(`${name}: expected`)]);
  });
});
