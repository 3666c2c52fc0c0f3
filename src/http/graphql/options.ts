import type { IncomingMessage } from 'node:http';
import type { Viewer } from '../../auth/viewer.js';
import type { Graphql } from '../../graphql/apollo/create-graphql.js';
import type { RequestContext } from '../../graphql/request-context.js';
import type { Answering } from '../answers/exchange.js';
import type { SharedAnswers } from '../answers/shared-answers.js';
import type { RequestLimits } from '../overload/request-limits.js';
import type { Workload } from '../overload/workload.js';
import type { RequestTrace } from '../request-trace.js';
import type { DocumentTexts } from '../requests/graphql-request.js';

/** What `/graphql` is answered with. */
export interface GraphqlHandlerOptions<Context extends RequestContext> extends Answering {
  readonly graphql: Graphql<Context>;
  /** Where answers come from that everybody may see; without it everything is executed. */
  readonly answers?: SharedAnswers | undefined;
  /** The documents that have addresses of their own; none unless set. */
  readonly published?: DocumentTexts | undefined;
  /** @throws GatewayError */
  readonly authenticate: (request: IncomingMessage) => Promise<Viewer>;
  readonly workload: Workload;
  readonly limits?: RequestLimits | undefined;
  /** How long a request of the public may take, in milliseconds; for ever unless set. */
  readonly requestLimitMs?: number | undefined;
  /** Follows requests; nobody does unless set. */
  readonly trace?: RequestTrace | undefined;
}
