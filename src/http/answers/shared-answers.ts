import type { IncomingHttpHeaders } from 'node:http';
import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type Body, createBody } from '../../cache/body.js';
import type { Answer } from '../../cache/question.js';
import type { ResponseCache } from '../../cache/response-cache.js';
import type { ErrorCode } from '../../errors.js';
import { countErrorCodes } from '../../graphql/apollo/refusals-plugin.js';
import type { PersistedQueries } from '../../graphql/documents/persisted-queries.js';
import type { FailedExecution, SharedQuestion } from '../../graphql/execution/shared-run.js';
import type { CostSaid } from '../../limits/cost/cost-limit.js';
import { textBytes } from '../../memory.js';
import type { Source } from '../../views/reading.js';
import { documentTextOf, type GraphqlRequest } from '../requests/graphql-request.js';
import type { Place } from '../requests/received-request.js';
import { mayHaveSeenNewer } from './seen-newer.js';

/** When refreshes are planned, as this gateway knows it. */
export interface Plan {
  /** The first planned refresh after an instant that publishes some of these; null without a schedule. */
  nextAfter(refreshedAsOf: Date, sources: ReadonlySet<Source>): Date | null;
  /** Whether some of these have a schedule of their own. */
  hasOwnSchedule(sources: ReadonlySet<Source>): boolean;
  readonly now: () => Date;
}

export interface SharedAnswersOptions {
  readonly cache: ResponseCache<FailedExecution>;
  /** The question that an operation is, if everybody gets the same answer to it. */
  readonly find: (operation: RequestedOperation) => SharedQuestion | null;
  /** The texts of the public's persisted queries. */
  readonly persisted: PersistedQueries;
  readonly plan: Plan;
  /** The largest cost of a question that is answered here. */
  readonly costLimit: number;
  /** Told of each code of an error that an answer was refused with. */
  readonly onRefused?: (code: ErrorCode) => void;
}

