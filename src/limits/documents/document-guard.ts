import { type DocumentNode, Kind, parse } from 'graphql';
import type { Limits, Tier } from '../../config/limits.js';
import { GatewayError } from '../../errors.js';
import { type DocumentLimits, documentFault } from './document-fault.js';
import type { TrustedDocuments } from './trusted-documents.js';

export interface DocumentGuardOptions {
  readonly limits: Readonly<Record<Tier, DocumentLimits & Pick<Limits, 'tokens'>>>;
  /** What those who are no operators may ask; everything that is within the limits unless said. */
  readonly trusted?: TrustedDocuments | null;
  /** Whether those who are no operators may ask for the description of the schema. */
  readonly allowsIntrospection?: boolean;
}

/** Looks at the text of a document before anything else is done with it. */
export interface DocumentGuard {
  /** Why a document is refused; null when it may go on, also for one that cannot be parsed: others say why. */
  check(text: string, tier: Tier): GatewayError | null;
  /** The same for a document that was parsed already. */
  checkParsed(text: string, document: DocumentNode, tier: Tier): GatewayError | null;
}

export function createDocumentGuard({
  limits,
  trusted = null,
  allowsIntrospection = true,
}: DocumentGuardOptions): DocumentGuard {
  const judge = (text: string, tier: Tier, document: DocumentNode | null): GatewayError | null => {
    if (tier !== 'operator' && trusted && !trusted.holds(text))
      return new GatewayError(
        'FORBIDDEN',
        'The document: expected one of the trusted documents of this gateway, got another.',
      );
    if (!document) return null;
    const fault = documentFault(document, limits[tier]);
    if (fault !== null) return new GatewayError('COST_LIMIT_EXCEEDED', fault);
    if (tier !== 'operator' && !allowsIntrospection && asksForSchema(document))
      return new GatewayError(
        'FORBIDDEN',
        'The document: expected no __schema and no __type, because this gateway does not describe its schema to the public.',
      );
    return null;
  };

  const parseFault = (text: string, tier: Tier): GatewayError | null => {
    const { tokens } = limits[tier];
    try {
      return judge(text, tier, parse(text, { maxTokens: tokens, noLocation: true }));
    } catch (error) {
      // It goes deeper than it can be followed, which is far deeper than it may.
      if (error instanceof RangeError)
        return new GatewayError(
          'COST_LIMIT_EXCEEDED',
          `The document: expected at most ${limits[tier].depth} levels of fields, got far more.`,
        );
      if (/more tha[nt] \d+ tokens/.test((error as Error).message))
        return new GatewayError(
          'COST_LIMIT_EXCEEDED',
          `The document: expected at most ${tokens} tokens, got more.`,
        );
      return judge(text, tier, null);
    }
  };

  const lengthFault = (text: string, tier: Tier) => {
    const message = lengthMessage(text, limits[tier].tokens);
    return message === null ? null : new GatewayError('COST_LIMIT_EXCEEDED', message);
  };
  return {
    check: (text, tier) => lengthFault(text, tier) ?? parseFault(text, tier),
    checkParsed: (text, document, tier) => lengthFault(text, tier) ?? judge(text, tier, document),
  };
}

/** Errors say in which line they are, and finding that out takes time for each line and character before it. */
const maxCharactersPerToken = 16;
const maxLinesPerToken = 0.5;

function lengthMessage(text: string, tokens: number): string | null {
  const characters = tokens * maxCharactersPerToken;
  if (text.length > characters)
    return `The document: expected at most ${characters} characters, got ${text.length}.`;
  const lines = Math.ceil(tokens * maxLinesPerToken);
  let count = 1;
  for (const _ of text.matchAll(/\r\n|[\n\r]/g))
    if (++count > lines) return `The document: expected at most ${lines} lines, got more.`;
  return null;
}

function asksForSchema(document: DocumentNode): boolean {
  const open = document.definitions.flatMap((definition) =>
    'selectionSet' in definition ? [definition.selectionSet] : [],
  );
  for (let selection = open.pop(); selection; selection = open.pop())
    for (const node of selection.selections) {
      if (node.kind === Kind.FIELD && /^__(schema|type)$/.test(node.name.value)) return true;
      if (node.kind !== Kind.FRAGMENT_SPREAD && node.selectionSet) open.push(node.selectionSet);
    }
  return false;
}
