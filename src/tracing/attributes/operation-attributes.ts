import type { ApolloServerPlugin } from '@apollo/server';
import type { Span } from '@opentelemetry/api';
import type { RequestContext } from '../../graphql/request-context.js';
import { type RecognisedRequest, SharedAnswers } from '../../http/answers/shared-answers.js';
import { withoutSecrets } from '../../http/logs/redaction.js';
import type { Spans } from '../spans/spans.js';

/** Clients name their operations as they like. */
const maxNameLength = 100;

function noteOperation(span: Span | null, type: string, name: string | null | undefined): void {
  span?.setAttribute('graphql.operation.type', type);
  if (name) span?.setAttribute('graphql.operation.name', withoutSecrets(name).slice(0, maxNameLength));
}

/** Answers that everybody may see, which tell the spans of requests what was asked. */
export function tracedAnswers(spans: Spans): typeof SharedAnswers {
  const note = (recognised: RecognisedRequest | null | undefined) => {
    if (recognised) noteOperation(spans.recording(), 'query', recognised.question.operationName);
  };
  return class extends SharedAnswers {
    override recognise(...bytes: Parameters<SharedAnswers['recognise']>) {
      const recognised = super.recognise(...bytes);
      note(recognised);
      return recognised;
    }

    override understand(...request: Parameters<SharedAnswers['understand']>) {
      const understood = super.understand(...request);
      note(understood);
      return understood;
    }
  };
}

/** The same for what Apollo executes, which tells operators the id of their trace. Such answers are kept nowhere. */
export function operationPlugin<Context extends RequestContext>(spans: Spans): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue: { viewer } }) {
      return {
        async didResolveOperation({ operation }) {
          if (operation) noteOperation(spans.recording(), operation.operation, operation.name?.value);
        },
        async willSendResponse({ response }) {
          const span = spans.recording();
          if (!span || viewer.kind !== 'operator' || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const { traceId } = span.spanContext();
          singleResult.extensions = { ...singleResult.extensions, traceId };
        },
      };
    },
  };
}