/** What a request asks to be executed. */
export interface RequestedOperation {
  readonly text: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a request was read from. */
export interface RequestBytes {
  readonly place: Place;
  /** The URL, or the body with each byte as one character. */
  readonly raw: string;
}

/** What is known of a request that was parsed before. */
export interface RecognisedRequest {
  readonly question: SharedQuestion;
  readonly wantsFreshness: boolean;
  /** What the answer is to say about its cost; null when nobody wants to know. */
  readonly cost: CostSaid | null;
}

/** What an answer says about its age. */
export interface Timing {
  /** An HTTP date: the instant that the numbers are true for, without its fraction. */
  readonly lastModified: string;
  /** For how many seconds nothing newer is to be expected. */
  readonly maxAgeSeconds: number;
  readonly nextRefreshAt: string | null;
}

/** How much memory the requests of one place may take that are remembered with what they mean, in bytes. */
const rememberedBytes = 8_000_000;
const maxRememberedLength = 16_384;
/** How many requests that came once are kept in mind in one place, and how many characters these may have together. */
const maxSeen = { requests: 500, characters: 1_000_000 };
/** How much memory the bodies may take that say something about the answers in them, in bytes. */
const extendedBytes = 8_000_000;

/** Everything between a request's bytes and an answer's, for answers that everybody may see. */
export class SharedAnswers {
  readonly cache: ResponseCache<FailedExecution>;
  readonly #options: SharedAnswersOptions;
  readonly #recognised = { url: createMemory(), body: createMemory() };
  /** Requests that came once, lately. */
  readonly #seen = { url: new SeenOnce(), body: new SeenOnce() };
  /** The last body with extensions that was made of a body. */
  readonly #extended = new LRUCache<Body, { readonly said: string; readonly body: Body }>({
    maxSize: extendedBytes,
    // It keeps the body alive that it was made of; each has compressed forms that take less than itself.
    sizeCalculation: ({ body }, original) => 1_000 + 2 * (body.length + original.length),
  });
  #timing: SaidTiming | null = null;

  constructor(options: SharedAnswersOptions) {
    this.cache = options.cache;
    this.#options = options;
  }

  /** The request that was parsed from the same bytes before. */
  recognise({ place, raw }: RequestBytes): RecognisedRequest | undefined {
    return this.#recognised[place].get(raw);
  }

  /** What a request asks for, if everybody gets the same answer to it; its bytes are recognised later. */
  understand(request: GraphqlRequest, { place, raw }: RequestBytes): RecognisedRequest | null {
    const { operationName, variables, wantsFreshness, wantsCost } = request;
    const text = documentTextOf(request, this.#options.persisted);
    // An empty name is no name of an operation; Apollo says so.
    if (text === null || operationName === '') return null;
    const question = this.#options.find({ text, operationName, variables });
    if (!question) return null;
    const recognised: RecognisedRequest = {
      question,
      wantsFreshness,
      cost: wantsCost ? { requested: question.cost, limit: this.#options.costLimit } : null,
    };
    if (raw.length <= maxRememberedLength) this.#remember(place, raw, recognised);
    return recognised;
  }

  /** Only requests that come twice are kept; most others never come again. */
  #remember(place: Place, raw: string, recognised: RecognisedRequest): void {
    if (this.#seen[place].isSecondSighting(raw)) this.#recognised[place].set(raw, recognised);
  }

  /** To be called with the errors of each answer that has any. */
  refused(errors: readonly GraphQLError[]): void {
    const { onRefused } = this.#options;
    if (onRefused) countErrorCodes(errors, onRefused);
  }

  /** The bytes of an answer, with what was asked for about its age and cost, or what has to be said about it. */
  bodyOf(
    answer: Answer,
    { wantsFreshness, cost }: Pick<RecognisedRequest, 'wantsFreshness' | 'cost'>,
    isStale: boolean,
  ): Body {
    if (!wantsFreshness && !isStale && !cost) return answer.body;
    const { generation, asOf } = answer;
    const said = JSON.stringify({
      ...(isStale ? { stale: true, asOf } : {}),
      ...(wantsFreshness
        ? { freshness: { generation, asOf, nextRefreshAt: this.timingOf(answer).nextRefreshAt } }
        : {}),
      ...(cost ? { cost } : {}),
    });
    const known = this.#extended.get(answer.body);
    if (known?.said === said) return known.body;
    const text = answer.body.identity.bytes.toString();
    const body = createBody(`${text.slice(0, -1)},"extensions":${said}}`);
    this.#extended.set(answer.body, { said, body });
    return body;
  }

  /** Whether the client may have been shown a newer refresh than that of an answer, by another gateway. */
  mayBeOlder(headers: IncomingHttpHeaders, answer: Answer, recognised: RecognisedRequest): boolean {
    return mayHaveSeenNewer(headers, answer.generation, () => ({
      etag: this.bodyOf(answer, recognised, false).identity.etag,
      lastModified: this.timingOf(answer).lastModified,
    }));
  }

  /** Looked up once a second at most, except for answers with schedules of their own: it is the same for all others. */
  timingOf(answer: Answer): Timing {
    const { plan } = this.#options;
    const nowMs = plan.now().getTime();
    if (plan.hasOwnSchedule(answer.sources)) return timingAt(answer, nowMs, plan);
    const { asOf } = answer;
    const second = Math.floor(nowMs / 1000);
    if (this.#timing?.asOf !== asOf || this.#timing.second !== second)
      this.#timing = { asOf, second, timing: timingAt(answer, nowMs, plan) };
    return this.#timing.timing;
  }

  /** How old the numbers of an answer are, in seconds, as an `Age` header says it. */
  ageOf({ asOf }: Answer): string {
    return String(Math.max(0, Math.floor((this.#options.plan.now().getTime() - Date.parse(asOf)) / 1000)));
  }
}

/** What was said of an instant in a second. */
interface SaidTiming {
  readonly asOf: string;
  readonly second: number;
  readonly timing: Timing;
}

/** Texts that came once lately. */
class SeenOnce {
  readonly #texts = new Set<string>();
  #characters = 0;

  /** True, and forgets the text, if it came before; otherwise records it. */
  isSecondSighting(text: string): boolean {
    const isKnown = this.#texts.delete(text);
    if (isKnown) this.#characters -= text.length;
    else {
      if (this.#texts.size >= maxSeen.requests || this.#characters >= maxSeen.characters) this.#forget();
      this.#texts.add(text);
      this.#characters += text.length;
    }
    return isKnown;
  }

  #forget(): void {
    this.#texts.clear();
    this.#characters = 0;
  }
}

function createMemory(): LRUCache<string, RecognisedRequest> {
  return new LRUCache<string, RecognisedRequest>({
    maxSize: rememberedBytes,
    sizeCalculation: ({ question }, raw) =>
      1_000 + textBytes(raw) + textBytes(question.key) + question.retainedBytes,
  });
}

function timingAt({ asOf, refreshedAsOf, sources }: Answer, nowMs: number, plan: Plan): Timing {
  const next = plan.nextAfter(new Date(refreshedAsOf), sources);
  // Where a refresh is due and has not been heard of yet, the next second may bring it.
  const secondsLeft = next === null ? 0 : Math.max(1, Math.ceil((next.getTime() - nowMs) / 1000));
  return {
    lastModified: new Date(asOf).toUTCString(),
    maxAgeSeconds: secondsLeft,
    nextRefreshAt: next?.toISOString() ?? null,
  };
}
