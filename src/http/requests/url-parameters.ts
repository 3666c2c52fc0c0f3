import { badInput } from '../../errors.js';

/**
 * Reads the parameters with these names in a URL; all of them without `names`. Each name may occur once.
 * @throws GatewayError `BAD_USER_INPUT` for a fragment, bytes that are not UTF-8, and a name that is repeated
 */
export function readUrlParameters(url: string, names?: readonly string[]): ReadonlyMap<string, string> {
  if (url.includes('#')) throw badInput('The URL: expected no fragment, got one.');
  const start = url.indexOf('?');
  const search = start === -1 ? '' : url.slice(start + 1);
  if (!isPercentEncoded(search))
    throw badInput('The URL: expected percent-encoded UTF-8, got something else.');
  const parameters = new URLSearchParams(search);
  const values = new Map<string, string>();
  for (const name of names ?? new Set(parameters.keys())) {
    const [value, ...others] = parameters.getAll(name);
    if (others.length > 0)
      throw badInput(`The URL: expected ${name.slice(0, 80)} once, got it ${others.length + 1} times.`);
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

function isPercentEncoded(search: string): boolean {
  try {
    decodeURIComponent(search);
    return true;
  } catch {
    return false;
  }
}
