import Negotiator from 'negotiator';
import type { Encoding } from '../../../cache/body.js';

/** The forms that a GraphQL answer can have. */
const mediaTypes = ['application/json', 'application/graphql-response+json'];
/** What a browser wants of an address that somebody typed. */
const page = 'text/html';
const encodings: readonly Encoding[] = ['br', 'gzip', 'identity'];

/** What clients send here takes few forms, and reading it anew for each request takes longer than answering. */
const maxForms = 500;
/** Longer headers are read anew each time, so that what is remembered stays small. */
const maxFormLength = 500;

/** Longer headers are refused (431), and ignored here: negotiating thousands of forms takes too long. */
export const maxHeaderLength = 1_000;

/** The content type that an `Accept` header asks for; null when it wants a page, or nothing that there is. */
export const contentTypeFor = remembered((accept: string) => {
  const type = new Negotiator({ headers: { accept } }).mediaType([...mediaTypes, page]);
  return type && type !== page ? `${type}; charset=utf-8` : null;
}, '*/*');

/** The encoding that an `Accept-Encoding` header asks for; of those it likes equally, the smallest. */
export const encodingFor = remembered((accepted: string): Encoding => {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } }) as unknown as Negotiating;
  return negotiator.encoding(encodings, { preferred: encodings }) ?? 'identity';
}, 'identity');

/** The part of the package that its types leave out. */
interface Negotiating {
  encoding<Name extends string>(
    available: readonly Name[],
    options: { readonly preferred: readonly Name[] },
  ): Name | undefined;
}

function remembered<Value>(read: (header: string) => Value, without: string) {
  const known = new Map<string, Value>();
  return (header: string | undefined): Value => {
    const text = header === undefined || header.length > maxHeaderLength ? without : header;
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = read(text);
    if (text.length > maxFormLength) return value;
    if (known.size >= maxForms) known.clear();
    known.set(text, value);
    return value;
  };
}
