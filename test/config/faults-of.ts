import { expect } from 'vitest';
import { ConfigurationError, readConfig } from '../../src/config/read-config.js';

/** What is wrong with a configuration; nothing when it can be used. */
export function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).faults;
  }
}
