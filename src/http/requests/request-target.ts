import type { IncomingMessage } from 'node:http';
import { type Fault, requestFault } from './fault.js';

/** The one path of GraphQL. */
export const graphqlPath = '/graphql';

/** Each published document has an address of its own below this one: its SHA-256. */
export const documentPath = '/q/';

/**
 * Checks the Host header and normalises the target, so that limits and the router see the same path: no absolute form,
 * no percent-encoded letters in `/graphql`, no fragment.
 * @returns what is wrong with them (400); null when nothing is
 */
export function normaliseTarget(request: IncomingMessage): Fault | null {
  const message = hostFault(request) ?? rewriteTarget(request);
  return message === null ? null : requestFault(400, message);
}

/** Whether a normalised target is that of GraphQL. */
export function isGraphqlTarget(url: string): boolean {
  return (
    url.startsWith(graphqlPath) && (url.length === graphqlPath.length || url[graphqlPath.length] === '?')
  );
}

/** Whether a target is below the one of published documents. */
export function isDocumentTarget(url: string): boolean {
  return url.startsWith(documentPath);
}

function hostFault({
  rawHeaders,
  headers,
  httpVersionMinor,
  httpVersionMajor,
}: IncomingMessage): string | null {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts > 1) return `The Host header: expected one, got ${hosts}.`;
  if (hosts === 1)
    return isHost(headers.host ?? '')
      ? null
      : 'The Host header: expected the name of a host, got something else.';
  const isOptional = httpVersionMajor === 1 && httpVersionMinor === 0;
  return isOptional ? null : 'The Host header: expected one, got none.';
}

function rewriteTarget(request: IncomingMessage): string | null {
  const { url = '' } = request;
  if (url.includes('#')) return 'The URL: expected no fragment, got one.';
  if (isGraphqlTarget(url) || isDocumentTarget(url)) return null;
  const [, authority, rest] = /^https?:\/\/([^/?]*)(.*)$/is.exec(url) ?? [];
  if (authority !== undefined && !isHost(authority.slice(authority.indexOf('@') + 1)))
    return 'The URL: expected the name of a host, got something else.';
  const target = rest === undefined ? url : rest.startsWith('/') ? rest : `/${rest}`;
  request.url = withPlainPath(target);
  return null;
}

/** `/%67raphql` is `/graphql`; other paths are left to the router. */
function withPlainPath(target: string): string {
  const end = target.indexOf('?');
  const path = end === -1 ? target : target.slice(0, end);
  if (!path.includes('%')) return target;
  try {
    return decodeURI(path) === graphqlPath ? graphqlPath + target.slice(path.length) : target;
  } catch {
    return target;
  }
}

/** Clients call a gateway by few names, and checking one takes longer than looking it up. */
const maxHosts = 500;
const hosts = new Map<string, boolean>();

function isHost(text: string): boolean {
  const known = hosts.get(text);
  if (known !== undefined) return known;
  const isValid = /^[^\s/?#@\\]+$/.test(text) && URL.canParse(`http://${text}/`);
  if (hosts.size >= maxHosts) hosts.clear();
  if (text.length < 300) hosts.set(text, isValid);
  return isValid;
}
